"""Where a dragged card comes to lie in line with others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF

from core.network.view.card_size import GAP
from gui.design.canvas.painting.picture import DrawnCard

REACH = 7.0
"""Screen pixels within which a line attracts."""


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to move on, and the lines that are reached then."""

    dx: float = 0.0
    dy: float = 0.0
    guides: tuple[QLineF, ...] = ()


class SnapLines:
    """The lines that attract: edges and middles of cards, and the usual gap above and below them.

    Args:
        cards: Those that stay where they are.
    """

    def __init__(self, cards: Iterable[DrawnCard]) -> None:
        rects = [card.rect for card in cards]
        self._columns = _Lines((x, rect) for rect in rects for x in _columns(rect))
        self._rows = _Lines((y, rect) for rect in rects for y in _rows(rect))
        self._gaps = _Lines(
            (y, rect) for rect in rects for y in (rect.bottom() + GAP, rect.top() - GAP)
        )

    def snap(self, moving: QRectF, reach: float) -> Snap:
        """Return how a rectangle comes in line with cards that are no farther off than `reach`.

        Args:
            moving: What is dragged.
            reach: In pixels of the canvas.
        """
        dx, beside = self._columns.nearest(_columns(moving), reach)
        dy, level = self._rows.nearest(_rows(moving), reach)
        if level is None:
            dy, _ = self._gaps.nearest((moving.top(), moving.bottom()), reach)
        moved = moving.translated(dx, dy)
        guides = _upright(moved, beside) if beside is not None else []
        guides += _flat(moved, level) if level is not None else []
        return Snap(dx, dy, tuple(guides))


class _Lines:
    """Lines in order, each with the card it belongs to."""

    def __init__(self, lines: Iterable[tuple[float, QRectF]]) -> None:
        self._lines = sorted(lines, key=lambda line: line[0])
        self._places = [line[0] for line in self._lines]

    def nearest(self, own: Iterable[float], reach: float) -> tuple[float, QRectF | None]:
        """Return the way to the nearest line, and whose it is; (0, None) beyond reach."""
        best: tuple[float, QRectF | None] = (0.0, None)
        least = reach
        for place in own:
            number = bisect_left(self._places, place)
            for line, rect in self._lines[max(0, number - 1) : number + 1]:
                if abs(line - place) <= least:
                    best, least = (line - place, rect), abs(line - place)
        return best


def _columns(rect: QRectF) -> tuple[float, ...]:
    return rect.left(), rect.center().x(), rect.right()


def _rows(rect: QRectF) -> tuple[float, ...]:
    return rect.top(), rect.center().y(), rect.bottom()


def _upright(moved: QRectF, other: QRectF) -> list[QLineF]:
    both = moved.united(other)
    return [
        QLineF(x, both.top(), x, both.bottom())
        for x in _columns(moved)
        if any(abs(x - line) < 0.5 for line in _columns(other))
    ]


def _flat(moved: QRectF, other: QRectF) -> list[QLineF]:
    both = moved.united(other)
    return [
        QLineF(both.left(), y, both.right(), y)
        for y in _rows(moved)
        if any(abs(y - line) < 0.5 for line in _rows(other))
    ]
