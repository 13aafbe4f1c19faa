"""A field for a whole number."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from gui.look.appearance import scaled

PADDING = 6
"""Beside the number, in pixels of the design: that of the style sheet does not reach it."""


class SpinBox(QSpinBox):
    """A field for a whole number that is taken once it is typed to its end.

    A number beyond the range can be typed; at the end the one before comes back.
    """

    refused = Signal(object)
    """A number beyond the range was typed to its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(scaled(PADDING), 0, scaled(PADDING), 0)

    def validate(self, typed: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let a number grow beyond the range while it is typed."""
        if self._beyond(typed) is not None:
            return QValidator.State.Intermediate, typed, place
        return super().validate(typed, place)

    def fixup(self, typed: str) -> str:
        """Tell of a number that does not fit."""
        if (number := self._beyond(typed)) is not None:
            self.refused.emit(number)
        return super().fixup(typed)

    def _beyond(self, typed: str) -> int | None:
        """Return the number in a text if it is one, and beyond the range."""
        number, is_number = self.locale().toLongLong(typed.removesuffix(self.suffix()).strip())
        fits = self.minimum() <= number <= self.maximum()
        return int(number) if is_number and not fits else None
