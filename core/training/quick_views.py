"""What the quick recipe learns beside the images: augmented views of them. Imports torch."""

from __future__ import annotations

import numpy as np

from core.evaluation.metrics import Labels
from core.jobs.job import Reporter
from core.project.project import Project
from core.runs.image_set import ImageSet
from core.training.features.augmentation import augmentation_for
from core.training.features.augmented_features import ViewStore, have_colours
from core.training.features.frozen_prefix import features_before
from core.training.features.head import Features
from core.training.features.pixel_cache import PixelCache
from core.training.starting_point import StartingPoint


def features_of_views(
    project: Project,
    start: StartingPoint,
    data: ImageSet,
    chosen: Labels,
    views: int,
    report: Reporter,
) -> list[Features]:
    """Return the features (images, n) of each augmented view of the chosen images."""
    images = [data.images[i] for i in chosen]
    pixels = PixelCache(project.cache_folder, start.preparation)
    pixels.keep(images, report)
    augmentation = augmentation_for(start.preparation, mirroring=have_colours(pixels, images))
    prefix = features_before(start.last, start.network, start.weights, start.preparation)
    store = ViewStore(project.cache_folder, prefix, pixels, augmentation)
    numbers = range(1, views + 1)
    store.fill(((i.content_hash, view) for view in numbers for i in images), report)
    return [
        np.stack([store.values(i.content_hash, view) for i in images]).astype(np.float32)
        for view in numbers
    ]
