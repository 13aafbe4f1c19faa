"""A switch: on or off, as a knob in a rounded track."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.look.appearance import colour, scaled


class Switch(QAbstractButton):
    """Can be on, off or, where it stands for several, in between.

    Args:
        name: Its accessible name.

    Attributes:
        mixed: Whether it stands for some that are on and some that are off.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mixed = False
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(fixed, fixed)

    def show_state(self, checked: bool, mixed: bool = False) -> None:
        """Show a state without saying that it was switched."""
        self.blockSignals(True)
        self.setChecked(checked and not mixed)
        self.blockSignals(False)
        if mixed != self.mixed:
            self.mixed = mixed
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the track with room for the focus ring."""
        return QSize(scaled(38), scaled(24))

    def hitButton(self, pos: object) -> bool:
        """Return True: the whole widget is the switch."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, knob and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0, 0, scaled(32), scaled(18))
        track.moveCenter(QRectF(self.rect()).center())
        on = self.isChecked()
        painter.setPen(QPen(colour("accent" if on else "muted"), 1))
        painter.setBrush(colour("accent" if on else "raised"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        self._paint_knob(painter, track, on)
        if self.hasFocus():
            ring = track.adjusted(-2.5, -2.5, 2.5, 2.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("text" if on else "accent"), 1.5))
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()

    def _paint_knob(self, painter: QPainter, track: QRectF, on: bool) -> None:
        radius = track.height() / 2 - 2
        side = track.height() / 2
        x = (
            track.center().x()
            if self.mixed
            else track.right() - side
            if on
            else track.left() + side
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("on_accent" if on else "muted"))
        if self.mixed:
            painter.drawRoundedRect(
                QRectF(x - radius, track.center().y() - 1.5, 2 * radius, 3), 1, 1
            )
        else:
            painter.drawEllipse(QPointF(x, track.center().y()), radius, radius)
