"""Pictures between numpy and Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from core.images.reading import Pixels


def to_image(pixels: Pixels) -> QImage:
    """Return RGB pixels (height, width, 3), uint8, as an image that owns its memory."""
    height, width, _ = pixels.shape
    data = pixels.tobytes()
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def to_pixels(image: QImage) -> Pixels:
    """Return an image as RGB pixels (height, width, 3), uint8, with transparency over white."""
    import numpy as np

    width, height = image.width(), image.height()
    opaque = QImage(width, height, QImage.Format.Format_RGB888)
    opaque.fill(0xFFFFFFFF)
    _draw_over(opaque, image)
    rows = np.frombuffer(opaque.constBits(), np.uint8).reshape(height, opaque.bytesPerLine())
    return rows[:, : 3 * width].reshape(height, width, 3).copy()


def _draw_over(ground: QImage, image: QImage) -> None:
    from PySide6.QtGui import QPainter

    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
