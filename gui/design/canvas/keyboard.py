"""The keys of the canvas: walking, moving, and the keys of the table of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.dragging import Dragging
from gui.design.canvas.panels.prompts import Prompts
from gui.design.canvas.selection_edits import FAR, NUDGE, SelectionEdits
from gui.owners.actions import ActionSpec

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Keyboard(QObject):
    """Turns keys into what they do. A key of the table goes before one of the window's.

    Args:
        design: What they work on.
        table: The canvas's actions.
        edits: Does what the arrow keys are for.
        prompts: Asks for a layer where there is none to walk to.
        dragging: The gesture in progress; while there is one, other keys have to wait.
    """

    def __init__(
        self,
        design: DrawnDesign,
        table: Sequence[ActionSpec],
        edits: SelectionEdits,
        prompts: Prompts,
        dragging: Dragging,
    ) -> None:
        super().__init__(design.view)
        self._design, self._edits = design, edits
        self._prompts, self._dragging = prompts, dragging
        self._by_keys = {
            QKeySequence(keys).toString(): spec for spec in table for keys in spec.keys
        }

    def override(self, event: QKeyEvent) -> bool:
        """Return whether a key is meant for the canvas, though the window knows it too."""
        return self._found(event) is not None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key is for; return whether it is for anything here."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        shift = plain == Qt.KeyboardModifier.ShiftModifier
        nothing_held = plain == Qt.KeyboardModifier.NoModifier
        spec = self._found(event)
        if spec is not None:
            if not spec.blocked() and not self._dragging.busy:
                spec.handler()
        elif key in ARROWS and (shift or nothing_held) and not self._dragging.busy:
            right, down = ARROWS[key]
            step = FAR if shift else NUDGE
            self._edits.nudge(right * step, down * step)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._dragging.hold_space()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and nothing_held:
            self._design.focus.select()
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Select with the space bar, unless it was held to move the view."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        if self._dragging.let_go_of_space():
            self._design.focus.select()
        return True

    def walk(self, step: int) -> bool:
        """Go to the next card or wire; return False beyond the last one."""
        if self._design.picture.cards:
            return self._design.focus.walk(step)
        if step > 0:
            self._prompts.layer_here()
        return step > 0

    def _escape(self) -> None:
        """Give up the gesture, or let go of the selection, or leave the group."""
        document, scene = self._design.document, self._design.scene
        if self._dragging.busy:
            self._dragging.give_up()
        elif self._prompts.end_finding():
            return
        elif document.selection or scene.selected_wires():
            scene.select_wires(())
            document.select(())
        elif document.inside:
            self._edits.leave()

    def _found(self, event: QKeyEvent) -> ActionSpec | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._by_keys.get(QKeySequence(held.value | event.key()).toString())
