"""How much is drawn at a zoom: the smaller the cards, the less is said on them."""

from __future__ import annotations

from enum import IntEnum

SMALLEST_TEXT = 0.5
"""Screen pixels for each of the canvas below which the numbers cannot be read."""

SMALLEST_NAME = 0.28
"""Below this, not even a large name can be read."""

SMALLEST_SHAPE = 0.14
"""Below this a card is some pixels high: no corner and no stripe of it can be seen."""


class Level(IntEnum):
    """What is drawn of a card."""

    PLAIN = 0
    """A rectangle in the colour of the family."""
    SHAPE = 1
    """The card with its stripe, without words."""
    NAME = 2
    """The card with its name in large letters."""
    FULL = 3
    """All of it."""


def level_at(scale: float) -> Level:
    """Return what is drawn at a zoom in screen pixels for each of the canvas."""
    for smallest, level in (
        (SMALLEST_TEXT, Level.FULL),
        (SMALLEST_NAME, Level.NAME),
        (SMALLEST_SHAPE, Level.SHAPE),
    ):
        if scale >= smallest:
            return level
    return Level.PLAIN
