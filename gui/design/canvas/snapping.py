"""Where a dragged card comes to lie in line with others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF

from core.network.card_size import GAP
from gui.design.canvas.picture import Card

REACH = 7.0
"""Screen pixels within which a line attracts."""


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to move on, and the lines that are reached then."""

    dx: float = 0.0
    dy: float = 0.0
    guides: tuple[QLineF, ...] = ()


def snap(moving: QRectF, others: Iterable[Card], reach: float) -> Snap:
    """Return how a rectangle comes in line with cards that are no farther off than `reach`.

    Left edges, middles and right edges attract each other, so do upper edges, middles and lower
    ones, and the gap below and above a card.

    Args:
        moving: What is dragged.
        others: The cards that stay.
        reach: In pixels of the canvas.
    """
    rects = [card.rect for card in others]
    across = _nearest(_columns(moving), ((x, rect) for rect in rects for x in _columns(rect)))
    down = _nearest(_rows(moving), ((y, rect) for rect in rects for y in _rows(rect)))
    if abs(down[0]) > reach:
        down = _nearest(
            ((moving.top()), (moving.bottom())),
            ((y, r) for r in rects for y in (r.bottom() + GAP, r.top() - GAP)),
        )
    dx, beside = across if abs(across[0]) <= reach else (0.0, None)
    dy, level = down if abs(down[0]) <= reach else (0.0, None)
    moved = moving.translated(dx, dy)
    guides = []
    if beside is not None:
        guides += _upright(moved, beside)
    if level is not None:
        guides += _flat(moved, level)
    return Snap(dx, dy, tuple(guides))


def _columns(rect: QRectF) -> tuple[float, ...]:
    return rect.left(), rect.center().x(), rect.right()


def _rows(rect: QRectF) -> tuple[float, ...]:
    return rect.top(), rect.center().y(), rect.bottom()


def _nearest(
    own: Iterable[float], lines: Iterable[tuple[float, QRectF]]
) -> tuple[float, QRectF | None]:
    """Return the way to the nearest line, and whose it is."""
    best: tuple[float, QRectF | None] = (float("inf"), None)
    mine = tuple(own)
    for line, rect in lines:
        for place in mine:
            if abs(line - place) < abs(best[0]):
                best = (line - place, rect)
    return best


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
