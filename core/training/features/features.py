"""One pass over the images: read, examine, prepare and run through the frozen part."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.images.labelled_image import LabelledImage
from core.images.reading import Pixels
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.onnx.onnx_session import open_session
from core.training.features.array_store import ArrayStore
from core.training.features.head import Features
from core.training.features.image_arrays import keep_arrays


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
    found: Sequence[LabelledImage],
    known: Iterable[LabelledImage],
    extractor: bytes,
    store: ArrayStore,
    report: Reporter,
) -> FeaturePass:
    """Bring the features of all readable images into the store.

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
    session = open_session(extractor)

    def extract(pixels: Pixels) -> Features:
        features: Features = session.run(None, {"image": pixels})[0].ravel()
        return features

    images, computed = keep_arrays(found, known, store, extract, Phase.LOOKING_AT_IMAGES, report)
    return FeaturePass(images, computed, time.perf_counter() - began)
