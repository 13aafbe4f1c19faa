"""The pretrained networks that a training can start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.images.preparation import Preparation
from core.network.layers.base.layer import Weights
from core.network.network import Network
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.pretrained.efficientnet_lite_weights import PACKAGES


@dataclass(frozen=True, slots=True)
class PretrainedNetwork:
    """A template with weights.

    Attributes:
        template: The network; its name is this one's too.
        preparation: What the weights were trained with.
        classifier: Name of the last layer, which another number of classes replaces.
        trained_on: The data set.
        source: Where the weights come from.
        licence: Of the weights.
        is_installed: Asked whether they are on this computer.
        load_weights: Reads them.
    """

    template: Template
    preparation: Preparation
    classifier: str
    trained_on: str
    source: str
    licence: str
    is_installed: Callable[[], bool]
    load_weights: Callable[[], Weights]

    @property
    def available_offline(self) -> bool:
        """Whether they are there without a network connection."""
        return self.is_installed()

    def load(self) -> tuple[Network, Weights]:
        """Return the network with its weights.

        Raises:
            PretrainedError: The weights cannot be had.
        """
        return self.template.build(self.template.classes), self.load_weights()


IMAGENET = "ImageNet, 1,000 classes"

PRETRAINED: dict[str, PretrainedNetwork] = {
    package.name: PretrainedNetwork(
        template=TEMPLATES[package.name],
        # As the weights were trained: the short side is 32 pixels longer than the crop.
        preparation=Preparation(
            resize_to=TEMPLATES[package.name].size + 32, crop=TEMPLATES[package.name].size
        ),
        classifier="classifier",
        trained_on=IMAGENET,
        source=f"package {package.package}",
        licence="Apache-2.0",
        is_installed=package.is_installed,
        load_weights=package.load_weights,
    )
    for package in PACKAGES
}
"""Every pretrained network by its name."""
