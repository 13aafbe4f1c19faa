"""The pixel cache: each image decoded and resized once, as ONNX Runtime prepares it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import onnx

from core.errors import StorageError
from core.images.examining import examine
from core.images.folders import FoundImage
from core.images.preparation import Preparation, begin_of_centre
from core.images.reading import Pixels
from core.images.scanning import LabelledImage, labelled
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.onnx.graph_writer import GraphWriter
from core.onnx.onnx_session import open_session
from core.parallel import map_in_order
from core.training.features.array_store import ArrayStore


class PixelCache:
    """Resized images (3, height, width), uint8, short side `resize_to`, by content hash.

    Cutting out their centre gives exactly what the exported file's preparation computes.

    Args:
        folder: The project's cache folder.
        preparation: Its first step is what is kept; the others may differ.

    Attributes:
        name: Of the step, for what is made of the pixels.
    """

    def __init__(self, folder: Path, preparation: Preparation) -> None:
        graph = GraphWriter()
        resized = preparation.write_resizing(graph, "image")
        self._resizing = graph.model(
            {"image": (onnx.TensorProto.UINT8, ["height", "width", 3])},
            {"resized": resized},
            {"resized": [1, 3, "resized_height", "resized_width"]},
            output_type=onnx.TensorProto.UINT8,
        )
        self._crop = preparation.crop
        self.name = hashlib.blake2b(self._resizing, digest_size=16).hexdigest()
        self._store = ArrayStore(folder / "pixels" / self.name, np.uint8, 3)

    def fill(
        self, found: Sequence[FoundImage], known: Iterable[LabelledImage], report: Reporter
    ) -> list[LabelledImage]:
        """Bring all readable images into the cache and return all, examined.

        An image that is known, unchanged and in the cache is not opened.

        Raises:
            StorageError: The cache cannot be written.
            Stopped: The user asked to stop; what was decoded is kept.
        """
        by_path = {image.path: image for image in known}
        session = open_session(self._resizing)

        def resize(image: FoundImage) -> tuple[LabelledImage, Pixels | None]:
            old = by_path.get(image.path)
            if old and (old.problem or old.content_hash in self._store) and old.unchanged:
                changed = msgspec.structs.replace(
                    old, class_name=image.class_name, split=image.split
                )
                return changed, None
            examined, pixels = examine(image.path)
            if pixels is None or examined.content_hash in self._store:
                return labelled(image, examined), None
            return labelled(image, examined), session.run(None, {"image": pixels})[0][0]

        images = []
        with self._store.filling(report) as keep:
            for image, pixels in map_in_order(resize, found):
                images.append(image)
                if pixels is not None:
                    keep(image.content_hash, pixels)
                report.progress(Phase.READING_PIXELS, len(images), len(found))
        return images

    def keep(self, images: Sequence[LabelledImage], report: Reporter) -> None:
        """Bring examined images into the cache.

        Raises:
            StorageError: One is no longer what it was, or the cache cannot be written.
            Stopped: The user asked to stop.
        """
        missing = [image for image in images if image.content_hash not in self]
        found = [FoundImage(i.path, i.class_name, i.split) for i in missing]
        for before, now in zip(missing, self.fill(found, [], report), strict=True):
            if before.content_hash != now.content_hash:
                raise StorageError(
                    "An image of this training has changed or no longer exists",
                    before.path,
                    "Restore it, or train again.",
                )

    def __contains__(self, content_hash: bytes) -> bool:
        return content_hash in self._store

    def resized(self, content_hash: bytes) -> Pixels:
        """Return a resized image (3, height, width)."""
        return self._store[content_hash]

    def centre(self, content_hash: bytes) -> Pixels:
        """Return the centred square (3, crop, crop), as the preparation cuts it out."""
        resized = self._store[content_hash]
        top, left = (begin_of_centre(side, self._crop) for side in resized.shape[1:])
        return resized[:, top : top + self._crop, left : left + self._crop]
