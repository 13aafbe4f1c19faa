"""Neighbours that make room on the screen while something is held over a wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.network.card_size import Position
from core.network.network import Edge
from core.network.placing import room_for
from gui.design.canvas.adding import place_in_wire
from gui.design.canvas.shown import placed

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


class Room:
    """Draws cards where they would move to, until they are let back.

    Args:
        canvas: Whose cards.
    """

    def __init__(self, canvas: DesignCanvas) -> None:
        self._canvas = canvas
        self._edge: Edge | None = None
        self._from: dict[str, Position] = {}

    def make(self, edge: Edge | None, at: Position, without: str = "") -> None:
        """Show the room that a card in a wire needs; without a wire, let all cards back.

        Args:
            edge: The wire.
            at: Where the card is held.
            without: Key of the card itself, if the design has it already.
        """
        if edge == self._edge:
            return
        self._edge = edge
        cards, shown = self._canvas.picture.cards, dict(self._from)
        self._from = {}
        if edge is not None:
            room = self._needed(edge, at, without)
            self._from = {key: shown.get(key, cards[key].middle) for key in room if key in cards}
            shown |= {key: room[key] for key in self._from}
        self._canvas.scene_.place(shown)

    def let_back(self) -> None:
        """Draw all cards in their places."""
        self.make(None, (0.0, 0.0))

    def _needed(self, edge: Edge, at: Position, without: str) -> dict[str, Position]:
        document = self._canvas.document
        network = placed(document.network, document.inside)
        aim = place_in_wire(network, edge, at, document.inside)
        return room_for(network, aim, document.inside, without)
