"""Small pictures of images for showing many at once, kept in a project's cache."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from core.atomic import write_atomically
from core.images.reading import ImageError, to_rgb

SIDE = 256
"""Longest side of a kept thumbnail in pixels: sharp at 128 px on a 200 % display."""


def thumbnail(path: Path, kept: Path | None = None) -> bytes:
    """Return a small JPEG of an image, square-cropped around its centre.

    Args:
        path: The image.
        kept: Where the thumbnail is kept for the next time; None keeps nothing.

    Raises:
        ImageError: The image cannot be read.
        StorageError: The thumbnail cannot be kept.
    """
    if kept and kept.exists():
        return kept.read_bytes()
    data = _make(path)
    if kept:
        write_atomically(kept, data)
    return data


def _make(path: Path) -> bytes:
    try:
        with Image.open(path) as image:
            image.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a fraction of its size
            picture = to_rgb(image)
    except Exception as error:
        raise ImageError("No preview available", path) from error
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    square = picture.resize(
        (min(SIDE, side),) * 2, Image.Resampling.BILINEAR, (left, top, left + side, top + side)
    )
    buffer = io.BytesIO()
    square.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
