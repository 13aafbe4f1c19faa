"""One pass over the images: read, examine, prepare and run through the frozen part."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from core.images.examining import examine
from core.images.folders import FoundImage
from core.images.scanning import LabelledImage, labelled
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.onnx.onnx_session import open_session
from core.parallel import map_in_order
from core.training.features.array_store import ArrayStore
from core.training.features.head import Features


@dataclass(frozen=True, slots=True)
class FeaturePass:
    """What came out of a pass.

    Attributes:
        images: All images, examined.
        computed: How many went through the frozen part; the others' features were kept.
        seconds: How long it took.
    """

    images: list[LabelledImage]
    computed: int
    seconds: float


FEATURE_FILE_BYTES = 5 * 1024**2
"""Of one file: the features of about a thousand images, and all that a kill can lose."""


def feature_store(folder: Path, extractor: bytes) -> ArrayStore:
    """Return where the features of one frozen part with its preparation are kept.

    Args:
        folder: The project's folder of features.
        extractor: The frozen part as an ONNX file, preparation and weights included: its hash is
            the store's name, so that features of another network or preparation are never met.
    """
    name = hashlib.blake2b(extractor, digest_size=16).hexdigest()
    return ArrayStore(folder / name, np.float32, 1, FEATURE_FILE_BYTES)


def compute_features(
    found: Sequence[FoundImage],
    known: Iterable[LabelledImage],
    extractor: bytes,
    store: ArrayStore,
    report: Reporter,
) -> FeaturePass:
    """Bring the features of all readable images into the store.

    Each core takes an image through all steps, so that decoding, preparation and inference of
    different images overlap. An image that is known and unchanged and whose features are kept is
    not opened.

    Args:
        found: The images, with what their folders say.
        known: What earlier scans know of them.
        extractor: The frozen part with preparation, as an ONNX file.
        store: Receives the features.
        report: Told how far the pass is.

    Raises:
        StorageError: The features cannot be kept.
        Stopped: The user asked to stop; what was computed is kept.
    """
    began = time.perf_counter()
    by_path = {image.path: image for image in known}
    session = open_session(extractor)

    def extract(image: FoundImage) -> tuple[LabelledImage, Features | None]:
        old = by_path.get(image.path)
        if old and (old.problem or old.content_hash in store) and old.unchanged:
            return msgspec.structs.replace(
                old, class_name=image.class_name, split=image.split
            ), None
        examined, pixels = examine(image.path)
        if pixels is None or examined.content_hash in store:
            return labelled(image, examined), None
        return labelled(image, examined), session.run(None, {"image": pixels})[0].ravel()

    images, computed = [], 0
    with store.filling(report) as keep:
        for image, features in map_in_order(extract, found):
            images.append(image)
            if features is not None:
                keep(image.content_hash, features)
                computed += 1
            report.progress(Phase.LOOKING_AT_IMAGES, len(images), len(found))
    return FeaturePass(images, computed, time.perf_counter() - began)
