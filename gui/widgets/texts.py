"""Labels by the part their text plays; the theme says what each looks like."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.appearance import sized_font
from gui.look.term_tips import meaning

HEADINGS = ("heading", "name", "section")
"""Roles of texts whose tool tip says what they mean, if they are a term of the glossary."""


def text(
    content: str = "", role: str = "plain", parent: QWidget | None = None, *, wrap: bool = False
) -> QLabel:
    """Make a label of plain text.

    Args:
        content: The text.
        role: As in the style sheet: title, lead, heading, name, section, muted, figure, chip, code,
            ok, warning, error or plain.
        parent: Its parent.
        wrap: Whether it continues in a new line.
    """
    label = QLabel(content, parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if content and role in HEADINGS:
        label.setToolTip(meaning(content))
    return label


def unbroken(content: str) -> str:
    """Return a text that no line ends in within a size or a count: “64 × 56 × 56”."""
    return content.replace(" × ", "\u00a0×\u00a0")


def broken_at_dots(content: str) -> str:
    """Return a text whose lines may also end at the dots of a layer's name: “layer3.0.conv1”."""
    return re.sub(r"(?<=\w)\.(?=\w{2})", ".\u200b", content)


def mono(content: str = "", parent: QWidget | None = None) -> QLabel:
    """Make a label in the monospaced font, so that columns of digits align."""
    label = text(content, "mono", parent)
    label.setFont(sized_font(13, mono=True))
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Change the part a label plays."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
