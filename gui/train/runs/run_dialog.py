"""The dialog in which a run gets a name and a note."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from core.runs.run_notes import RunNotes
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.texts import text


class RunDialog(Dialog):
    """Asks for a name and a note.

    Args:
        title: The run's title without a name of its own.
        notes: What is kept of it now.
    """

    def __init__(self, title: str, notes: RunNotes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Name and note"))
        self._name = QLineEdit(notes.name)
        self._name.setPlaceholderText(title)
        self._name.setAccessibleName(self.tr("Name"))
        self._note = QPlainTextEdit(notes.note)
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setTabChangesFocus(True)
        save = button(self.tr("Save"), self.accept, kind="primary")
        save.setDefault(True)
        foot = row()
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(save)
        layout = column(self, margins=16, spacing=8)
        layout.addWidget(text(self.tr("Name"), "section"))
        layout.addWidget(self._name)
        layout.addWidget(text(self.tr("Note"), "section"))
        layout.addWidget(self._note, 1)
        layout.addLayout(foot)
        self.take_size(420, 300)

    def notes(self) -> RunNotes:
        """Return what was written."""
        return RunNotes(name=self._name.text().strip(), note=self._note.toPlainText().strip())
