"""Two small arrows in a number's field, for the pointer: one step up, one step down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.look.appearance import colour, scaled

WIDTH = 15
"""In pixels of the design."""
FIRST, NEXT = 400, 60
"""Milliseconds until a held arrow steps again, and from then on."""
HALF_WIDTH, HALF_HEIGHT = 3.5, 2.0
"""Of an arrow, in pixels of the design."""


class Stepper(QWidget):
    """Steps while an arrow is pressed. The keyboard has the arrow keys, so it takes no focus.

    Args:
        field: What it lies in, at the left.
        step: Called with 1 or -1.
    """

    def __init__(self, field: QWidget, step: Callable[[int], None]) -> None:
        super().__init__(field)
        self._field, self._step = field, step
        self._held = self._at = 0
        self._again = QTimer(self)
        self._again.timeout.connect(self._repeat)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setMouseTracking(True)
        self.hide()

    def place(self) -> None:
        """Take the left of the field."""
        self.setGeometry(2, 2, scaled(WIDTH), self._field.height() - 4)

    def _repeat(self) -> None:
        self._again.start(NEXT)
        self._step(self._held)

    def _arrow_at(self, event: QMouseEvent) -> int:
        inside = self.rect().contains(event.position().toPoint())
        return (1 if event.position().y() < self.height() / 2 else -1) if inside else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Step, and go on while it is held."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._field.setFocus(Qt.FocusReason.MouseFocusReason)
        self._held = self._arrow_at(event)
        self._again.start(FIRST)
        self._step(self._held)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which arrow is meant."""
        self._at = self._arrow_at(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Step no more."""
        self._again.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Show no arrow as meant."""
        self._at = 0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrows; the one at the pointer stands out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.height() / 2
        for arrow in (1, -1):
            area = QRectF(0, 0 if arrow > 0 else half, self.width(), half)
            if arrow == self._at:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour("border"))
                painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 3, 3)
            pen = QPen(colour("text" if arrow == self._at else "muted"), max(1.2, scaled(1.4)))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            across, up = scaled(HALF_WIDTH), scaled(HALF_HEIGHT) * arrow
            tip = area.center() - QPointF(0, up / 2)
            painter.drawPolyline([tip + QPointF(-across, up), tip, tip + QPointF(across, up)])

    def hideEvent(self, event: QEvent) -> None:
        """Step no more."""
        self._again.stop()
