"""The bordered panel that most of a page's content lies in."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.look.appearance import scaled
from gui.widgets.texts import text


class PageCard(QFrame):
    """A panel with an optional heading above its content.

    Attributes:
        body: The layout that content is added to.
    """

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = column(self, margins=16, spacing=8)
        if heading:
            self.body.addWidget(text(heading, "section"))

    def set_chosen(self, chosen: bool) -> None:
        """Mark the card as the one in use."""
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)


def column(parent: QWidget | None = None, *, margins: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Make a vertical layout with measures of the design."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    _measure(layout, margins, spacing)
    return layout


def row(parent: QWidget | None = None, *, margins: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Make a horizontal layout with measures of the design."""
    layout = QHBoxLayout(parent) if parent else QHBoxLayout()
    _measure(layout, margins, spacing)
    return layout


def line(parent: QWidget | None = None) -> QFrame:
    """Make a thin horizontal line."""
    made = QFrame(parent)
    made.setObjectName("line")
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def _measure(layout: QHBoxLayout | QVBoxLayout, margins: int, spacing: int) -> None:
    layout.setContentsMargins(*[scaled(margins)] * 4)
    layout.setSpacing(scaled(spacing))
