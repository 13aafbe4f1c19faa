"""What the user writes down about a layer or a group."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.design.inspector.fields.number_field import is_history
from gui.look.appearance import scaled

LONGEST = 10_000
"""Letters, as the design's file allows."""


class NoteField(QPlainTextEdit):
    """A few lines of text, told at every keystroke; Tab leaves it."""

    edited = Signal(str)
    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Note"))
        self.setAccessibleName(self.tr("Note"))
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFixedHeight(scaled(56))
        self.textChanged.connect(self._tell)

    def show_note(self, note: str) -> None:
        """Show a note and leave the cursor where it is."""
        if note == self.toPlainText():
            return
        place = self.textCursor().position()
        self.blockSignals(True)
        self.setPlainText(note)
        self.blockSignals(False)
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(place, len(note)))
        self.setTextCursor(cursor)

    def _tell(self) -> None:
        if len(self.toPlainText()) > LONGEST:
            self.show_note(self.toPlainText()[:LONGEST])
        self.edited.emit(self.toPlainText())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the design."""
        if event.type() == QEvent.Type.ShortcutOverride and is_history(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the design."""
        if is_history(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin a new step."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.begun.emit()
