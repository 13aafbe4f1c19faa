"""Neighbours that make room on the screen while something is held over a wire."""

from __future__ import annotations

from core.network.network import Edge
from core.network.view.card_size import Position
from core.network.view.placing import room_for
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.palette_adding import place_in_wire


class Room:
    """Draws cards where they would move to, until they are let back.

    Args:
        design: Whose cards.
    """

    def __init__(self, design: DrawnDesign) -> None:
        self._design = design
        self._made: tuple[Edge, Position] | None = None
        self._from: dict[str, Position] = {}

    def make(self, edge: Edge, at: Position, without: str = "") -> Position:
        """Show the room that a card in a wire needs, and return where it comes to lie.

        Args:
            edge: The wire.
            at: Where the card is held.
            without: Key of the card itself, if the design has it already.
        """
        network, inside = self._design.placed(), self._design.document.inside
        aim = place_in_wire(network, edge, at, inside)
        if (edge, aim) != self._made:
            self._made = edge, aim
            self._show(room_for(network, aim, inside, without))
        return aim

    def let_back(self) -> None:
        """Draw all cards in their places."""
        if self._made is not None:
            self._made = None
            self._show({})

    def _show(self, room: dict[str, Position]) -> None:
        cards, shown = self._design.picture.cards, dict(self._from)
        self._from = {
            key: shown[key] if key in shown else cards[key].middle for key in room if key in cards
        }
        self._design.scene.place(shown | {key: room[key] for key in self._from})
