"""Tells a screen reader what the keyboard is at on the canvas, which has no parts of its own."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def say(widget: QWidget, words: str) -> None:
    """Make words a widget's description and let a screen reader know."""
    if widget.accessibleDescription() == words:
        return
    widget.setAccessibleDescription(words)
    changed = QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged)
    QAccessible.updateAccessibility(changed)
