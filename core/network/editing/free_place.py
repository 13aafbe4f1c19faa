"""Where cards that come in new lie on no other one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH, PITCH_ACROSS, Position

MOST_STEPS = 200
"""Columns to the right in which a free place is looked for."""


def free_place(cards: Sequence[Position], others: Iterable[Position]) -> float:
    """Return how far to the right cards lie on no other one; in pixels of the canvas."""
    cells: dict[tuple[int, int], list[Position]] = {}
    for x, y in others:
        cells.setdefault((int(x // CARD_WIDTH), int(y // CARD_HEIGHT)), []).append((x, y))

    def covers(x: float, y: float) -> bool:
        column, row = int(x // CARD_WIDTH), int(y // CARD_HEIGHT)
        return any(
            abs(other[0] - x) < CARD_WIDTH and abs(other[1] - y) < CARD_HEIGHT
            for near in product((column - 1, column, column + 1), (row - 1, row, row + 1))
            for other in cells.get(near, ())
        )

    step = 0
    while step < MOST_STEPS and any(covers(x + step * PITCH_ACROSS, y) for x, y in cards):
        step += 1
    return step * PITCH_ACROSS
