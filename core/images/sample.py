"""The embedded sample: scikit-learn's handwritten digits as an image folder."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import numpy as np
from PIL import Image

from core.errors import storage_errors
from core.jobs.job import Reporter
from core.jobs.phases import Phase

SIDE = 64
"""Side of the written images in pixels; the digits have 8 × 8."""


def write_digits(folder: Path, report: Reporter) -> None:
    """Write 1,797 handwritten digits as PNG files, one sub-folder per digit.

    It appears when it is complete; one that is there already is left as it is.

    Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI, 1998, as
    in `sklearn.datasets.load_digits`.

    Raises:
        StorageError: The folder cannot be written.
        Stopped: The user asked to stop.
    """
    if folder.is_dir():
        return
    report.progress(Phase.WRITING_SAMPLE, 0, 1)
    from sklearn.datasets import load_digits

    digits = load_digits()
    total = len(digits.images)
    unfinished = folder.with_name(f".{uuid.uuid4().hex}.unfinished")
    with storage_errors(folder, "writing the sample images"):
        try:
            for number, (image, digit) in enumerate(zip(digits.images, digits.target, strict=True)):
                path = unfinished / str(digit) / f"{number:04}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                grey = (255 - image * 255 / 16).clip(0, 255).astype(np.uint8)  # ink on paper
                Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(path)
                report.progress(Phase.WRITING_SAMPLE, number + 1, total)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
