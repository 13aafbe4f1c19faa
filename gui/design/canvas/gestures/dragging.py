"""The gesture that goes on: begun by a button or by what is dragged in, ended or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent

from gui.design.canvas.gestures.dropping import DropLayer, dragged_entry
from gui.design.canvas.gestures.edge_scrolling import EdgeScrolling
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.gestures.gestures import gesture_for

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


class Dragging(QObject):
    """Turns the pointer's events into one gesture at a time.

    Args:
        canvas: Where.

    Attributes:
        last: Where the pointer was seen last, in the view.
    """

    def __init__(self, canvas: DesignCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._scrolling = EdgeScrolling(canvas, self._follow_view)
        self._pointer = Pointer(QPointF(), QPoint(-1, -1), Qt.KeyboardModifier.NoModifier)

    @property
    def busy(self) -> bool:
        """Whether a gesture goes on."""
        return self._gesture is not None

    @property
    def last(self) -> QPoint:
        """Where the pointer was seen last, in the view."""
        return self._pointer.screen

    def pointer(self, event: QMouseEvent | QDropEvent) -> Pointer:
        """Return where the pointer is now."""
        screen = event.position().toPoint()
        at = self._canvas.mapToScene(screen)
        self._pointer = Pointer(at, screen, event.modifiers())
        return self._pointer

    def press(self, event: QMouseEvent) -> None:
        """Begin what the button is for."""
        canvas, pointer = self._canvas, self.pointer(event)
        self._button = event.button()
        self._begin(gesture_for(canvas, pointer, event.button(), space=canvas.keyboard.space))

    def move(self, pointer: Pointer) -> None:
        """Go on with the gesture; at the edge, the view moves along."""
        gesture = self._gesture
        if gesture is not None:
            gesture.update(pointer)
            if gesture.scrolls and gesture.dragged(pointer):
                self._scrolling.follow(pointer.screen)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture of this button."""
        if event.button() == self._button:
            self._finish(self.pointer(event))

    def enter(self, event: QDragEnterEvent) -> None:
        """Take what the palette holds."""
        name = dragged_entry(event.mimeData())
        if not name:
            event.ignore()
            return
        self._button = Qt.MouseButton.NoButton
        self._begin(DropLayer(self._canvas, self.pointer(event), name))
        event.acceptProposedAction()

    def hover(self, event: QDropEvent) -> None:
        """Show where what is dragged in would go."""
        if self._gesture is None:
            event.ignore()
            return
        self.move(self.pointer(event))
        event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """Add what was dragged in."""
        if self._gesture is None:
            event.ignore()
            return
        self._finish(self.pointer(event))
        event.acceptProposedAction()
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    def give_up(self) -> None:
        """End the gesture and leave everything as it was."""
        if self._gesture is not None:
            self._end(self._gesture).cancel()

    def _begin(self, gesture: Gesture | None) -> None:
        self.give_up()
        self._gesture = gesture
        self._scrolling.begin(self._pointer.screen)
        if gesture is not None and gesture.cursor is not None:
            self._canvas.viewport().setCursor(gesture.cursor)

    def _finish(self, pointer: Pointer) -> None:
        if self._gesture is not None:
            self._end(self._gesture).finish(pointer)

    def _end(self, gesture: Gesture) -> Gesture:
        self._gesture = None
        self._scrolling.stop()
        self._canvas.viewport().unsetCursor()
        return gesture

    def _follow_view(self) -> None:
        """Go on with what is dragged: another part of the canvas is below the pointer now."""
        last = self._pointer
        self._pointer = Pointer(self._canvas.mapToScene(last.screen), last.screen, last.modifiers)
        if self._gesture is not None:
            self._gesture.update(self._pointer)
