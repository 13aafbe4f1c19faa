"""The canvas with what lies over it: the buttons at its top, the problems at its bottom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.design.canvas.canvas import DesignCanvas
from gui.design.problems.problems_bar import ProblemsBar
from gui.design.toolbar import Toolbar
from gui.look.appearance import scaled

EDGE = 12
LEAST = (260, 200)
"""Width and height in screen pixels."""
WIDEST = 560
"""Of the problems bar, in pixels of the design."""


class CanvasArea(QWidget):
    """Keeps the toolbar and the problems bar in their places over the canvas."""

    def __init__(
        self,
        canvas: DesignCanvas,
        toolbar: Toolbar,
        problems: ProblemsBar,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas, self._toolbar, self._problems = canvas, toolbar, problems
        for widget in (canvas, toolbar, problems):
            widget.setParent(self)
        problems.installEventFilter(self)
        problems.applied.connect(canvas.setFocus)
        self.setMinimumSize(*LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place."""
        super().resizeEvent(event)
        self._canvas.setGeometry(self.rect())
        self._put()

    def _put(self) -> None:
        edge = scaled(EDGE)
        width = self.width() - 2 * edge
        height = self._toolbar.sizeHint().height()
        self._toolbar.setGeometry(edge, edge, width, height)
        bar, map_ = self._problems, self._canvas.overlays.minimap
        beside = width - map_.width() - edge if map_.isVisibleTo(self._canvas) else width
        wide = min(scaled(WIDEST), beside)
        tall = bar.heightForWidth(wide) if bar.hasHeightForWidth() else bar.sizeHint().height()
        tall = max(tall, bar.minimumSizeHint().height())
        top = max(edge, self.height() - edge - tall)  # what is wrong is said at its top
        bar.setGeometry(edge, top, wide, tall)
        self._canvas.overlays.keep_room(height + scaled(8), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room for the problems bar whenever it says more or less."""
        kinds = QEvent.Type
        if event.type() in (kinds.Show, kinds.Hide, kinds.LayoutRequest):
            self._put()
        return super().eventFilter(watched, event)
