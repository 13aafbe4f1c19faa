"""What every workspace page has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A workspace's page: says what belongs into the status bar and which job it shows itself."""

    status_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    def status(self) -> tuple[str, str]:
        """Return what the status bar says at its left and at its right."""
        return "", ""

    def first_control(self) -> QWidget | None:
        """Return what has the keyboard when the page comes in sight, or None."""
        return None

    def shows_job(self) -> bool:
        """Return whether the page shows the running job's progress, so that the bar need not."""
        return False
