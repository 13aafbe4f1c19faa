"""The pretrained networks that a training can start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.images.preparation import Preparation
from core.network.layers.layer import Weights
from core.network.network import Network
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.pretrained import efficientnet_lite0
from core.pretrained.efficientnet_lite0 import PretrainedError


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
        available_offline: Whether they are there without a network connection.
        load_weights: Reads them.
    """

    template: Template
    preparation: Preparation
    classifier: str
    trained_on: str
    source: str
    licence: str
    available_offline: bool
    load_weights: Callable[[], Weights]

    def load(self) -> tuple[Network, Weights]:
        """Return the network with its weights.

        Raises:
            PretrainedError: The weights cannot be had.
        """
        return self.template.build(self.template.classes), self.load_weights()


PRETRAINED: dict[str, PretrainedNetwork] = {
    "efficientnet-lite0": PretrainedNetwork(
        template=TEMPLATES["efficientnet-lite0"],
        preparation=Preparation(),
        classifier="classifier",
        trained_on="ImageNet, 1,000 classes",
        source=f"package {efficientnet_lite0.PACKAGE}",
        licence="Apache-2.0",
        available_offline=True,
        load_weights=efficientnet_lite0.load_weights,
    )
}
"""Every pretrained network by its name."""


def pretrained_network(name: str) -> PretrainedNetwork:
    """Return the pretrained network of this name.

    Raises:
        PretrainedError: There is none.
    """
    if name not in PRETRAINED:
        raise PretrainedError(
            f"There is no pretrained network called “{name}” that a training can start from",
            hint=f"There is: {', '.join(sorted(PRETRAINED))}.",
        )
    return PRETRAINED[name]
