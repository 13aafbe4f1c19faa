"""The gesture in progress: begun by a button or by what is dragged in, ended or given up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.choice import gesture_for
from gui.design.canvas.gestures.dropping import DropLayer, dragged_entry
from gui.design.canvas.gestures.edge_scrolling import EdgeScrolling
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.gestures.panning import Pan


class Dragging(QObject):
    """Turns the pointer's events into one gesture at a time.

    Args:
        design: What gestures work on.
    """

    def __init__(self, design: DrawnDesign) -> None:
        super().__init__(design.view)
        self._design = design
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._space = self._panned = False
        self._scrolling = EdgeScrolling(design.view, self._follow_view)
        self._pointer = Pointer(QPointF(), QPoint(-1, -1), Qt.KeyboardModifier.NoModifier)

    @property
    def busy(self) -> bool:
        """Whether a gesture is in progress."""
        return self._gesture is not None

    def pointer(self, event: QMouseEvent | QDropEvent) -> Pointer:
        """Return where the pointer is now."""
        screen = event.position().toPoint()
        at = self._design.view.mapToScene(screen)
        self._pointer = Pointer(at, screen, event.modifiers())
        return self._pointer

    def press(self, event: QMouseEvent) -> None:
        """Begin what the button is for."""
        pointer = self.pointer(event)
        self._button = event.button()
        gesture = gesture_for(self._design, pointer, event.button(), space=self._space)
        self._panned |= isinstance(gesture, Pan)
        self._begin(gesture)

    def hold_space(self) -> None:
        """Move the view by dragging from now on."""
        self._space, self._panned = True, False

    def let_go_of_space(self) -> bool:
        """Drag as before; return whether the space bar was held without moving the view."""
        tapped = self._space and not self._panned
        self._space = False
        return tapped

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
        self._begin(DropLayer(self._design, self.pointer(event), name))
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
        self._design.view.setFocus(Qt.FocusReason.MouseFocusReason)

    def give_up(self) -> None:
        """End the gesture and leave everything as it was."""
        if self._gesture is not None:
            self._end(self._gesture).cancel()

    def _begin(self, gesture: Gesture | None) -> None:
        self.give_up()
        self._gesture = gesture
        self._scrolling.begin(self._pointer.screen)
        if gesture is not None and gesture.cursor is not None:
            self._design.view.viewport().setCursor(gesture.cursor)

    def _finish(self, pointer: Pointer) -> None:
        if self._gesture is not None:
            self._end(self._gesture).finish(pointer)

    def _end(self, gesture: Gesture) -> Gesture:
        self._gesture = None
        self._scrolling.stop()
        self._design.view.viewport().unsetCursor()
        return gesture

    def _follow_view(self) -> None:
        """Go on with what is dragged: another part of the canvas is below the pointer now."""
        last = self._pointer
        self._pointer = Pointer(
            self._design.view.mapToScene(last.screen), last.screen, last.modifiers
        )
        if self._gesture is not None:
            self._gesture.update(self._pointer)
