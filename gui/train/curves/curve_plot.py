"""A plot of curves in the program's look. Imports pyqtgraph: only where curves are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QLocale, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.look.appearance import colour, faded, scaled, sized_font
from gui.train.curves.curve_lines import CurveLine, CurveLines, Mark
from gui.train.curves.curve_window import CurveWindow

WHEEL_STEP = 120
"""What a wheel turns by one notch, in eighths of a degree."""

LABEL_ROOM = 9
"""Room in pixels of the design that the lowest figure at the left needs below it."""

PAN_SHARE = 0.1
"""Share of what is in sight by which a key moves on."""


@dataclass(frozen=True, slots=True)
class CurveAxis:
    """What stands below the lines.

    Attributes:
        names: Of places, where they are not epochs.
        caption: What they are, or "".
    """

    names: Mapping[int, str] = field(default_factory=dict)
    caption: str = ""


class LocalAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis whose figures are written by the system's locale."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the figures at the marks."""
        places = max(0, int(np.ceil(-np.log10(spacing * scale)))) if spacing else 0
        return [QLocale().toString(float(value * scale), "f", places) for value in values]


class CurvePlot(pyqtgraph.GraphicsView):  # type: ignore[misc]
    """Draws lines over epochs, and a mark at the best.

    With the keyboard on it, the left and right keys go from epoch to epoch, + and − zoom, Shift
    with left and right moves on, and 0 shows all. With the mouse, pointing reads an epoch, Ctrl and
    the wheel zoom, dragging moves on, and a double click shows all.

    Args:
        window: What is in sight.
        percent: Whether values are shares, shown as 0 to 100.
    """

    def __init__(
        self, window: CurveWindow, *, percent: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, background=None)
        self._window = window
        self._percent = percent
        self._axis = CurveAxis()
        self._dragged_from: float | None = None
        self._axes = {"left": LocalAxis("left"), "bottom": LocalAxis("bottom")}
        self._view = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self._lines = CurveLines(self._view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(scaled(170))
        self.viewport().setMouseTracking(True)
        self._lay_out()
        self.dress()

    def _lay_out(self) -> None:
        for axis in self._axes.values():
            axis.linkToView(self._view)
            axis.setZValue(self._view.zValue() - 1)  # its grid lies behind the lines
        self._axes["left"].setGrid(255)
        self._axes["left"].setScale(100 if self._percent else 1)
        ground = pyqtgraph.GraphicsLayout()
        ground.layout.setContentsMargins(0, scaled(8), scaled(18), 0)
        ground.layout.setSpacing(0)
        ground.addItem(self._axes["left"], 0, 0)
        ground.addItem(self._view, 0, 1)
        ground.addItem(self._axes["bottom"], 1, 1)
        ground.layout.setColumnStretchFactor(1, 1)
        ground.layout.setRowStretchFactor(0, 1)
        self.setCentralItem(ground)

    def dress(self) -> None:
        """Take on the colours and sizes of the theme in use."""
        for name, axis in self._axes.items():
            axis.setTextPen(colour("muted"))
            axis.setStyle(
                tickFont=sized_font(11), tickLength=0, tickTextOffset=scaled(6), maxTickLevel=0
            )
            axis.setStyle(hideOverlappingLabels=False)
            axis.setPen(faded("border", 0.0 if name == "left" else 1.0))
            axis.setTickPen(colour("border"))
        named, self._axis = self._axis, CurveAxis()
        self._name(named)
        self._lines.show_lines(self._lines.lines)

    def draw(self, lines: Sequence[CurveLine], best: Mark | None, axis: CurveAxis) -> None:
        """Show these lines instead of those before.

        Args:
            lines: From back to front.
            best: The best point, or None.
            axis: What stands below them.
        """
        self._name(axis)
        self._lines.best = best
        left, right = self._window.span
        margin = 0.01 * (right - left)
        low, high = self._heights(lines)
        self._view.setRange(xRange=(left - margin, right + margin), yRange=(low, high), padding=0)
        self._lines.show_lines(lines)

    def read(self, reading: str) -> None:
        """Write values at the place that is read, or nothing."""
        self._lines.cursor, self._lines.reading = self._window.read, reading
        self._lines.update()

    def _name(self, axis: CurveAxis) -> None:
        """Write below the lines what their places are."""
        if axis == self._axis:
            return
        self._axis, bottom = axis, self._axes["bottom"]
        bottom.setTicks([list(axis.names.items())] if axis.names else None)
        size = {"color": colour("muted").name(), "font-size": f"{scaled(11)}px"}
        bottom.setLabel(axis.caption, **size)
        bottom.showLabel(bool(axis.caption))

    def _heights(self, lines: Sequence[CurveLine]) -> tuple[float, float]:
        """Return the values between which the lines in sight lie."""
        closely = self._window.zoomed or bool(self._axis.names)
        if self._percent and not closely:
            return -0.05, 1.05
        strong = [line for line in lines if len(line.y) and not line.faint]
        seen = [self._in_sight(line) for line in strong or lines]
        low = min((float(np.nanmin(y)) for y in seen if len(y)), default=0.0)
        high = max((float(np.nanmax(y)) for y in seen if len(y)), default=1.0)
        if not np.isfinite(high) or high <= 0:
            return -0.03, 1.0
        low = max(0.0, low - 0.1 * (high - low)) if closely else 0.0
        high += 0.1 * max(high - low, 0.01 * high)
        step = 10.0 ** np.floor(np.log10(high - low)) / 5  # the axis stays still while one moves on
        low, high = float(np.floor(low / step) * step), float(np.ceil(high / step) * step)
        room = scaled(LABEL_ROOM) / max(self._view.height(), 1)
        return low - room * (high - low), min(high, 1.05) if self._percent else high

    def _in_sight(self, line: CurveLine) -> np.ndarray[Any, np.dtype[np.float64]]:
        left, right = np.searchsorted(line.x, self._window.span)
        return line.y[max(0, left - 1) : right + 1]

    def place_at(self, x: float) -> float:
        """Return which point of the axis lies so many pixels from the left of the widget."""
        place = self._view.mapFromScene(self.mapToScene(round(x), 0)).x()
        left, right = self._view.viewRange()[0]
        return float(left + (right - left) * place / max(self._view.width(), 1))

    def sizeHint(self) -> QSize:
        """Return the size that the design gives a plot."""
        return QSize(scaled(400), scaled(200))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from epoch to epoch, move on, or zoom."""
        key, window = Qt.Key(event.key()), self._window
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if side and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            left, right = window.span
            window.pan(side * PAN_SHARE * (right - left))
        elif side:
            window.step(side)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            window.zoom(1, window.read)
        elif key == Qt.Key.Key_Minus:
            window.zoom(-1, window.read)
        elif key == Qt.Key.Key_0:
            window.show_all()
        else:
            event.ignore()
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; without it the wheel is the page's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / WHEEL_STEP
            self._window.zoom(steps, self.place_at(event.position().x()))
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the curves."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = self.place_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move on while dragged; else read the epoch under the pointer."""
        epoch = self.place_at(event.position().x())
        if self._dragged_from is not None and self._window.zoomed:
            self._window.pan(self._dragged_from - epoch)
        else:
            self._window.point_at(epoch)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        self._window.show_all()

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing any more."""
        self._window.point_at(None)
