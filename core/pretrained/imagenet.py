"""What is known of a network's weights from ImageNet, wherever they come from."""

from __future__ import annotations

from typing import Protocol

from core.errors import LayerloomError
from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.network.layers.base.layer import Weights
from core.network.network import Network

IMAGENET = "ImageNet, 1,000 classes"
"""What the weights had learnt, as shown."""


class PretrainedError(LayerloomError):
    """Pretrained weights that cannot be had."""


class ImageNetWeights(Protocol):
    """A network's weights from ImageNet."""

    @property
    def name(self) -> str:
        """The network's name."""

    @property
    def source(self) -> str:
        """Where the weights come from."""

    @property
    def licence(self) -> str:
        """Of the weights, or ""."""

    @property
    def preparation(self) -> Preparation:
        """What the weights were trained with."""

    @property
    def top1_error(self) -> float | None:
        """Share of ImageNet's validation images answered wrongly, 0…1; None: not known."""

    @property
    def weights_bytes(self) -> int:
        """Size of the file to download; 0 where there is none."""

    @property
    def needs_torchvision(self) -> bool:
        """Whether the network with its weights is built by torchvision."""

    @property
    def available_offline(self) -> bool:
        """Whether the weights are on this computer."""

    def load_weights(self, report: Reporter) -> Weights:
        """Return the weights by their own names.

        Raises:
            PretrainedError: They cannot be had.
            WeightsFileError: Their file cannot be read.
        """

    def load(self, report: Reporter) -> tuple[Network, Weights]:
        """Return the network with its weights.

        Raises:
            PretrainedError: The weights cannot be had.
            WeightsFileError: Their file cannot be read.
        """
