"""Moving the view by dragging the ground."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.gesture import Gesture, Pointer


class Pan(Gesture):
    """Moves the view with the pointer: middle button, or Space and the left one."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = False

    def __init__(self, design: DrawnDesign, start: Pointer) -> None:
        super().__init__(design, start)
        self._last = start.screen

    def update(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        way = pointer.screen - self._last
        self._last = pointer.screen
        self.design.view.pan_by(-way.x(), -way.y())

    def cancel(self) -> None:
        """Go back to where it began."""
        way = self._last - self.start.screen
        self.design.view.pan_by(way.x(), way.y())
