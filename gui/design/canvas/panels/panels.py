"""Small panels that lie over the canvas: where one is, how large, and what the colours say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from gui.design.canvas.painting.plates import HEAT_STEPS, fill
from gui.look.appearance import colour, scaled
from gui.widgets.buttons import button
from gui.widgets.card import clear, column, row
from gui.widgets.texts import text


class Breadcrumb(QFrame):
    """The groups that are entered, each a button that leads back to it."""

    chosen = Signal(str)
    """A group's name, or "" for the whole network."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Open groups"))
        self._parent = parent
        self._row = row(self, margins=4, spacing=4)

    def show_place(self, title: str, inside: str) -> None:
        """Show where one is.

        Args:
            title: Of the design.
            inside: Name of the entered group, or "".
        """
        self.hide()  # what is added to a row in sight would count only once it is shown
        clear(self._row)
        parts = inside.split(".") if inside else []
        names = [".".join(parts[: number + 1]) for number in range(len(parts))]
        width = self._parent.width()
        for name, whole in zip(["", *names], [title, *parts], strict=True):
            room = width // 2 if name == inside else width // (len(parts) + 3)
            shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, room)
            if name:
                self._row.addWidget(text("›", "muted"))
            if name == inside:
                self._row.addWidget(text(shown, "name"))
            else:
                tip = self.tr("Back to {0}").format(whole)
                go = button(shown, partial(self.chosen.emit, name), kind="flat", tip=tip)
                self._row.addWidget(go)
        self.setVisible(bool(inside))
        self.adjustSize()


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
