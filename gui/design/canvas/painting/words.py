"""Words of cards: laid out once, then painted at any zoom from the same glyphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGlyphRun, QTextLayout

from gui.look.appearance import sized_font

GAP = 8.0
"""Between words in one line, in pixels of the canvas."""

SIZES = {
    "title": (13, True, False),
    "mono": (12, False, True),
    "small": (12, False, False),
    "large": (22, False, False),
    "plain": (13, False, False),
}
"""Of each part of a card: size in pixels of the canvas, whether bold, whether of one width."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words in one font.

    Glyphs and not a `QStaticText`, which lays its text out again at each new zoom.

    Attributes:
        glyphs: What is painted; several runs where one font does not have all letters.
        width: In pixels of the canvas.
    """

    glyphs: tuple[QGlyphRun, ...]
    width: float

    @property
    def room(self) -> float:
        """The width with a gap, in pixels of the canvas; 0 for no words."""
        return self.width + GAP if self.width else 0.0


def letter_scale(scale: float) -> float:
    """Return the zoom at which letters are drawn: by quarters of a pixel of the largest ones.

    Drawing each letter anew takes longer than all the rest of a step of zooming; steps near each
    other share their letters, which are at most an eighth of a pixel too high or too low.
    """
    quarters = 4 * SIZES["large"][0]
    return max(1, round(quarters * scale)) / quarters


@lru_cache(maxsize=16)
def card_font(role: str, _theme: str) -> QFont:
    """Return the font of a part of a card, in pixels of the canvas."""
    size, bold, mono = SIZES[role]
    font = sized_font(size, bold=bold, mono=mono)
    font.setPixelSize(size)  # the view's zoom enlarges it with the system's font
    return font


@lru_cache(maxsize=16)
def _metrics(role: str, theme: str) -> QFontMetricsF:
    return QFontMetricsF(card_font(role, theme))


def line_height(role: str, theme: str) -> float:
    """Return how high a line is, in pixels of the canvas."""
    return _metrics(role, theme).height()


@lru_cache(maxsize=8192)
def words(text: str, role: str, theme: str) -> Words:
    """Return a text laid out in the font of a part of a card."""
    layout = QTextLayout(text, card_font(role, theme))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return Words(tuple(layout.glyphRuns()), line.naturalTextWidth() if text else 0.0)


@lru_cache(maxsize=8192)
def fitting(text: str, role: str, room: float, theme: str) -> Words:
    """Return a text laid out and cut so that it fits into a width in pixels of the canvas."""
    whole = words(text, role, theme)
    if whole.width <= room:
        return whole
    cut = _metrics(role, theme).elidedText(text, Qt.TextElideMode.ElideRight, room)
    return words(cut, role, theme)
