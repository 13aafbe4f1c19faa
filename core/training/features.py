"""One pass over the images: read, examine, prepare and run through the frozen part."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from core.images.examining import examine
from core.images.folders import FoundImage
from core.images.scanning import LabelledImage, labelled
from core.inference.session import open_session
from core.jobs.job import Reporter
from core.parallel import map_in_order
from core.training.feature_store import Features, FeatureStore


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


def compute_features(
    found: Sequence[FoundImage],
    known: Iterable[LabelledImage],
    extractor: bytes,
    store: FeatureStore,
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
    try:
        for image, features in map_in_order(extract, found):
            images.append(image)
            if features is not None:
                store.add(image.content_hash, features)
                computed += 1
            report.progress("Looking at the images", len(images), len(found))
    finally:
        store.save()
    return FeaturePass(images, computed, time.perf_counter() - began)
