"""Pictures between the clipboard, the program and the screen."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.look.pixels import to_image, to_pixels


def test_pixels_survive_the_way_to_qt_and_back(qapp) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5, 3), np.uint8)
    assert (to_pixels(to_image(pixels)) == pixels).all()


def test_a_transparent_picture_is_laid_over_white(qapp) -> None:
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 0))
    assert (to_pixels(image) == 255).all()
