"""Undo and redo on the page in sight: one action each, which buttons, keys and menus show."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoGroup, QUndoStack

from gui.owners.actions import ActionSpec


class History(QObject):
    """Says whether a step can be undone or redone, what it is called, and does it.

    Attributes:
        undo: Takes the last step back.
        redo: Takes the step again that was taken back.
        table: Both as lines of a table of actions.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._group = QUndoGroup(self)
        self.undo = self._group.createUndoAction(self, self.tr("Undo"))
        self.redo = self._group.createRedoAction(self, self.tr("Redo"))
        self._own(self.undo, ("Ctrl+Z",), self.tr("Nothing to undo."))
        self._own(self.redo, ("Ctrl+Y", "Ctrl+Shift+Z"), self.tr("Nothing to redo."))
        self.table = (
            ActionSpec.of("undo", self.tr("Undo (on Design)"), self.undo),
            ActionSpec.of("redo", self.tr("Redo (on Design)"), self.redo),
        )

    def follow(self, stack: QUndoStack | None) -> None:
        """Undo and redo these steps from now on; None: there are none to undo."""
        if stack is not None and stack not in self._group.stacks():
            self._group.addStack(stack)
        self._group.setActiveStack(stack)  # type: ignore[arg-type]  # Qt takes None, too

    def _own(self, action: QAction, keys: tuple[str, ...], nothing: str) -> None:
        """Give an action its keys, and have its tool tip say what it would do or why not."""
        action.setShortcuts([QKeySequence(key) for key in keys])

        def tell() -> None:
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({key})" if action.isEnabled() else nothing)

        action.changed.connect(tell)
        tell()
