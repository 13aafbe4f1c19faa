"""Moving the view on while a drag is held at its edge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QTimer

from gui.design.canvas.zoom_view import ZoomView

MARGIN = 32
"""From the edge inwards, in screen pixels."""
SLOWEST, FASTEST = 2, 22
"""Screen pixels for each step."""
STEP_TIME = 16
"""Milliseconds."""


class EdgeScrolling(QObject):
    """Moves a view step by step while the pointer of a drag is near its edge.

    Args:
        view: What is moved.
        moved: Called after each step, for the drag to follow.
    """

    def __init__(self, view: ZoomView, moved: Callable[[], None]) -> None:
        super().__init__(view)
        self._view, self._moved = view, moved
        self._inner = QRect()
        self._way = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_TIME)
        self._timer.timeout.connect(self._step)

    @property
    def active(self) -> bool:
        """Whether the view moves."""
        return self._timer.isActive()

    def begin(self, start: QPoint) -> None:
        """Note where a drag begins: one that begins near an edge scrolls only outwards of it."""
        whole = self._view.viewport().rect()
        inner = whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._inner = inner.united(QRect(start, start)) & whole
        self.stop()

    def follow(self, screen: QPoint) -> None:
        """Move while the pointer is beyond the inner part of the view."""
        inner = self._inner
        self._way = QPoint(
            _speed(screen.x() - inner.right()) - _speed(inner.left() - screen.x()),
            _speed(screen.y() - inner.bottom()) - _speed(inner.top() - screen.y()),
        )
        if self._way.isNull():
            self._timer.stop()
        elif not self.active:
            self._timer.start()

    def stop(self) -> None:
        """Move no more."""
        self._timer.stop()

    def _step(self) -> None:
        self._view.pan_by(self._way.x(), self._way.y())
        self._moved()


def _speed(beyond: int) -> int:
    """Return how far to move at once: the farther out, the faster."""
    if beyond <= 0:
        return 0
    return min(FASTEST, SLOWEST + beyond * (FASTEST - SLOWEST) // MARGIN)
