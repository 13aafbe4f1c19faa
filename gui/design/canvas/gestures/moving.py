"""Moving cards, and putting one into a wire by dragging it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from core.errors import LayerloomError
from core.network.editing.wire_edits import splice
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.network import Edge, Network
from core.network.view.placing import make_room, place
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.gestures.making_room import Room
from gui.design.canvas.gestures.snapping import REACH, Snap, SnapLines
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import around
from gui.design.canvas.painting.wire import Wire
from gui.design.canvas.palette_adding import place_in_wire

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas

Places = dict[str, tuple[float, float]]


class Move(Gesture):
    """Moves the selected cards; a click without a drag selects.

    Args:
        canvas: Where.
        start: Where the press was.
        members: Ids of the layers at the press: of a card, or of all cards in a frame.
        key: Of the card at the press, or "".
    """

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(
        self, canvas: DesignCanvas, start: Pointer, members: frozenset[str], key: str = ""
    ) -> None:
        super().__init__(canvas, start)
        self._members = members
        self._before = canvas.document.selection
        self._from: Places = {}
        self._area = QRectF()
        self._lines = SnapLines(())
        self._wire: Wire | None = None
        self._room = Room(canvas)
        canvas.select_wires(())
        self._select(start)
        if key:
            canvas.focus_card(key)

    def _select(self, start: Pointer) -> None:
        """Select what is at the press, unless a click with a key is to do it."""
        members, document = self._members, self.canvas.document
        if start.holds(Qt.KeyboardModifier.ShiftModifier):
            document.select(self._before | members)
        elif start.holds(Qt.KeyboardModifier.ControlModifier):
            document.select(self._before ^ members)
        elif not members <= self._before:
            document.select(members)

    def update(self, pointer: Pointer) -> None:
        """Draw the cards where they would come to lie."""
        if not self._from and not self.dragged(pointer):
            return
        if not self._from:
            self._begin()
        way = pointer.at - self.start.at
        snapped = Snap()
        if not pointer.holds(Qt.KeyboardModifier.AltModifier):
            moved = self._area.translated(way)
            snapped = self._lines.snap(moved, REACH / self.canvas.zoom)
        way += QPointF(snapped.dx, snapped.dy)
        held = {key: (x + way.x(), y + way.y()) for key, (x, y) in self._from.items()}
        if self._show_wire(pointer, held):
            snapped = Snap()
        self.canvas.scene_.place(held)
        self.canvas.show_hints(Hints(guides=snapped.guides))

    def finish(self, pointer: Pointer) -> None:
        """Make the new places the design's, as one step."""
        if not self._from:
            self._click(pointer)
            return
        wire, canvas = self._wire, self.canvas
        cards = canvas.picture.cards
        places = {key: cards[key].middle for key in self._from}
        self._clear()
        network, text = place(canvas.placed(), places), canvas.tr("Move")
        if wire is not None:
            edge, node = canvas.single_edge(wire), next(iter(places))
            if edge is not None:
                network, text = self._spliced(network, edge, node), canvas.tr("Insert into wire")
        canvas.change(network, text)

    def cancel(self) -> None:
        """Draw the cards where they were."""
        if self._from:
            self.canvas.scene_.place(self._from)
        self._clear()
        self.canvas.document.select(self._before)

    def _begin(self) -> None:
        cards = self.canvas.scene_.selected_cards()
        self._from = {card.face.key: card.middle for card in cards}
        self._area = around(cards)
        self.canvas.scene_.hold(self._from)
        near = self.canvas.picture.cards_in(self.canvas.visible_area())
        self._lines = SnapLines(card for card in near if card.face.key not in self._from)

    def _show_wire(self, pointer: Pointer, held: Places) -> bool:
        """Light the wire that the held layer would be put into, and have room made for it.

        Returns:
            Whether there is one; the layer is held in its place there then.
        """
        self._wire = self._wire_under(pointer, held)
        self.canvas.light_wires([self._wire.key] if self._wire else [])
        edge = self.canvas.single_edge(self._wire) if self._wire else None
        if edge is None:
            self._room.let_back()
            return False
        (key,) = held
        held[key] = self._room.make(edge, held[key], key)
        return True

    def _wire_under(self, pointer: Pointer, held: Places) -> Wire | None:
        """Return the wire that the one dragged layer would be put into."""
        if len(held) != 1 or pointer.holds(Qt.KeyboardModifier.AltModifier):
            return None
        ((key, middle),) = held.items()
        node = self.network.by_id.get(key)
        if node is None or node.layer.input_count == 0:
            return None
        if isinstance(node.layer, Output | AuxiliaryOutput):
            return None
        picture, reach = self.canvas.picture, 14.0 / min(1.0, self.canvas.zoom)
        wire = picture.wire_at(QPointF(*middle), reach, without=key, undisturbed=True)
        return wire if wire and self.canvas.single_edge(wire) else None

    def _spliced(self, network: Network, edge: Edge, node_id: str) -> Network:
        try:
            x, y = self.canvas.picture.cards[node_id].middle
            aim = place_in_wire(network, edge, (x, y), self.canvas.document.inside)
            spliced = splice(place(network, {node_id: aim}), edge, node_id)
        except LayerloomError as error:
            self.canvas.tell(error)
            return network
        return make_room(spliced, node_id, inside=self.canvas.document.inside)

    def _click(self, pointer: Pointer) -> None:
        """Leave only what is clicked selected."""
        keys = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if not pointer.modifiers & keys:
            self.canvas.document.select(self._members)

    def _clear(self) -> None:
        self._room.let_back()
        self.canvas.scene_.hold(())
        self.canvas.light_wires(())
        self.canvas.show_hints()
