"""The dashed field that says what can be dropped; the window itself takes every drop."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.appearance import scaled

PADDING = 16


class DropZone(QLabel):
    """A dashed field with a sentence in its middle."""

    def __init__(self, content: str, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        self.setProperty("role", "drop")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be high enough for the lines that the width leads to."""
        super().resizeEvent(event)
        room = QRect(0, 0, self.width() - 2 * scaled(PADDING) - 4, 10_000)
        needed = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        self.setMinimumHeight(needed.height() + 2 * scaled(PADDING) + 4)
