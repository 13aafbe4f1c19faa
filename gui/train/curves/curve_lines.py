"""The lines of a plot, painted by ourselves: a hundred thousand points in milliseconds.

For a training of 200 epochs of 500 batches pyqtgraph's own curves, with its peak downsampling and
clip-to-view, take 1.5 to 3 times as long to update, zoom and move on where all are one pixel wide
and ragged, and 2 to 8 times where those of the epochs are as smooth and wide as these: more than a
frame of 16 ms. And the last points of a running training are missing until their bin is full.
`tests/benchmarks/curves.py` measures it.

Imports pyqtgraph: only where curves are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyqtgraph
from pyqtgraph.Qt import internals
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.look.appearance import colour, scaled, sized_font
from gui.train.curve_data import Numbers

POINTS_PER_PIXEL = 1.0
"""Points of a line up to which each is drawn; of more, the range within each pixel."""

THIN = 1 / 3
"""Points per pixel from which on a line is thin: wide ones take several times as long."""

MOST_MARKS = 60
"""Points in sight up to which each is marked."""

BEST_SIZE, MARK_SIZE = 10, 4

EDGE = 0.12
"""Share of the width at either side where the words at the best point lean inward."""


@dataclass(frozen=True, slots=True)
class CurveLine:
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


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A line in a view's pixels.

    Attributes:
        pen: Draws it.
        pieces: Straight lines, (lines, 4): both ends of each. Single ones are painted fastest.
        marks: Points that are marked, (points, 2).
        smooth: Whether it is antialiased.
    """

    pen: QPen
    pieces: Numbers
    marks: Numbers = field(default_factory=lambda: np.empty((0, 2)))
    smooth: bool = True


class CurveLines(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Draws lines, the best point and the epoch that is read, in a view's own pixels.

    Attributes:
        lines: From back to front.
        best: The best point, or None.
        cursor: The epoch that is read, or None.
        reading: Its values, written beside it.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        super().__init__(view)
        self._view = view
        self.lines: Sequence[CurveLine] = ()
        self._strokes: list[_Stroke] | None = None
        self.best: Mark | None = None
        self.cursor: float | None = None
        self.reading = ""
        self._pieces = internals.PrimitiveArray(QLineF, 4)  # a list of them takes a millisecond
        view.sigRangeChanged.connect(self._moved)
        view.sigResized.connect(self._moved)

    def boundingRect(self) -> QRectF:
        """Return the whole view."""
        rect: QRectF = self._view.rect()
        return rect

    def show_lines(self, lines: Sequence[CurveLine]) -> None:
        """Draw other lines."""
        self.lines, self._strokes = lines, None
        self.update()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw what is in sight."""
        if self._strokes is None:
            self._strokes = [self._stroke(line) for line in self.lines]
        for stroke in self._strokes:
            self._draw_stroke(painter, stroke)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.best:
            self._draw_best(painter, self.best)
        if self.cursor is not None:
            self._draw_cursor(painter, self.cursor)

    def _stroke(self, line: CurveLine) -> _Stroke:
        """Return how a line is drawn: point by point, or the range within each pixel."""
        (left, right), _ = self._view.viewRange()
        first = max(0, int(np.searchsorted(line.x, left)) - 1)
        last = int(np.searchsorted(line.x, right, side="right")) + 1
        x, y = line.x[first:last], line.y[first:last]
        density = len(x) / max(self._view.width(), 1)
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        pen = QPen(_tint(line), 1 if line.faint or density > THIN else scaled(2), style)
        if density > POINTS_PER_PIXEL:
            return _Stroke(pen, self._ranges(x, y), smooth=False)
        across, down = self._pixels(x, y)
        pieces = np.column_stack([across[:-1], down[:-1], across[1:], down[1:]])
        marks = np.column_stack([across, down])
        return _Stroke(pen, pieces, marks if line.marked and len(x) <= MOST_MARKS else marks[:0])

    def _draw_stroke(self, painter: QPainter, stroke: _Stroke) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, stroke.smooth)
        painter.setPen(stroke.pen)
        pieces = stroke.pieces[np.isfinite(stroke.pieces).all(axis=1)]
        self._pieces.resize(len(pieces))
        self._pieces.ndarray()[:] = pieces
        painter.drawLines(*self._pieces.drawargs())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(stroke.pen.color())
        for at in stroke.marks.tolist():
            painter.drawEllipse(QPointF(*at), scaled(MARK_SIZE) / 2, scaled(MARK_SIZE) / 2)

    def _ranges(self, x: Numbers, y: Numbers) -> Numbers:
        """Return a line from the smallest to the largest value for each pixel with points."""
        (left, right), _ = self._view.viewRange()
        width = self._view.width()
        edges = left + (right - left) / width * np.arange(int(width) + 2)
        starts = np.searchsorted(x, edges)
        filled = starts[1:] > starts[:-1]
        begins, columns = starts[:-1][filled], np.flatnonzero(filled) + 0.5
        low = np.minimum.reduceat(y[: starts[-1]], begins)
        high = np.maximum.reduceat(y[: starts[-1]], begins)
        # Each begins where the one before it ends, so that no gap is seen where values rise.
        before = y[np.maximum(begins - 1, 0)]
        top, bottom = np.maximum(high, before), np.minimum(low, before)
        _, down = self._pixels(np.zeros(2 * len(top)), np.concatenate([top, bottom]))
        return np.column_stack([columns, down[: len(top)], columns, down[len(top) :] + 1])

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
        values = [float(line.y[np.searchsorted(line.x[:-1], at)]) for line in strong]
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
        self._strokes = None
        self.prepareGeometryChange()
        self.update()


def _tint(line: CurveLine) -> QColor:
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
