"""Drawing a wire from a port to a card, or to where a new layer is to be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from core.network.editing.wire_edits import connect, disconnect
from core.network.network import Edge, Network
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import REACH, DrawnCard
from gui.design.canvas.painting.wire import path_between
from gui.design.canvas.ports import Port, first_input, following, inputs_of, output_of
from gui.design.canvas.search_context import SearchContext


def select_at(design: DrawnDesign, pointer: Pointer) -> None:
    """Select what a mere click on a port meant: the wire there, or the card."""
    wire = design.picture.wire_at(pointer.at, 5.0 / design.zoom)
    card = design.picture.card_at(pointer.at)
    design.document.select(card.face.members if card and not wire else ())
    design.scene.select_wires([wire.key] if wire else [])


class Connect(Gesture):
    """Draws a wire from an output, or an existing one's end to elsewhere.

    Args:
        design: Where it takes place.
        start: Where it begins.
        card: The card at its fixed end.
        port: The output there.
        taken: The wires that are taken along from where they led to, if any.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self,
        design: DrawnDesign,
        start: Pointer,
        card: DrawnCard,
        port: int,
        taken: tuple[Edge, ...] = (),
    ) -> None:
        super().__init__(design, start)
        self._card, self._port, self._taken = card, port, taken
        self._source = output_of(self.network, card.face, port)
        before = self.network.leading_to([self._source[0]]) if self._source else set()
        self._possible = {
            key: other
            for key, other in design.picture.cards.items()
            if other.face.inputs and before.isdisjoint(other.face.members)
        }
        design.scene.mark_cards(lit=self._possible)
        self.update(start)

    def update(self, pointer: Pointer) -> None:
        """Draw the wire to the pointer, or to the port it would end at."""
        found = self._end(pointer)
        end = found[0].input_port(found[1] or 0) if found and found[1] is not None else pointer.at
        path = path_between(self._card.output_port(self._port), end)
        self.design.show_hints(Hints(wire=path, ports=self._ports(), port=end if found else None))

    def finish(self, pointer: Pointer) -> None:
        """Connect, disconnect, or ask for the layer that is to follow."""
        found = self._end(pointer)
        self.cancel()
        if not self.dragged(pointer):
            select_at(self.design, pointer)
            return
        if self._source is None:
            return
        if found is not None:
            self._connect(self._source, *found)
        elif self._taken:
            text = QCoreApplication.translate("Gestures", "Disconnect")
            self.design.document.change(self._without_taken(), text)
        elif self.design.picture.card_at(pointer.at) is None:
            position = (pointer.at.x(), pointer.at.y())
            self.design.search(pointer.screen, SearchContext(position, source=self._source))

    def cancel(self) -> None:
        """Draw no wire any more."""
        self.design.scene.mark_cards(lit=())
        self.design.show_hints()

    def _end(self, pointer: Pointer) -> tuple[DrawnCard, int | None] | None:
        """Return the card and input the wire would end at; None for the card's choice of input."""
        picture = self.design.picture
        near = picture.input_at(pointer.at, REACH / min(1.0, self.design.zoom))
        if near is not None and near[0].face.key in self._possible:
            return near
        card = picture.card_at(pointer.at)
        return (card, None) if card and card.face.key in self._possible else None

    def _ports(self) -> list[QPointF]:
        area = self.design.view.visible_area()
        return [
            card.input_port(port)
            for card in self._possible.values()
            if area.intersects(card.rect)
            for port in range(card.face.inputs)
        ]

    def _without_taken(self) -> Network:
        network = self.network
        for edge in self._taken:
            network = disconnect(network, edge)
        return network

    def _connect(self, source: Port, card: DrawnCard, port: int | None) -> None:
        network = self._without_taken()
        targets = inputs_of(network, card.face, port)
        _connect(self.design, network, source, targets)


class ConnectBackwards(Gesture):
    """Draws a wire from an input to what is to feed it."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, design: DrawnDesign, start: Pointer, card: DrawnCard, port: int) -> None:
        super().__init__(design, start)
        self._card, self._port = card, port
        behind = following(self.network, card.face.members)
        self._possible = {
            key: other
            for key, other in design.picture.cards.items()
            if other.face.outputs and behind.isdisjoint(other.face.members)
        }
        design.scene.mark_cards(lit=self._possible)
        self.update(start)

    def update(self, pointer: Pointer) -> None:
        """Draw the wire to the pointer, or to the output it would begin at."""
        found = self._end(pointer)
        begin = found[0].output_port(found[1]) if found else pointer.at
        path = path_between(begin, self._card.input_port(self._port))
        area = self.design.view.visible_area()
        ports = [
            card.output_port(port)
            for card in self._possible.values()
            if area.intersects(card.rect)
            for port in range(card.face.outputs)
        ]
        self.design.show_hints(Hints(wire=path, ports=ports, port=begin if found else None))

    def finish(self, pointer: Pointer) -> None:
        """Connect, or ask for the layer that is to come before."""
        found, network = self._end(pointer), self.network
        self.cancel()
        if not self.dragged(pointer):
            select_at(self.design, pointer)
            return
        targets = inputs_of(network, self._card.face, self._port)
        if found is not None:
            source = output_of(network, found[0].face, found[1])
            if source is not None:
                _connect(self.design, network, source, targets)
        elif targets and not self.design.picture.card_at(pointer.at):
            wanted = first_input(network, self._card.face, self._port)
            position = (pointer.at.x(), pointer.at.y())
            self.design.search(pointer.screen, SearchContext(position, target=wanted))

    def cancel(self) -> None:
        """Draw no wire any more."""
        self.design.scene.mark_cards(lit=())
        self.design.show_hints()

    def _end(self, pointer: Pointer) -> tuple[DrawnCard, int] | None:
        picture = self.design.picture
        near = picture.output_at(pointer.at, REACH / min(1.0, self.design.zoom))
        if near is not None and near[0].face.key in self._possible:
            return near
        card = picture.card_at(pointer.at)
        return (card, 0) if card and card.face.key in self._possible else None


def _connect(
    design: DrawnDesign, network: Network, source: Port, targets: Sequence[tuple[str, int | None]]
) -> None:
    """Lead wires from one output to inputs, as one step.

    Args:
        design: Which is changed.
        network: What the wires are added to.
        source: (id of a layer, its output).
        targets: (id of a layer, its input; None for a free one).
    """

    def connected() -> Network:
        made = network
        for target, port in targets:
            made = connect(made, source[0], target, port, source[1])
        return made

    design.change(connected, QCoreApplication.translate("Gestures", "Connect"))
