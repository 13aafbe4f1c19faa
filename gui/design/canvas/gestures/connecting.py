"""Drawing a wire from a port to a card, or to where a new layer is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from core.errors import LayerloomError
from core.network.editing.wire_edits import connect, disconnect
from core.network.network import Edge, Network
from gui.design.canvas.ends import Port, first_input, following, inputs_of, output_of
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import REACH, Card
from gui.design.canvas.painting.wire import path_between
from gui.design.canvas.search_context import SearchContext

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


def select_at(canvas: DesignCanvas, pointer: Pointer) -> None:
    """Select what a mere click on a port meant: the wire there, or the card."""
    wire = canvas.picture.wire_at(pointer.at, 5.0 / canvas.zoom)
    card = canvas.picture.card_at(pointer.at)
    canvas.document.select(card.face.members if card and not wire else ())
    canvas.select_wires([wire.key] if wire else [])


class Connect(Gesture):
    """Draws a wire from an output, or an existing one's end to elsewhere.

    Args:
        canvas: Where it takes place.
        start: Where it begins.
        card: The card at its fixed end.
        port: The output there.
        taken: The wires that are taken along from where they led to, if any.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self,
        canvas: DesignCanvas,
        start: Pointer,
        card: Card,
        port: int,
        taken: tuple[Edge, ...] = (),
    ) -> None:
        super().__init__(canvas, start)
        self._card, self._port, self._taken = card, port, taken
        self._source = output_of(self.network, card.face, port)
        before = self.network.leading_to([self._source[0]]) if self._source else set()
        self._possible = {
            key: other
            for key, other in canvas.picture.cards.items()
            if other.face.inputs and before.isdisjoint(other.face.members)
        }
        canvas.scene_.mark_cards(lit=self._possible)
        self.update(start)

    def update(self, pointer: Pointer) -> None:
        """Draw the wire to the pointer, or to the port it would end at."""
        found = self._end(pointer)
        end = found[0].input_port(found[1] or 0) if found and found[1] is not None else pointer.at
        path = path_between(self._card.output_port(self._port), end)
        self.canvas.show_hints(Hints(wire=path, ports=self._ports(), port=end if found else None))

    def finish(self, pointer: Pointer) -> None:
        """Connect, disconnect, or ask for the layer that is to follow."""
        found = self._end(pointer)
        self.cancel()
        if not self.dragged(pointer):
            select_at(self.canvas, pointer)
            return
        if self._source is None:
            return
        if found is not None:
            self._connect(self._source, *found)
        elif self._taken:
            self.canvas.change(self._without_taken(), self.canvas.tr("Disconnect"))
        elif self.canvas.picture.card_at(pointer.at) is None:
            position = (pointer.at.x(), pointer.at.y())
            self.canvas.asking.layer(pointer.screen, SearchContext(position, source=self._source))

    def cancel(self) -> None:
        """Draw no wire any more."""
        self.canvas.scene_.mark_cards(lit=())
        self.canvas.show_hints()

    def _end(self, pointer: Pointer) -> tuple[Card, int | None] | None:
        """Return the card and input the wire would end at; None for the card's choice of input."""
        picture = self.canvas.picture
        near = picture.input_at(pointer.at, REACH / min(1.0, self.canvas.zoom))
        if near is not None and near[0].face.key in self._possible:
            return near
        card = picture.card_at(pointer.at)
        return (card, None) if card and card.face.key in self._possible else None

    def _ports(self) -> list[QPointF]:
        area = self.canvas.visible_area()
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

    def _connect(self, source: Port, card: Card, port: int | None) -> None:
        network = self._without_taken()
        try:
            for target, target_port in inputs_of(network, card.face, port):
                network = connect(network, source[0], target, target_port, source[1])
        except LayerloomError as error:
            self.canvas.tell(error)
            return
        self.canvas.change(network, self.canvas.tr("Connect"))


class ConnectBackwards(Gesture):
    """Draws a wire from an input to what is to feed it."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: DesignCanvas, start: Pointer, card: Card, port: int) -> None:
        super().__init__(canvas, start)
        self._card, self._port = card, port
        behind = following(self.network, card.face.members)
        self._possible = {
            key: other
            for key, other in canvas.picture.cards.items()
            if other.face.outputs and behind.isdisjoint(other.face.members)
        }
        canvas.scene_.mark_cards(lit=self._possible)
        self.update(start)

    def update(self, pointer: Pointer) -> None:
        """Draw the wire to the pointer, or to the output it would begin at."""
        found = self._end(pointer)
        begin = found[0].output_port(found[1]) if found else pointer.at
        path = path_between(begin, self._card.input_port(self._port))
        area = self.canvas.visible_area()
        ports = [
            card.output_port(port)
            for card in self._possible.values()
            if area.intersects(card.rect)
            for port in range(card.face.outputs)
        ]
        self.canvas.show_hints(Hints(wire=path, ports=ports, port=begin if found else None))

    def finish(self, pointer: Pointer) -> None:
        """Connect, or ask for the layer that is to come before."""
        found, network = self._end(pointer), self.network
        self.cancel()
        if not self.dragged(pointer):
            select_at(self.canvas, pointer)
            return
        targets = inputs_of(network, self._card.face, self._port)
        if found is not None:
            source = output_of(network, found[0].face, found[1])
            try:
                for target, port in targets if source else ():
                    network = connect(network, source[0], target, port, source[1])  # type: ignore[index]
            except LayerloomError as error:
                self.canvas.tell(error)
                return
            self.canvas.change(network, self.canvas.tr("Connect"))
        elif targets and not self.canvas.picture.card_at(pointer.at):
            wanted = first_input(network, self._card.face, self._port)
            position = (pointer.at.x(), pointer.at.y())
            self.canvas.asking.layer(pointer.screen, SearchContext(position, target=wanted))

    def cancel(self) -> None:
        """Draw no wire any more."""
        self.canvas.scene_.mark_cards(lit=())
        self.canvas.show_hints()

    def _end(self, pointer: Pointer) -> tuple[Card, int] | None:
        picture = self.canvas.picture
        near = picture.output_at(pointer.at, REACH / min(1.0, self.canvas.zoom))
        if near is not None and near[0].face.key in self._possible:
            return near
        card = picture.card_at(pointer.at)
        return (card, 0) if card and card.face.key in self._possible else None
