"""The bar at the bottom: two short sentences of the page in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from gui.shell.appearance import scaled
from gui.widgets.card import row
from gui.widgets.texts import text


class StatusBar(QFrame):
    """Shows what the page in sight says of itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(scaled(28))
        self._left = text()
        self._right = text()
        layout = row(self)
        layout.setContentsMargins(scaled(16), 0, scaled(16), 0)
        layout.addWidget(self._left, 1)
        layout.addWidget(self._right)

    def say(self, left: str, right: str) -> None:
        """Show two sentences."""
        self._left.setText(left)
        self._right.setText(right)
