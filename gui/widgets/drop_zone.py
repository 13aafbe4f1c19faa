"""The dashed field that says what can be dropped; the window itself takes every drop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.widgets.texts import text


def drop_zone(content: str, parent: QWidget | None = None) -> QLabel:
    """Make a dashed field with a sentence in its middle."""
    zone = text(content, "drop", parent, wrap=True)
    zone.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return zone
