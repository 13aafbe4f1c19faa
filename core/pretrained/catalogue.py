"""The networks that have weights from ImageNet."""

from __future__ import annotations

from functools import cache

from core.pretrained.efficientnet_lite_weights import PACKAGES
from core.pretrained.imagenet import ImageNetWeights
from core.pretrained.torchvision_table import torchvision_table


@cache
def imagenet_weights() -> dict[str, ImageNetWeights]:
    """Return the weights of each network by its name: of packages, then torchvision's."""
    known: dict[str, ImageNetWeights] = {}
    every: tuple[ImageNetWeights, ...] = (*PACKAGES, *torchvision_table().values())
    for weights in every:
        if weights.name in known:
            raise TypeError(f"two networks with weights are called {weights.name}")
        known[weights.name] = weights
    return known
