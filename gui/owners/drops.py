"""What can be dropped onto the window, and what it leads to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def dropped_path(data: QMimeData) -> Path | None:
    """Return the first local file or folder of a drop, or None."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next(paths, None)


def dropped_image(data: QMimeData) -> QImage | None:
    """Return the picture of a drop or of the clipboard, if it holds one and not a file."""
    if not data.hasImage():
        return None
    image = QImage(data.imageData())
    return None if image.isNull() else image


def acceptable(data: QMimeData) -> bool:
    """Return whether a drop leads to anything."""
    return dropped_path(data) is not None or data.hasImage()
