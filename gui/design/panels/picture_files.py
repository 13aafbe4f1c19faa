"""Writing a picture of a design as SVG, PDF or PNG, whole and of any size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from core.atomic import atomic_path, write_atomically
from core.errors import LayerloomError

MOST_PIXELS = 200_000_000
"""Of a PNG: 800 MB in memory while it is drawn."""
LONGEST_SIDE = 32_000
"""Of a PNG; Qt paints no longer ones."""
POINTS = 0.75
"""For each pixel, so that text of 13 px becomes one of 10 points."""


class PictureError(LayerloomError):
    """A picture that cannot be drawn at the size that is wanted."""


def picture_size(svg: str) -> tuple[float, float]:
    """Return a picture's width and height in pixels."""
    size = QSvgRenderer(QByteArray(svg.encode())).defaultSize()
    return float(size.width()), float(size.height())


def write_svg(path: Path, svg: str, scale: float) -> None:
    """Write the picture as it is; it can be drawn at any size.

    Raises:
        StorageError: The file cannot be written.
    """
    write_atomically(path, svg.encode())


def write_pdf(path: Path, svg: str, scale: float) -> None:
    """Write the picture as a PDF of one page that is as large as it.

    Raises:
        StorageError: The file cannot be written.
    """
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = QSizeF(renderer.defaultSize()) * (POINTS * scale)
    with atomic_path(path) as temporary:
        writer = QPdfWriter(str(temporary))
        page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageSize(page)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        writer.setResolution(300)
        painter = QPainter(writer)
        renderer.render(painter, QRectF(0, 0, writer.width(), writer.height()))
        painter.end()


def write_png(path: Path, svg: str, scale: float) -> None:
    """Write the picture as a PNG of `scale` times its size.

    Raises:
        PictureError: It would be larger than can be drawn.
        StorageError: The file cannot be written.
    """
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = (QSizeF(renderer.defaultSize()) * scale).toSize()
    width, height = size.width(), size.height()
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise PictureError(
            f"The picture would have {width:,} × {height:,} pixels, more than can be drawn",
            path,
            "Choose a smaller size, or save it as SVG or PDF.",
        )
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    with atomic_path(path) as temporary:
        writer = QImageWriter(str(temporary), QByteArray(b"png"))
        if not writer.write(image):
            raise PictureError(f"The picture could not be written: {writer.errorString()}", path)


WRITERS: dict[str, Callable[[Path, str, float], None]] = {
    "svg": write_svg,
    "pdf": write_pdf,
    "png": write_png,
}
"""By the files' suffix."""
