"""What the heat of the cards says, at the bottom right of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from gui.design.canvas.painting.plates import HEAT_STEPS, fill
from gui.look.appearance import colour, scaled
from gui.widgets.card import column, row
from gui.widgets.texts import text


class Legend(QFrame):
    """What the heat of the cards says: a scale from nothing to the largest share."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title, self._low, self._high = text("", "name"), text("", "muted"), text("", "muted")
        layout = column(self, margins=12, spacing=4)
        layout.addWidget(self._title)
        layout.addWidget(_Scale())
        ends = row(spacing=16)
        ends.addWidget(self._low)
        ends.addStretch()
        ends.addWidget(self._high)
        layout.addLayout(ends)
        self.setMinimumWidth(scaled(180))
        self.hide()

    def show_scale(self, title: str, low: str, high: str) -> None:
        """Say what is shown, and what both ends of the scale are."""
        self._title.setText(title)
        self._low.setText(low)
        self._high.setText(high)
        self.setAccessibleName(self.tr("{0}: from {1} to {2}").format(title, low, high))
        self.setVisible(bool(title))
        self.adjustSize()


class _Scale(QWidget):
    """The shades from cold to hot."""

    def sizeHint(self) -> QSize:
        """Return the size of a thin bar."""
        return QSize(scaled(150), scaled(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shades."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = QLinearGradient(0, 0, self.width(), 0)
        shades.setColorAt(0, fill(0))
        shades.setColorAt(1, fill(HEAT_STEPS))
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(shades)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
