"""Dropping what the palette holds: onto the ground, into a wire, or onto a port."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMimeData, QPointF, QRectF

from core.network.editing.palette import PALETTE, piece_of
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH, PITCH_DOWN
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.gestures.making_room import Room
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import REACH, DrawnCard
from gui.design.canvas.painting.wire import WireKey
from gui.design.canvas.palette_adding import place_entry
from gui.design.canvas.ports import first_input, output_of
from gui.design.canvas.search_context import SearchContext

LAYER_MIME = "application/x-layerloom-layer"
"""What is dragged from the palette: the name of its entry."""

ENDS = {"Output", "AuxiliaryOutput"}
"""Entries that nothing can follow."""


def dragged_entry(data: QMimeData) -> str:
    """Return the name of the palette's entry that is dragged, or "" if it is something else."""
    if not data.hasFormat(LAYER_MIME):
        return ""
    name = bytes(data.data(LAYER_MIME).data()).decode("utf-8", "replace")
    return name if name in PALETTE else ""


class DropLayer(Gesture):
    """Shows where something from the palette would come to lie, and adds it there.

    Args:
        design: Where it takes place.
        start: Where the pointer comes in.
        name: Of the palette's entry.
    """

    def __init__(self, design: DrawnDesign, start: Pointer, name: str) -> None:
        super().__init__(design, start)
        self._name = name
        self._follows = bool(piece_of(name).heads)
        self._leads = name not in ENDS
        self._room = Room(design)

    def update(self, pointer: Pointer) -> None:
        """Show the place, the wire or the port it would be added at."""
        context, port, wire = self._target(pointer)
        x, y = context.position
        ghost = QRectF(x - CARD_WIDTH / 2, y - CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)
        self.design.scene.light_wires([wire] if wire else [])
        if context.edge is not None:
            context = replace(context, position=self._room.make(context.edge, context.position))
        else:
            self._room.let_back()
        ports = [port] if port else []
        self.design.show_hints(Hints(ghost=ghost, ports=ports, port=port))

    def finish(self, pointer: Pointer) -> None:
        """Add it."""
        context, _, _ = self._target(pointer)
        self.cancel()
        place_entry(self.design, self._name, context)

    def cancel(self) -> None:
        """Show nothing any more."""
        self._room.let_back()
        self.design.scene.light_wires(())
        self.design.show_hints()

    def _target(self, pointer: Pointer) -> tuple[SearchContext, QPointF | None, WireKey | None]:
        """Return where the layer goes, and the port or wire that is meant."""
        return (
            self._at_output(pointer)
            or self._at_input(pointer)
            or self._on_card(pointer)
            or self._on_ground(pointer)
        )

    def _at_output(
        self, pointer: Pointer
    ) -> tuple[SearchContext, QPointF | None, WireKey | None] | None:
        found = self.design.picture.output_at(pointer.at, self._reach())
        if found is None or not self._follows:
            return None
        card, port = found
        within = self._in_only_wire(pointer, card, 0, port)
        if within is not None:
            return within
        x, y = card.middle
        source = output_of(self.network, card.face, port)
        return SearchContext((x, y + PITCH_DOWN), source=source), card.output_port(port), None

    def _at_input(
        self, pointer: Pointer
    ) -> tuple[SearchContext, QPointF | None, WireKey | None] | None:
        found = self.design.picture.input_at(pointer.at, self._reach())
        if found is None or not self._leads:
            return None
        card, port = found
        within = None if card.face.joins else self._in_only_wire(pointer, card, 1, port)
        if within is not None:
            return within
        x, y = card.middle
        target = first_input(self.network, card.face, port)
        return SearchContext((x, y - PITCH_DOWN), target=target), card.input_port(port), None

    def _in_only_wire(
        self, pointer: Pointer, card: DrawnCard, end: int, port: int
    ) -> tuple[SearchContext, None, WireKey] | None:
        """Return the place in the wire at a port, if one is there: short wires are all port.

        Args:
            pointer: Where the layer is held.
            card: Whose port.
            end: 0: the wire leaves there; 1: it arrives.
            port: Which of them.
        """
        wires, key = self.design.picture.wires, card.face.key
        at_port = [
            wires[other]
            for other in self.design.picture.touching(key)
            if other[end] == key and wires[other].ports[end] == port
        ]
        edge = self.design.scene.single_edge(at_port[0]) if len(at_port) == 1 else None
        if edge is None or not (self._follows and self._leads):
            return None
        at = pointer.at.x(), pointer.at.y()
        return SearchContext(at, edge=edge), None, at_port[0].key

    def _on_card(self, pointer: Pointer) -> tuple[SearchContext, None, WireKey | None] | None:
        """Return the place behind a card: in its wire if it has one, else fed by it."""
        card, picture = self.design.picture.card_at(pointer.at), self.design.picture
        source = output_of(self.network, card.face, 0) if card and card.face.outputs else None
        if card is None or source is None or not self._follows:
            return None
        at = card.middle[0], card.middle[1] + PITCH_DOWN
        wires = [key for key in picture.touching(card.face.key) if key[0] == card.face.key]
        edge = self.design.scene.single_edge(picture.wires[wires[0]]) if len(wires) == 1 else None
        if edge is not None and self._leads:
            return SearchContext(at, edge=edge), None, wires[0]
        return SearchContext(at, source=source, take_over=self._leads), None, None

    def _on_ground(self, pointer: Pointer) -> tuple[SearchContext, None, WireKey | None]:
        at = (pointer.at.x(), pointer.at.y())
        reach = 14.0 / min(1.0, self.design.zoom)
        wire = self.design.picture.wire_at(pointer.at, reach, undisturbed=True)
        if wire is not None and self._follows and self._leads:
            edge = self.design.scene.single_edge(wire)
            if edge is not None:
                return SearchContext(at, edge=edge), None, wire.key
        return SearchContext(at), None, None

    def _reach(self) -> float:
        return REACH / min(1.0, self.design.zoom)
