"""A field for a whole number."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from gui.shell.appearance import scaled

PADDING = 6
"""Beside the number, in pixels of the design: that of the style sheet does not reach it."""


class SpinBox(QSpinBox):
    """A field for a whole number that is taken once it is typed to its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(scaled(PADDING), 0, scaled(PADDING), 0)
