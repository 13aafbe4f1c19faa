"""Moving cards, and putting one into a wire by dragging it there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from core.network.editing.wire_edits import splice
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.network import Edge, Network
from core.network.view.placing import make_room, place
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.gestures.making_room import Room
from gui.design.canvas.gestures.snapping import REACH, Snap, SnapLines
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import around
from gui.design.canvas.painting.wire import DrawnWire
from gui.design.canvas.palette_adding import place_in_wire

Places = dict[str, tuple[float, float]]


class Move(Gesture):
    """Moves the selected cards; a click without a drag selects.

    Args:
        design: Where.
        start: Where the press was.
        members: Ids of the layers at the press: of a card, or of all cards in a frame.
        key: Of the card at the press, or "".
    """

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(
        self, design: DrawnDesign, start: Pointer, members: frozenset[str], key: str = ""
    ) -> None:
        super().__init__(design, start)
        self._members = members
        self._before = design.document.selection
        self._from: Places = {}
        self._area = QRectF()
        self._lines = SnapLines(())
        self._wire: DrawnWire | None = None
        self._room = Room(design)
        design.scene.select_wires(())
        self._select(start)
        if key:
            design.focus.put_at(key)

    def _select(self, start: Pointer) -> None:
        """Select what is at the press, unless a click with a key is to do it."""
        members, document = self._members, self.design.document
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
            snapped = self._lines.snap(moved, REACH / self.design.zoom)
        way += QPointF(snapped.dx, snapped.dy)
        held = {key: (x + way.x(), y + way.y()) for key, (x, y) in self._from.items()}
        if self._show_wire(pointer, held):
            snapped = Snap()
        self.design.scene.place(held)
        self.design.show_hints(Hints(guides=snapped.guides))

    def finish(self, pointer: Pointer) -> None:
        """Make the new places the design's, as one step."""
        if not self._from:
            self._click(pointer)
            return
        wire, design, translate = self._wire, self.design, QCoreApplication.translate
        cards = design.picture.cards
        places = {key: cards[key].middle for key in self._from}
        self._clear()
        network, text = place(design.placed(), places), translate("Gestures", "Move")
        if wire is not None:
            edge, node = design.scene.single_edge(wire), next(iter(places))
            if edge is not None:
                network = self._spliced(network, edge, node)
                text = translate("Gestures", "Insert into wire")
        design.document.change(network, text)

    def cancel(self) -> None:
        """Draw the cards where they were."""
        if self._from:
            self.design.scene.place(self._from)
        self._clear()
        self.design.document.select(self._before)

    def _begin(self) -> None:
        cards = self.design.scene.selected_cards()
        self._from = {card.face.key: card.middle for card in cards}
        self._area = around(cards)
        self.design.scene.hold(self._from)
        near = self.design.picture.cards_in(self.design.view.visible_area())
        self._lines = SnapLines(card for card in near if card.face.key not in self._from)

    def _show_wire(self, pointer: Pointer, held: Places) -> bool:
        """Light the wire that the held layer would be put into, and have room made for it.

        Returns:
            Whether there is one; the layer is held in its place there then.
        """
        self._wire = self._wire_under(pointer, held)
        self.design.scene.light_wires([self._wire.key] if self._wire else [])
        edge = self.design.scene.single_edge(self._wire) if self._wire else None
        if edge is None:
            self._room.let_back()
            return False
        (key,) = held
        held[key] = self._room.make(edge, held[key], key)
        return True

    def _wire_under(self, pointer: Pointer, held: Places) -> DrawnWire | None:
        """Return the wire that the one dragged layer would be put into."""
        if len(held) != 1 or pointer.holds(Qt.KeyboardModifier.AltModifier):
            return None
        ((key, middle),) = held.items()
        node = self.network.by_id.get(key)
        if node is None or node.layer.input_count == 0:
            return None
        if isinstance(node.layer, Output | AuxiliaryOutput):
            return None
        picture, reach = self.design.picture, 14.0 / min(1.0, self.design.zoom)
        wire = picture.wire_at(QPointF(*middle), reach, without=key, undisturbed=True)
        return wire if wire and self.design.scene.single_edge(wire) else None

    def _spliced(self, network: Network, edge: Edge, node_id: str) -> Network:
        middle, inside = self.design.picture.cards[node_id].middle, self.design.document.inside
        moved = place(network, {node_id: place_in_wire(network, edge, middle, inside)})
        spliced = self.design.attempt(lambda: splice(moved, edge, node_id))
        return make_room(spliced, node_id, inside=inside) if spliced else network

    def _click(self, pointer: Pointer) -> None:
        """Leave only what is clicked selected."""
        keys = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if not pointer.modifiers & keys:
            self.design.document.select(self._members)

    def _clear(self) -> None:
        self._room.let_back()
        self.design.scene.hold(())
        self.design.scene.light_wires(())
        self.design.show_hints()
