"""One pass over images: read, examine, and keep what is made of the pixels of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from core.images.examining import examine_unless_known
from core.images.labelled_image import LabelledImage
from core.images.reading import Pixels
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.parallel import map_in_order
from core.training.features.array_store import Array, ArrayStore


def keep_arrays(
    found: Sequence[LabelledImage],
    known: Iterable[LabelledImage],
    store: ArrayStore,
    make: Callable[[Pixels], Array],
    phase: Phase,
    report: Reporter,
) -> tuple[list[LabelledImage], int]:
    """Bring what is made of each readable image into a store, by its content hash.

    Each core takes an image through all steps, so that reading and making overlap. An image that is
    known and unchanged and of which the store holds an array is not opened.

    Args:
        found: The images, with what their folders say.
        known: What earlier scans know of them.
        store: Receives the arrays.
        make: Called on several threads.
        phase: What its progress is reported as.
        report: Told how far it is.

    Returns:
        All images, examined, and how many arrays were made.

    Raises:
        StorageError: The store cannot be written.
        Stopped: The user asked to stop; what was made is kept.
    """
    by_path = {image.path: image for image in known}

    def look_at(image: LabelledImage) -> tuple[LabelledImage, Array | None]:
        examined, pixels = examine_unless_known(image, by_path, store)
        return examined, None if pixels is None else make(pixels)

    images, made = [], 0
    with store.filling(report) as keep:
        for image, array in map_in_order(look_at, found):
            images.append(image)
            if array is not None:
                keep(image.content_hash, array)
                made += 1
            report.progress(phase, len(images), len(found))
    return images, made
