"""How large the images of each epoch are: small at first, in full size at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.network.analysis import Analysis, analyse
from core.network.layers.base.constructor import Constructor
from core.network.layers.base.layer import Tensor
from core.network.layers.ends import Input
from core.network.network import Network

SMALLER = 4 / 7
"""Of the full side: 128 of 224 pixels, and a third of the multiply-adds."""

STEP = 32
"""Pixels; most networks halve their maps five times."""

LEAST = 64
"""Pixels below which images are not made smaller."""


@dataclass(frozen=True, slots=True)
class ImageSizes:
    """The side of the images in each epoch.

    The last epochs adapt what was learnt from small images to the full size.

    Source: H. Touvron et al., "Fixing the train-test resolution discrepancy", 2019; M. Tan and
    Q. Le, "EfficientNetV2", 2021, section 4.2.

    Attributes:
        full: Side in pixels that the network is made for.
        small: Side in pixels in the first epochs.
        small_epochs: How many these are.
    """

    full: int
    small: int = 0
    small_epochs: int = 0

    def side(self, epoch: int) -> int:
        """Return the side in pixels in an epoch, from 0 on."""
        return self.small if epoch < self.small_epochs else self.full

    def work(self, epochs: float) -> float:
        """Return how many epochs in full size the first `epochs` are worth in multiply-adds."""
        small = min(epochs, float(self.small_epochs))
        return epochs - small + small * (self.small / self.full) ** 2

    def describe(self) -> str:
        """Say in a sentence which epochs see smaller images; "" if none do."""
        if not self.small_epochs:
            return ""
        which = "epoch uses" if self.small_epochs == 1 else f"{self.small_epochs} epochs use"
        return (
            f"The first {which} images of {self.small} × {self.small} pixels, a share of "
            f"{(self.small / self.full) ** 2:.0%} of the work; then {self.full} × {self.full}."
        )


def image_sizes(network: Network, share: float, epochs: int) -> ImageSizes:
    """Return the sizes for a training.

    Args:
        network: With square inputs; where it cannot do with smaller ones, all are in full size.
        share: Of the epochs with small images, 0…1; at least the last epoch is in full size.
        epochs: In all.
    """
    full = network.only(Input).layer
    assert isinstance(full, Input)
    small = round(full.width * SMALLER / STEP) * STEP
    count = min(int(share * epochs), epochs - 1)
    if not count or small < LEAST or not _takes(network, small):
        return ImageSizes(full.width)
    return ImageSizes(full.width, small, count)


def _takes(network: Network, side: int) -> bool:
    """Return whether the very same modules with the same weights run on images of this side."""
    end = network.only(Input).id
    smaller = network.with_setting(end, "width", side).with_setting(end, "height", side)
    analysis = analyse(smaller)
    return not analysis.problems and list(_modules(analysis)) == list(_modules(analyse(network)))


def _modules(analysis: Analysis) -> Iterator[tuple[str, Constructor, tuple[Tensor, ...]]]:
    for result in analysis.results.values():
        shapes = [shape for shape in result.inputs if shape is not None]
        if not isinstance(result.node.layer, Input):
            yield result.node.name, result.node.layer.constructor(*shapes), tuple(result.tensors)
