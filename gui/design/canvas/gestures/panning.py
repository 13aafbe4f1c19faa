"""Moving the view by dragging the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.design.canvas.gestures.gesture import Gesture, Pointer

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


class Pan(Gesture):
    """Moves the view with the pointer: middle button, or Space and the left one."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = False

    def __init__(self, canvas: DesignCanvas, start: Pointer) -> None:
        super().__init__(canvas, start)
        self._last = start.screen
        canvas.keyboard.panned()

    def update(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        way = pointer.screen - self._last
        self._last = pointer.screen
        self.canvas.pan_by(-way.x(), -way.y())

    def cancel(self) -> None:
        """Go back to where it began."""
        way = self._last - self.start.screen
        self.canvas.pan_by(way.x(), way.y())
