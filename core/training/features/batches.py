"""Batches: which images are learnt from when, as tensors. Imports torch.

Order and augmentation are functions of seed, epoch and place alone, so that a training goes on from
any batch without remembering anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Protocol

import numpy as np
import torch

from core import distributed
from core.evaluation.metrics import Labels
from core.network.layers.base.layer import Shape
from core.parallel import map_in_order
from core.training.features.augmentation import Augmentation
from core.training.features.augmented_features import SAME, ViewStore
from core.training.features.image_sizes import ImageSizes
from core.training.features.pixel_cache import PixelCache

AHEAD = 1
"""Threads that prepare the next batches while one is learnt from."""

WATCHED_BATCH = 64


@dataclass(frozen=True)
class Batch:
    """Images to learn from or to be tested with.

    Attributes:
        inputs: What enters the trained part, each (images, …).
        labels: Class numbers.
        images: How many there are in all processes together.
    """

    inputs: tuple[torch.Tensor, ...]
    labels: torch.Tensor
    images: int


class Inputs(Protocol):
    """Makes of images what enters the trained part."""

    def training(
        self, hashes: Sequence[bytes], keys: Sequence[Sequence[int]], side: int
    ) -> Tensors:
        """Return tensors for images, changed by the random numbers that the keys begin.

        Args:
            hashes: Which images.
            keys: For each image.
            side: Of the images in pixels.
        """
        ...

    def same(self, hashes: Sequence[bytes]) -> Tensors:
        """Return tensors for images as they are."""
        ...


Tensors = tuple[torch.Tensor, ...]


@dataclass(frozen=True)
class PixelInputs:
    """Pixels, uint8 (images, 3, side, side).

    Attributes:
        cache: Where they are.
        augmentation: How training images are changed.
        changing: Whether they are; otherwise they are only made smaller where that is asked for.
    """

    cache: PixelCache
    augmentation: Augmentation
    changing: bool

    def training(
        self, hashes: Sequence[bytes], keys: Sequence[Sequence[int]], side: int
    ) -> Tensors:
        """Return images, changed."""
        augmentation = replace(self.augmentation, side=side)
        if not self.changing:
            (whole,) = self.same(hashes)
            return (whole if whole.shape[-1] == side else augmentation.resized(whole),)
        changed = [
            augmentation.changed(self.cache.resized(key), np.random.default_rng(numbers))
            for key, numbers in zip(hashes, keys, strict=True)
        ]
        return (torch.stack(changed),)

    def same(self, hashes: Sequence[bytes]) -> Tensors:
        """Return images as the exported file prepares them."""
        return (torch.from_numpy(np.stack([self.cache.centre(key) for key in hashes])),)


@dataclass(frozen=True)
class ViewInputs:
    """What the frozen part made of views of the images.

    Attributes:
        store: Where it is.
        shapes: Of each tensor for one image.
        views: How many augmented views there are of each image.
    """

    store: ViewStore
    shapes: Sequence[Shape]
    views: int

    def training(
        self, hashes: Sequence[bytes], keys: Sequence[Sequence[int]], side: int
    ) -> Tensors:
        """Return a random view of each image; all have one size."""
        drawn = [int(np.random.default_rng(key).integers(0, self.views + 1)) for key in keys]
        return self._tensors(hashes, drawn)

    def same(self, hashes: Sequence[bytes]) -> Tensors:
        """Return the images as they are."""
        return self._tensors(hashes, [SAME] * len(hashes))

    def _tensors(self, hashes: Sequence[bytes], views: Sequence[int]) -> Tensors:
        rows = np.stack([self.store.values(k, v) for k, v in zip(hashes, views, strict=True)])
        sizes = np.cumsum([prod(shape) for shape in self.shapes])[:-1]
        return tuple(
            torch.from_numpy(part.astype(np.float32)).reshape(len(rows), *shape)
            for part, shape in zip(np.split(rows, sizes, axis=1), self.shapes, strict=True)
        )


class Batches:
    """The batches of every epoch.

    Args:
        inputs: Makes the tensors.
        hashes: Content hash of each image.
        labels: Class number of each image.
        training: Which images to learn from.
        watched: Which images to watch the training with.
        sizes: How large training images are.
        size: Images of a batch, all processes together.
        seed: Of the order and the changes.

    Attributes:
        sizes: How large training images are.
        count: Batches of an epoch.
        images: Training images, all processes together.
        watched_images: Images to watch with, all processes together.
    """

    def __init__(
        self,
        inputs: Inputs,
        hashes: Sequence[bytes],
        labels: Labels,
        training: Labels,
        watched: Labels,
        sizes: ImageSizes,
        size: int,
        seed: int,
    ) -> None:
        self._inputs, self._hashes, self._labels = inputs, hashes, labels
        self.sizes = sizes
        self._training, self._watched, self._seed = training, watched, seed
        # Evenly, so that no last batch is too small for batch normalisation.
        # Every process has an image of each batch.
        most = len(training) // distributed.ranks().world
        self.count = max(1, min(round(len(training) / size), most))
        self.images = len(training)
        self.watched_images = len(watched)

    def epoch(self, epoch: int, first: int = 0) -> Iterator[Batch]:
        """Yield an epoch's batches from one on, prepared ahead."""
        yield from map_in_order(lambda n: self.batch(epoch, n), range(first, self.count), AHEAD)

    def batch(self, epoch: int, number: int) -> Batch:
        """Return this process's share of one batch."""
        order = np.random.default_rng([self._seed, epoch]).permutation(len(self._training))
        places = np.array_split(order, self.count)[number]
        ranks = distributed.ranks()
        own = places[ranks.rank :: ranks.world]
        chosen = self._training[own]
        keys = [(self._seed, epoch, int(place)) for place in own]
        hashes = [self._hashes[i] for i in chosen]
        inputs = self._inputs.training(hashes, keys, self.sizes.side(epoch))
        return Batch(inputs, torch.from_numpy(self._labels[chosen]), len(places))

    def watched(self) -> Iterator[Batch]:
        """Yield this process's share of the images to watch with, as they are."""
        ranks = distributed.ranks()
        own = self._watched[ranks.rank :: ranks.world]
        parts = [own[i : i + WATCHED_BATCH] for i in range(0, len(own), WATCHED_BATCH)]
        yield from map_in_order(self._as_is, parts, AHEAD)

    def _as_is(self, chosen: Labels) -> Batch:
        inputs = self._inputs.same([self._hashes[i] for i in chosen])
        return Batch(inputs, torch.from_numpy(self._labels[chosen]), len(chosen))
