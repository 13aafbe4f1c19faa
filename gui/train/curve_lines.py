"""The lines of a plot. A hundred thousand points are drawn in milliseconds.

Imports pyqtgraph: only where curves are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.shell.appearance import colour, scaled, sized_font
from gui.train.curve_data import Numbers

POINTS_PER_PIXEL = 2.0
"""Points of a line up to which each is drawn; of more, the range within each pixel."""

MOST_MARKS = 60
"""Points in sight up to which each is marked."""

BEST_SIZE, MARK_SIZE = 10, 4

EDGE = 0.12
"""Share of the width at either side where the words at the best point lean inward."""


@dataclass(frozen=True, slots=True)
class Line:
    """One curve.

    Attributes:
        x: Epochs, rising.
        y: Values.
        colour: Its colour.
        faint: Whether it stays in the background.
        marked: Whether its points are marked, while they are few.
        dashed: Whether it is a level that holds for all epochs.
    """

    x: Numbers
    y: Numbers
    colour: QColor
    faint: bool = False
    marked: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The best point, with a word at it."""

    x: float
    y: float
    words: str
    colour: QColor


class CurveLines(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Draws lines, the best point and the epoch that is read, in a view's own pixels.

    pyqtgraph's own curves stroke a path of all points, which takes Qt a tenth of a second.

    Attributes:
        lines: From back to front.
        best: The best point, or None.
        cursor: The epoch that is read, or None.
        reading: Its values, written beside it.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        super().__init__(view)
        self._view = view
        self.lines: Sequence[Line] = ()
        self.best: Mark | None = None
        self.cursor: float | None = None
        self.reading = ""
        view.sigRangeChanged.connect(self._moved)
        view.sigResized.connect(self._moved)

    def boundingRect(self) -> QRectF:
        """Return the whole view."""
        rect: QRectF = self._view.rect()
        return rect

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw what is in sight."""
        for line in self.lines:
            self._draw_line(painter, line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.best:
            self._draw_best(painter, self.best)
        if self.cursor is not None:
            self._draw_cursor(painter, self.cursor)

    def _draw_line(self, painter: QPainter, line: Line) -> None:
        (left, right), _ = self._view.viewRange()
        first = max(0, int(np.searchsorted(line.x, left)) - 1)
        last = int(np.searchsorted(line.x, right, side="right")) + 1
        x, y = self._pixels(line.x[first:last], line.y[first:last])
        if len(x) > POINTS_PER_PIXEL * self._view.width():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(_tint(line), 1))
            painter.drawLines(_ranges(x, y, self._view.width()))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        pen = QPen(_tint(line), 1 if line.faint else scaled(2), style)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        painter.drawLines([QLineF(a, b) for a, b in pairwise(points)])
        if line.marked and len(points) <= MOST_MARKS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(line.colour)
            for point in points:
                painter.drawEllipse(point, scaled(MARK_SIZE) / 2, scaled(MARK_SIZE) / 2)

    def _draw_best(self, painter: QPainter, best: Mark) -> None:
        (x,), (y,) = self._pixels(np.array([best.x]), np.array([best.y]))
        width = self._view.width()
        if not -1 <= x <= width + 1:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(best.colour)
        painter.drawEllipse(QPointF(x, y), scaled(BEST_SIZE) / 2, scaled(BEST_SIZE) / 2)
        share = x / width if width else 0.5
        lean = 0.0 if share < EDGE else 1.0 if share > 1 - EDGE else 0.5
        line = QFontMetricsF(sized_font(11)).height()
        above = y - scaled(BEST_SIZE) > line
        bottom = y - scaled(BEST_SIZE) if above else y + scaled(BEST_SIZE) + line
        self._write(painter, best.words, QPointF(x, bottom), lean)

    def _draw_cursor(self, painter: QPainter, epoch: float) -> None:
        (x,), _ = self._pixels(np.array([epoch]), np.zeros(1))
        painter.setPen(QPen(colour("muted"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, self._view.height()))
        lean = 0.0 if x < self._view.width() / 2 else 1.0
        aside = scaled(6) if lean == 0 else -scaled(6)
        line = QFontMetricsF(sized_font(11)).height()
        bottom = self._view.height() - scaled(6) if self._run_high(epoch) else line + scaled(4)
        self._write(painter, self.reading, QPointF(x + aside, bottom), lean)

    def _run_high(self, at: float) -> bool:
        """Return whether the lines lie in the upper half there."""
        low, high = self._view.viewRange()[1]
        strong = [line for line in self.lines if len(line.x) and not line.faint]
        values = [float(np.interp(at, line.x, line.y)) for line in strong]
        return bool(values) and float(np.mean(values)) > (low + high) / 2

    def _write(self, painter: QPainter, words: str, place: QPointF, lean: float) -> None:
        """Write words above a place, on a ground that keeps lines away from them.

        Args:
            painter: Paints.
            words: What is written.
            place: Below the words.
            lean: Share of the words that lies left of it.
        """
        painter.setFont(sized_font(11))
        size = QFontMetricsF(sized_font(11)).boundingRect(words)
        left = min(max(place.x() - lean * size.width(), 0.0), self._view.width() - size.width())
        top = max(place.y() - size.height(), 0.0)
        rect = QRectF(left, top, size.width(), size.height())
        ground = colour("surface")
        ground.setAlphaF(0.8)
        painter.fillRect(rect.adjusted(-3, -1, 3, 1), ground)
        painter.setPen(colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)

    def _pixels(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Return where points lie in the view, in pixels."""
        (left, right), (low, high) = self._view.viewRange()
        across = (x - left) * (self._view.width() / max(right - left, 1e-12))
        down = (high - y) * (self._view.height() / max(high - low, 1e-12))
        return across, down

    def _moved(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()


def _ranges(x: Numbers, y: Numbers, width: float) -> list[QLineF]:
    """Return a line from the smallest to the largest value for each pixel that has points."""
    inside: npt.NDArray[np.int64] = np.floor(x).astype(np.int64)
    starts = np.flatnonzero(np.diff(inside, prepend=inside[0] - 1))
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    # Each begins where the one before it ends, so that no gap is seen where values fall or rise.
    before = np.concatenate([y[:1], y[starts[1:] - 1]])
    low, high = np.minimum(low, before), np.maximum(high, before)
    columns = inside[starts] + 0.5
    shown = (columns >= -1) & (columns <= width + 1) & np.isfinite(low) & np.isfinite(high)
    places = zip(columns[shown].tolist(), low[shown].tolist(), high[shown].tolist(), strict=True)
    return [QLineF(at, top, at, bottom + 1) for at, top, bottom in places]


def _tint(line: Line) -> QColor:
    """Return a line's colour; a faint one is mixed, as transparent lines take longer to paint."""
    if not line.faint:
        return line.colour
    ground = colour("surface")
    share = 0.35
    return QColor.fromRgbF(
        share * line.colour.redF() + (1 - share) * ground.redF(),
        share * line.colour.greenF() + (1 - share) * ground.greenF(),
        share * line.colour.blueF() + (1 - share) * ground.blueF(),
    )
