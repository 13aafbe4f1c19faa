"""What is written where on a card: laid out once for as long as it says the same."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH
from gui.design.canvas.painting.faces import Face
from gui.design.canvas.painting.plates import STRIPE
from gui.design.canvas.painting.words import Words, fitting, line_height, words

PADDING = 12.0
"""From the stripe, and from the right edge, to the words; pixels of the canvas."""

LEFT, RIGHT = STRIPE + PADDING - 2, CARD_WIDTH - PADDING
"""Where lines begin and end on a card, in pixels of the canvas."""

TITLE_TOP, LINE_TOP = 9.0, 31.0
MARK_SIDE, MARK_GAP = 13.0, 4.0
"""Of the icons at the top right, in pixels of the canvas."""


class Caption(NamedTuple):
    """Words in their place on a card.

    Attributes:
        words: What is written.
        left: From the card's left edge, in pixels of the canvas.
        top: From the card's upper edge.
        role: Token of their colour.
    """

    words: Words
    left: float
    top: float
    role: str


@lru_cache(maxsize=4096)
def captions(face: Face, theme: str, *, hot: bool) -> tuple[Caption, ...]:
    """Return name and kind at the top and the numbers below them.

    Args:
        face: What the card says.
        theme: Name of the theme in use.
        hot: Whether the card is so red that muted words could not be read on it.
    """
    second = "text" if hot else "muted"
    marks = (MARK_SIDE + MARK_GAP) * len(face.marks)
    corner = _corner(face, RIGHT - LEFT - marks, theme)
    found = _title(face, RIGHT - LEFT - corner.room - marks, theme)
    found += _below(face, second, theme)
    if face.corner:
        found.append(Caption(corner, RIGHT - marks - corner.width, TITLE_TOP, second))
    return tuple(found)


@lru_cache(maxsize=4096)
def large_name(face: Face, theme: str) -> tuple[Caption, ...]:
    """Return the name alone, in large letters."""
    name = fitting(face.brief, "large", CARD_WIDTH - LEFT - 8, theme)
    role = "error" if face.problem else "muted" if face.bypassed else "text"
    return (Caption(name, LEFT, (CARD_HEIGHT - line_height("large", theme)) / 2, role),)


def _title(face: Face, room: float, theme: str) -> list[Caption]:
    """Return the name, and the kind behind it as far as there is room."""
    (name, kind), role = face.title, "muted" if face.bypassed else "text"
    first = fitting(name, "title", room, theme)
    found = [Caption(first, LEFT, TITLE_TOP, role)]
    if kind and room - first.width > 30:
        second = fitting(f" · {kind}", "plain", room - first.width, theme)
        found.append(Caption(second, LEFT + first.width, TITLE_TOP, role))
    return found


def _below(face: Face, second: str, theme: str) -> list[Caption]:
    """Return shape and parameters, or what is wrong."""
    room = RIGHT - LEFT
    if face.problem:
        return [Caption(fitting(face.problem, "small", room, theme), LEFT, LINE_TOP, "error")]
    number = words(face.count, "small", theme)
    shape = fitting(face.output, "mono", room - number.room, theme)
    return [
        Caption(shape, LEFT, LINE_TOP, "muted" if face.bypassed else "text"),
        Caption(number, RIGHT - number.width, LINE_TOP, second),
    ]


def _corner(face: Face, room: float, theme: str) -> Words:
    """Return how many layers a group has: with the word where the title leaves room for it."""
    if not face.group:
        return words("", "small", theme)
    name, kind = face.title
    title = words(name, "title", theme).width
    title += words(f" · {kind}", "plain", theme).width if kind else 0.0
    wordy = words(face.corner_words, "small", theme)
    return wordy if title + wordy.room <= room else words(face.corner, "small", theme)
