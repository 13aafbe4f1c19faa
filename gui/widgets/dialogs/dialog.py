"""What all dialogs have in common: the look in use."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from gui.look.appearance import dress, scaled


class Dialog(QDialog):
    """A dialog in the theme in use; the window dresses it again when that changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self)

    def take_size(self, width: int, height: int) -> None:
        """Take a size in pixels of the design, but no larger than the window's."""
        wanted, parent = QSize(scaled(width), scaled(height)), self.parentWidget()
        self.resize(wanted.boundedTo(parent.window().size()) if parent else wanted)
