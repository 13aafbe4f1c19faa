"""Writing a picture of a design as SVG, PDF or PNG, whole and of any size.

Qt draws while it holds Python's lock: on a thread, 500 layers stop the window for half a second,
and a thread that waits for one of Qt's own locks then could stop it for ever. So PDF and PNG are
drawn in a process of their own.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
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
    """Return a picture's width and height in pixels, as its first element says."""
    found = re.search(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"', svg[:1000])
    assert found
    return float(found[1]), float(found[2])


def write_picture(path: Path, svg: str, scale: float, suffix: str) -> None:
    """Write a picture as "svg", "pdf" or "png". It takes a second: call it on a thread.

    Raises:
        PictureError: It would be larger than can be drawn, or the drawing ended early.
        StorageError: The file cannot be written.
    """
    if suffix == "svg":
        write_svg(path, svg, scale)
        return
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            process.submit(_draw, WRITERS[suffix], path, svg, scale).result()
    except BrokenProcessPool as error:
        raise PictureError(
            "Drawing the picture failed", path, "Choose a smaller size, or save it as SVG."
        ) from error


def _draw(write: Callable[[Path, str, float], None], path: Path, svg: str, scale: float) -> None:
    """Draw without a screen; runs in a process of its own."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication.instance() or QGuiApplication(["Layerloom"])  # fonts need it
    write(path, svg, scale)
    del application


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
