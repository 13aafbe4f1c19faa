"""A wire in its place: its line, and whether it passes through a rectangle."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

WireKey = tuple[str, str]
"""The cards a wire leads from and to."""

Bends = tuple[tuple[float, float], ...]
"""What a wire is led through, in pixels of the canvas."""

Ends = tuple[float, float, float, float]
"""(x, y) of where a wire leaves and of where it arrives."""

ROUNDING, MARGIN = 14.0, 4.0
"""Radius of a corner, and room for the pen around a line; pixels of the canvas."""


@dataclass(slots=True)
class DrawnWire:
    """A wire in its place.

    Attributes:
        key: The cards at its ends.
        ports: The output it leaves and the input it reaches.
        bends: What it is led through.
        ends: Where it leaves and arrives.
        bounds: Of its line, somewhat larger.
    """

    key: WireKey
    ports: tuple[int, int]
    bends: Bends
    ends: Ends
    bounds: QRectF = field(init=False)
    _path: QPainterPath | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        x1, y1, x2, y2 = self.ends
        if self.bends:
            across = [x1, x2, *(x for x, _ in self.bends)]
            down = [y1, y2, *(y for _, y in self.bends)]
        else:
            reach = _reach(x1, y1, x2, y2)
            across, down = [x1, x2], [y1, y2, y1 + reach, y2 - reach]
        left, top = min(across) - MARGIN, min(down) - MARGIN
        self.bounds = QRectF(left, top, max(across) + MARGIN - left, max(down) + MARGIN - top)

    @property
    def source(self) -> str:
        """Key of the card it leaves."""
        return self.key[0]

    @property
    def target(self) -> str:
        """Key of the card it reaches."""
        return self.key[1]

    @property
    def path(self) -> QPainterPath:
        """Its line; made when it is first painted or pointed at, not all at once."""
        if self._path is None:
            x1, y1, x2, y2 = self.ends
            self._path = path_between(QPointF(x1, y1), QPointF(x2, y2), self.bends)
        return self._path


def path_between(start: QPointF, end: QPointF, bends: Bends = ()) -> QPainterPath:
    """Return the line of a wire: through its bends with round corners, or as a curve."""
    path = QPainterPath(start)
    reach = _reach(start.x(), start.y(), end.x(), end.y())
    if bends:
        _through(path, [start, *(QPointF(*bend) for bend in bends), end])
    elif not reach:
        path.lineTo(end)
    else:
        path.cubicTo(start + QPointF(0, reach), end - QPointF(0, reach), end)
    return path


def wire_crosses(wire: DrawnWire, area: QRectF) -> bool:
    """Return whether a wire's line passes through a rectangle."""
    stroker = QPainterPathStroker()
    stroker.setWidth(1.0)
    return stroker.createStroke(wire.path).intersects(area)


def _reach(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return how far a curve goes straight down at both ends; 0 for a straight line."""
    if abs(x1 - x2) < 0.5 and y2 > y1:
        return 0.0
    reach = max(24.0, abs(y2 - y1) / 2)
    return min(reach, 90.0) if y2 < y1 else reach


def _through(path: QPainterPath, points: list[QPointF]) -> None:
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _shortened(corner, before), _shortened(corner, after)
        path.lineTo(into)
        path.quadTo(corner, out)
    path.lineTo(points[-1])


def _shortened(corner: QPointF, other: QPointF) -> QPointF:
    """Return the point where a round corner begins on the way to `other`."""
    way = other - corner
    length = max(1e-6, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    share = min(ROUNDING / length, 0.5)
    return QPointF(corner.x() + way.x() * share, corner.y() + way.y() * share)
