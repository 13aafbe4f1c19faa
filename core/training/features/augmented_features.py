"""Fixed augmented views of images, run through a frozen part once. Imports torch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core import distributed
from core.images.reading import Pixels
from core.images.scanning import LabelledImage
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.onnx.onnx_session import open_session
from core.parallel import map_in_order
from core.training.features.array_store import ArrayStore
from core.training.features.augmentation import Augmentation
from core.training.features.frozen_prefix import PIXELS, FrozenPrefix
from core.training.features.pixel_cache import PixelCache

SAME = 0
"""Number of the view that is the image itself, prepared as always."""

LARGEST = float(np.finfo(np.float16).max)

COLOURED = 24
"""How many images are looked at to tell whether they have colours."""


class ViewStore:
    """What a frozen part makes of views of images, float16, memory-mapped.

    A view is known by the image's content and its number, so that it is the same in all runs.

    Args:
        folder: The project's cache folder.
        prefix: The frozen part.
        pixels: Where the images are.
        augmentation: How views other than the image itself are changed.
        threads: How many images at once; all cores by default.
    """

    def __init__(
        self,
        folder: Path,
        prefix: FrozenPrefix,
        pixels: PixelCache,
        augmentation: Augmentation,
        threads: int | None = None,
    ) -> None:
        self._prefix, self._pixels, self._augmentation = prefix, pixels, augmentation
        self._threads = threads
        key = prefix.file + repr((augmentation, pixels.name)).encode()
        name = hashlib.blake2b(key, digest_size=16).hexdigest()
        self._store = ArrayStore(folder / "views" / name, np.float16, 1)

    def fill(self, wanted: Iterable[tuple[bytes, int]], report: Reporter) -> int:
        """Compute what is missing of (content hash, view); return how many were computed.

        Under torchrun each process computes its share.

        Raises:
            StorageError: It cannot be kept.
            Stopped: The user asked to stop; what was computed is kept.
        """
        missing = [view for view in dict.fromkeys(wanted) if _key(*view) not in self._store]
        ranks = distributed.ranks()
        session = open_session(self._prefix.file)

        def compute(view: tuple[bytes, int]) -> npt.NDArray[np.float16]:
            pixels = self.pixels(*view)
            values = session.run(None, {PIXELS: pixels[None]})
            row = np.concatenate([value.ravel() for value in values])
            return row.clip(-LARGEST, LARGEST).astype(np.float16)

        own = missing[ranks.rank :: ranks.world]
        with self._store.filling(report) as keep:
            results = map_in_order(compute, own, self._threads)
            for done, (view, values) in enumerate(zip(own, results, strict=True), 1):
                keep(_key(*view), values)
                report.progress(Phase.RUNNING_FROZEN_LAYERS, done, len(own))
        distributed.barrier()
        self._store.read_new()
        return len(missing)

    def pixels(self, content_hash: bytes, view: int) -> Pixels:
        """Return a view of an image, uint8 (3, crop, crop)."""
        if view == SAME:
            return np.ascontiguousarray(self._pixels.centre(content_hash))
        random = np.random.default_rng([view, *content_hash])
        changed: Pixels = self._augmentation.changed(
            self._pixels.resized(content_hash), random
        ).numpy()
        return changed

    def values(self, content_hash: bytes, view: int) -> npt.NDArray[np.float16]:
        """Return the boundary's numbers for a view, one tensor after the other."""
        values: npt.NDArray[np.float16] = self._store[_key(content_hash, view)]
        return values


def have_colours(pixels: PixelCache, images: Sequence[LabelledImage]) -> bool:
    """Return whether some of the images are not grey: writing and drawings mostly are."""
    for image in images[:: max(1, len(images) // COLOURED)]:
        red, green, blue = pixels.resized(image.content_hash).astype(np.int16)
        if max(np.abs(red - green).max(), np.abs(red - blue).max()) > 16:
            return True
    return False


def _key(content_hash: bytes, view: int) -> bytes:
    return hashlib.blake2b(content_hash + view.to_bytes(4, "little"), digest_size=16).digest()
