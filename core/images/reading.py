"""The one way an image file becomes pixels, in the program and in what it exports."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import LayerloomError

Pixels = npt.NDArray[np.uint8]

MAX_PIXELS = 200_000_000
"""Larger images are refused: decoded, they would take more than 600 MB each."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "JPEG2000", "AVIF")
"""Pillow decoders in use. EPS is left out: Pillow runs Ghostscript on it."""

SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".webp", ".gif", ".bmp", ".dib", ".avif"}
    | {".tif", ".tiff", ".pbm", ".pgm", ".ppm", ".pnm", ".jp2", ".j2k"}
)
"""What a file is called that claims to be an image, in lower case."""

# Pillow's own limit is for the whole process and lower than ours; `_check_size` takes its place.
Image.MAX_IMAGE_PIXELS = None
Image.init()  # without it `Image.open` knows only the formats used so far


class ImageError(LayerloomError):
    """An image that cannot be read; `what` gives the reason."""


def read_image(source: Path | bytes) -> Pixels:
    """Read an image as a person would see it.

    The EXIF orientation is applied, transparency laid over white; palettes, CMYK, 16-bit and
    floating-point grey are converted; of an animation the first frame counts.

    Args:
        source: A file's path, or its content.

    Returns:
        RGB pixels (height, width, 3), uint8.

    Raises:
        ImageError: The file is missing, truncated, too large or no image.
    """
    where = source if isinstance(source, Path) else ""
    if isinstance(source, Path) and source.exists() and not source.is_file():
        raise ImageError("This is not a file but a folder, pipe or device", source)
    try:
        opened = Image.open(
            io.BytesIO(source) if isinstance(source, bytes) else source, "r", FORMATS
        )
        with warnings.catch_warnings(), opened as image:
            warnings.simplefilter("ignore")  # oddities in metadata; the pixels decide
            _check_size(image, where)
            return np.asarray(to_rgb(image))
    except ImageError:
        raise
    except Exception as error:
        raise ImageError(_reason(error, source), where) from error


def to_rgb(image: Image.Image) -> Image.Image:
    """Return the upright RGB picture of an opened image's first frame."""
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _eight_bit(image).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey by 1/257; take floating-point grey as 0…1 unless it goes beyond."""
    values = np.nan_to_num(np.asarray(image).astype(np.float32))
    unit = 257.0
    if image.mode == "F":
        unit = 1.0 if values.max(initial=0.0) > 1 else 1 / 255
    return Image.fromarray(np.clip(values / unit + 0.5, 0, 255).astype(np.uint8))


def _check_size(image: Image.Image, where: Path | str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ImageError(
            f"The image has {width} × {height} pixels, more than the "
            f"{MAX_PIXELS // 1_000_000} million that Layerloom reads",
            where,
            "Make it smaller first.",
        )


def _reason(error: Exception, source: Path | bytes) -> str:
    """Say in a sentence why an image cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "The file does not exist"
    if isinstance(error, PermissionError):
        return "You have no permission to read the file"
    if isinstance(error, MemoryError):
        return "There is not enough memory to decode the image"
    empty = len(source) == 0 if isinstance(source, bytes) else source.stat().st_size == 0
    if empty:
        return "The file is empty"
    if "truncated" in str(error).lower() or "broken data" in str(error).lower():
        return "The file is incomplete: part of the image is missing"
    if isinstance(error, UnidentifiedImageError):
        return "The file is not an image in a format that Layerloom reads"
    return f"The image is damaged ({error})"
