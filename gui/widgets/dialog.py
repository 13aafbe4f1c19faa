"""What all dialogs have in common: the look in use."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from gui.shell.appearance import dress


class Dialog(QDialog):
    """A dialog in the theme in use; the window dresses it again when that changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self)
