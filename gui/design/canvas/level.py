"""How much is drawn at a zoom: the smaller the cards, the less is said on them."""

from __future__ import annotations

from enum import IntEnum

SMALLEST_TEXT = 0.5
"""Screen pixels for each of the canvas below which no text can be read."""

SMALLEST_SHAPE = 0.14
"""Below this a card is some pixels high: no corner and no stripe of it can be seen."""


class Level(IntEnum):
    """What is drawn of a card."""

    PLAIN = 0
    """A rectangle in the colour of the family."""
    SHAPE = 1
    """The card with its stripe, without words."""
    FULL = 2
    """All of it."""


def level_at(scale: float) -> Level:
    """Return what is drawn at a zoom in screen pixels for each of the canvas."""
    if scale >= SMALLEST_TEXT:
        return Level.FULL
    return Level.SHAPE if scale >= SMALLEST_SHAPE else Level.PLAIN
