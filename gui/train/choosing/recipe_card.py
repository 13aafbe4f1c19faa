"""A card for one recipe: title, how long it takes, what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.look.appearance import colour, scaled
from gui.widgets.card import column, row
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.recipes.recipes import Recipe


class RecipeCard(QAbstractButton):
    """A card that can be chosen."""

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._recipe = recipe
        self._duration = text("", "muted")
        self.setToolTip(self.tr("Frozen: {0}").format(recipe.frozen))
        head = row()
        head.addWidget(text(recipe.title, "name"))
        head.addStretch()
        head.addWidget(self._duration)
        layout = column(self, margins=16, spacing=6)
        layout.addLayout(head)
        layout.addWidget(text(recipe.sentence, "muted", wrap=True))
        layout.addStretch()
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_duration(recipe.duration)

    def set_duration(self, duration: str) -> None:
        """Show how long it takes."""
        self._duration.setText(duration)
        self.setAccessibleName(f"{self._recipe.title}, {duration}. {self._recipe.sentence}")

    def sizeHint(self) -> QSize:
        """Return a size for a title and two lines."""
        return QSize(scaled(200), scaled(92))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which no text is cut off."""
        layout = self.layout()
        height = layout.heightForWidth(scaled(200)) if layout else 0
        width = layout.minimumSize().width() if layout else 0
        return QSize(max(scaled(170), width), max(scaled(92), height))

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
