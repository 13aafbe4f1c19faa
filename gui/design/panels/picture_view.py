"""A picture of a design, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from gui.shell.appearance import colour, scaled


class PictureView(QWidget):
    """Shows an SVG; it is drawn anew only when it or the room changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._drawn: QPixmap | None = None
        self.setMinimumSize(scaled(160), scaled(160))

    def show_svg(self, svg: str) -> None:
        """Show another picture; "" shows none."""
        self._renderer.load(QByteArray(svg.encode()))
        self._drawn = None
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(scaled(280), scaled(360))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture in the middle, with a thin border."""
        if not self._renderer.isValid():
            return
        ratio = self.devicePixelRatioF()
        wanted = (QSize(self.size()) * ratio).boundedTo(QSize(4000, 4000))
        place = QRectF(self._place())
        if self._drawn is None or self._drawn.size() != wanted:
            self._drawn = QPixmap(wanted)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._drawn)
            self._renderer.render(inner, place)
            inner.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.setPen(colour("border"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def _place(self) -> QRectF:
        size = self._renderer.defaultSize()
        size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())
