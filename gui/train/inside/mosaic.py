"""Feature maps, filters or gradients as small pictures beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.look.appearance import colour, scaled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.floating]

MOST = 512
"""Pictures that are drawn; more are only counted."""

SIDES, GAP = (192, 128, 96, 64), 6
"""Sides that a picture may have, and the space between two, in pixels of the design."""

NEGATIVE, POSITIVE = (91, 140, 255), (242, 166, 90)
"""Colours of the two signs, those of the convolution and pooling families."""


class Mosaic(QWidget):
    """Draws (pictures, height, width) with one scale for all; one of them can be chosen.

    Args:
        signed: Whether values on both sides of 0 matter: blue below, orange above. Otherwise the
            smallest value is black and the largest white.
    """

    chosen = Signal(int)

    def __init__(self, name: str, *, signed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signed = signed
        self._pictures: list[QImage] = []
        self._current = 0
        self._side = SIDES[-1]
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_arrays(self, arrays: Array | None) -> None:
        """Show other pictures, (pictures, height, width), or none."""
        self._pictures = [] if arrays is None else pictures_of(arrays[:MOST], signed=self._signed)
        self._current = min(self._current, max(0, len(self._pictures) - 1))
        self._fit()
        self.update()

    def choose(self, number: int) -> None:
        """Mark a picture."""
        if 0 <= number < len(self._pictures) and number != self._current:
            self._current = number
            self.update()

    def _columns(self, side: int) -> int:
        return max(1, (self.width() + scaled(GAP)) // scaled(side + GAP))

    def _height(self, side: int) -> int:
        rows = -(-len(self._pictures) // self._columns(side))
        return rows * scaled(side + GAP) + scaled(GAP)

    def _fit(self) -> None:
        """Make the pictures as large as all are still in sight."""
        around = self.parentWidget()
        room = around.height() if around else 0
        self._side = next((side for side in SIDES if self._height(side) <= room), SIDES[-1])
        self.setMinimumHeight(self._height(self._side))

    def _cell(self, number: int) -> QRect:
        row, column = divmod(number, self._columns(self._side))
        step, side = scaled(self._side + GAP), scaled(self._side)
        return QRect(column * step + 2, row * step + 2, side, side)

    def sizeHint(self) -> QSize:
        """Return a size for some pictures in a row."""
        return QSize(scaled(8 * (SIDES[-1] + GAP)), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of the pictures by the room there is."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures that are in sight, and a frame around the chosen one."""
        painter = QPainter(self)
        for number, picture in enumerate(self._pictures):
            cell = self._cell(number)
            if not cell.intersects(event.rect().adjusted(-4, -4, 4, 4)):
                continue
            shape = picture.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(cell.topLeft(), shape)
            place.moveCenter(cell.center())
            painter.drawImage(place, picture)
            if number == self._current:
                strong = self.hasFocus()
                painter.setPen(QPen(colour("accent" if strong else "muted"), 2))
                painter.drawRect(cell.adjusted(-1, -1, 1, 1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture under the pointer."""
        place = event.position().toPoint()
        for number in range(len(self._pictures)):
            if self._cell(number).contains(place):
                self._go_to(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a neighbour with the arrow keys."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(self._side),
            Qt.Key.Key_Down: self._columns(self._side),
        }
        if (key := Qt.Key(event.key())) in steps:
            self._go_to(self._current + steps[key])
        else:
            super().keyPressEvent(event)

    def _go_to(self, number: int) -> None:
        if 0 <= number < len(self._pictures):
            self.choose(number)
            self.chosen.emit(number)


def pictures_of(arrays: Array, *, signed: bool) -> list[QImage]:
    """Return arrays (pictures, height, width) as images with one scale for all."""
    import numpy as np

    low, high = float(arrays.min(initial=0.0)), float(arrays.max(initial=0.0))
    if not signed:
        span = (high - low) or 1.0
        grey = ((arrays - low) / span * 255).astype(np.uint8)
        return [_image(np.repeat(plane[..., None], 3, axis=2)) for plane in grey]
    largest = max(-low, high) or 1.0
    strength = np.clip(np.abs(arrays) / largest, 0, 1)[..., None] ** 0.5
    tint = np.where(arrays[..., None] < 0, np.array(NEGATIVE), np.array(POSITIVE))
    pixels = (strength * tint + (1 - strength) * 24).astype(np.uint8)
    return [_image(plane) for plane in pixels]


def _image(pixels: npt.NDArray[np.uint8]) -> QImage:
    from gui.look.pixels import to_image

    return to_image(pixels)
