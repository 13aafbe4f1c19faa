"""A plot of curves in the program's look. Imports pyqtgraph: only where curves are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.shell.appearance import colour, faded, scaled, sized_font
from gui.train.curve_data import Numbers

MOST_MARKS = 60
"""Ends of epochs up to which each is marked."""

MOST_FINE = 1000
"""Points up to which a line is drawn thick and smooth."""

FAINT = 0.35
"""Share of its colour that a faint line keeps."""

BEST_SIZE = 10

EDGE = 0.12
"""Share of the width at either side where the words at the best point lean inward."""


@dataclass(frozen=True, slots=True)
class Line:
    """One curve.

    Attributes:
        x: Epochs.
        y: Values.
        colour: As `#RRGGBB`.
        faint: Whether it stays in the background.
        marked: Whether its points are marked, while they are few.
    """

    x: Numbers
    y: Numbers
    colour: QColor
    faint: bool = False
    marked: bool = False


class LocalAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis whose figures are written by the system's locale."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the figures at the marks."""
        places = max(0, int(np.ceil(-np.log10(spacing * scale)))) if spacing else 0
        return [QLocale().toString(float(value * scale), "f", places) for value in values]


class CurvePlot(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """Draws lines over epochs, and a mark at the best.

    With the keyboard on it, the left and right keys go from epoch to epoch.

    Args:
        percent: Whether values are shares, shown as 0 to 100.
    """

    stepped = Signal(int)
    """Left (−1) or right (+1) was pressed."""

    def __init__(self, *, percent: bool, parent: QWidget | None = None) -> None:
        axes = {"left": LocalAxis("left"), "bottom": LocalAxis("bottom")}
        super().__init__(parent, axisItems=axes, background=None)
        self._percent = percent
        self._curves: list[Any] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(scaled(170))
        self.setMenuEnabled(False)
        self.hideButtons()
        plot = self.getPlotItem()
        plot.setMouseEnabled(False, False)
        plot.showGrid(y=True, alpha=1.0)
        plot.getViewBox().setDefaultPadding(0.02)
        plot.setContentsMargins(0, 0, scaled(10), 0)
        self._best = pyqtgraph.ScatterPlotItem(size=scaled(BEST_SIZE), pxMode=True)
        self._best_text = pyqtgraph.TextItem(anchor=(0.5, 1.3))
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        for item in (self._best, self._best_text, self._cursor):
            item.setZValue(10)
            self.addItem(item, ignoreBounds=True)
        self._best_text.hide()
        self._cursor.hide()
        self.dress()

    def dress(self) -> None:
        """Take on the colours and sizes of the theme in use."""
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setTextPen(colour("muted"))
            axis.setStyle(
                tickFont=sized_font(11), tickLength=0, tickTextOffset=scaled(6), maxTickLevel=0
            )
            axis.setStyle(hideOverlappingLabels=False)
            axis.setPen(faded("border", 0.0 if name == "left" else 1.0))
            axis.setTickPen(colour("border"))
        self._best_text.setColor(colour("text"))
        self._best_text.setFont(sized_font(11))
        self._cursor.setPen(pyqtgraph.mkPen(colour("muted"), style=Qt.PenStyle.DotLine))

    def draw(self, lines: Sequence[Line], epochs: float) -> None:
        """Show these lines instead of those before.

        Args:
            lines: From back to front.
            epochs: How far the axis goes at least.
        """
        while len(self._curves) > len(lines):
            self.removeItem(self._curves.pop())
        while len(self._curves) < len(lines):
            self._curves.append(self._new_curve())
        for curve, line in zip(self._curves, lines, strict=True):
            self._set(curve, line)
        self._set_range(lines, epochs)

    def mark_best(self, place: tuple[float, float] | None, words: str, mark: QColor) -> None:
        """Mark the best point, or nothing for None."""
        self._best_text.setVisible(place is not None)
        if place is None:
            self._best.clear()
            return
        x, y = place[0], place[1] * self._factor
        self._best.setData([x], [y], brush=mark, pen=pyqtgraph.mkPen(None))
        self._best_text.setText(words)
        furthest = self.getPlotItem().getViewBox().viewRange()[0][1]
        share = min(1.0, max(0.0, x / furthest)) if furthest else 0.5
        self._best_text.setAnchor((0.0 if share < EDGE else 1.0 if share > 1 - EDGE else 0.5, 1.3))
        self._best_text.setPos(x, y)

    def point_at(self, epoch: float | None) -> None:
        """Draw a line at an epoch, or none."""
        self._cursor.setVisible(epoch is not None)
        if epoch is not None:
            self._cursor.setValue(epoch)

    @property
    def _factor(self) -> float:
        return 100.0 if self._percent else 1.0

    def _new_curve(self) -> Any:
        curve = pyqtgraph.PlotDataItem(autoDownsampleFactor=1.0)  # a point or two for each pixel
        curve.setDownsampling(auto=True, method="peak")
        curve.setClipToView(True)
        self.addItem(curve)
        return curve

    def _set(self, curve: Any, line: Line) -> None:
        tint = _toward_ground(line.colour) if line.faint else line.colour
        fine = not line.faint and len(line.x) <= MOST_FINE
        marks = line.marked and len(line.x) <= MOST_MARKS
        curve.setData(
            line.x,
            line.y * self._factor,
            # Thick or smoothed lines of many points take Qt seconds to paint.
            pen=pyqtgraph.mkPen(tint, width=scaled(2) if fine else 1),
            symbol="o" if marks else None,
            symbolSize=scaled(4),
            symbolBrush=tint,
            symbolPen=None,
            antialias=fine,
        )

    def _set_range(self, lines: Sequence[Line], epochs: float) -> None:
        view = self.getPlotItem().getViewBox()
        furthest = max((float(line.x[-1]) for line in lines if len(line.x)), default=1.0)
        view.setXRange(0, max(furthest, epochs, 1.0), padding=0.01)
        if self._percent:
            view.setYRange(0, 100, padding=0.05)
            return
        heights = [line.y for line in lines if len(line.y) and not line.faint]
        heights = heights or [line.y for line in lines if len(line.y)]
        top = max((float(np.nanmax(y)) for y in heights), default=1.0)
        view.setYRange(0, top * 1.2 if np.isfinite(top) and top > 0 else 1.0, padding=0.03)

    def sizeHint(self) -> QSize:
        """Return the size that the design gives a plot."""
        return QSize(scaled(400), scaled(200))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from epoch to epoch with the arrow keys."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (key := Qt.Key(event.key())) in steps:
            self.stepped.emit(steps[key])
            event.accept()
        else:
            event.ignore()

    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def _toward_ground(tint: QColor) -> QColor:
    """Return a faint tint; mixed, because transparent lines take ten times longer to paint."""
    ground = colour("surface")
    mixed = [
        round(FAINT * of_it + (1 - FAINT) * below)
        for of_it, below in zip(tint.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mixed)
