"""What all dialogs have in common: the look in use."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QWidget

from gui.shell.appearance import dress


class Dialog(QDialog):
    """A dialog that wears the theme in use, also when that changes while it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self)

    def changeEvent(self, event: QEvent) -> None:
        """Bring in the other theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            dress(self)
