"""A card for one recipe: title, how long it takes, what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.shell.appearance import colour, scaled
from gui.widgets.card import column, row
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.training.recipes import Recipe


class RecipeCard(QAbstractButton):
    """A card that can be chosen."""

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{recipe.title}, {recipe.duration}. {recipe.sentence}")
        head = row()
        head.addWidget(text(recipe.title, "name"))
        head.addStretch()
        head.addWidget(text(recipe.duration, "muted"))
        layout = column(self, margins=16, spacing=6)
        layout.addLayout(head)
        layout.addWidget(text(recipe.sentence, "muted", wrap=True))
        layout.addStretch()
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return a size for a title and two lines."""
        return QSize(scaled(260), scaled(88))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panel, with a strong frame where it is chosen and a second one in focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(colour("accent" if chosen else "border"), 2 if chosen else 1))
        painter.setBrush(colour("surface"))
        radius = scaled(12)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(colour("text"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), radius - 3, radius - 3)
        painter.end()
