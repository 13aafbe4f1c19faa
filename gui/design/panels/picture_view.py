"""A picture of a design, as large as there is room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from gui.design.panels.picture_files import picture_size
from gui.look.appearance import colour, scaled

AT_ONCE = 150
"""Elements drawn in one turn of the event loop: some 20 ms; a large network has thousands."""

MOST_SIDE = 4000
"""Of what is drawn, in device pixels."""


class PictureView(QWidget):
    """Shows an SVG; it is drawn anew, piece by piece, only when it or the room changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._svg = ""
        self._drawn: QPixmap | None = None
        self._wanted: tuple[str, QSize] | None = None
        self._coming = QPixmap()
        self._parts: Iterator[str] = iter(())
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._draw_next)
        self.setMinimumSize(scaled(100), scaled(60))

    def show_svg(self, svg: str) -> None:
        """Show another picture; "" shows none."""
        self._svg = svg
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(scaled(280), scaled(360))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture in the middle, with a thin border; until it is ready, the old one."""
        if not self._svg:
            return
        wanted = (self._svg, self._device_size())
        if wanted != self._wanted:
            self._wanted = wanted
            self._begin(wanted[1])
        if self._drawn is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.setPen(colour("border"))
        painter.drawRect(self._place().adjusted(0, 0, -1, -1))
        painter.end()

    def _begin(self, size: QSize) -> None:
        self._coming = QPixmap(size)
        self._coming.setDevicePixelRatio(self.devicePixelRatioF())
        self._coming.fill(Qt.GlobalColor.transparent)
        self._parts = _parts(self._svg)
        self._next.start()

    def _draw_next(self) -> None:
        """Draw some elements over those that are drawn; show all when they are complete."""
        part = next(self._parts, None)
        if part is None:
            self._drawn = self._coming
            self.update()
            return
        painter = QPainter(self._coming)
        QSvgRenderer(QByteArray(part.encode())).render(painter, self._place())
        painter.end()
        self._next.start()

    def _device_size(self) -> QSize:
        side = QSize(MOST_SIDE, MOST_SIDE)
        return (QSize(self.size()) * self.devicePixelRatioF()).boundedTo(side)

    def _place(self) -> QRectF:
        size = QSizeF(*picture_size(self._svg))
        size.scale(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())


def _parts(svg: str) -> Iterator[str]:
    """Yield pictures of some elements each, which drawn one over the other are the whole.

    Each element of a drawing is a line of its own; what is written in one has its `<` escaped.
    """
    declaration, opening, *elements = svg.split("\n<")
    head = f"{declaration}\n<{opening}\n"
    elements = elements[:-1]  # the last closes the picture
    for first in range(0, len(elements), AT_ONCE):
        yield head + "".join(f"<{each}\n" for each in elements[first : first + AT_ONCE]) + "</svg>"
