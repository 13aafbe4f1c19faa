"""How the layer that makes the scores can be fitted on features, as the quick recipe does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.network.analysis import analyse
from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d, GlobalAvgPool2d
from core.network.layers.base.layer import Shape, Weights
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import Output
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.regularisation import Dropout
from core.network.network import Network
from core.training.features.head import Features, Head

HARMLESS = (GlobalAvgPool2d, AdaptiveAvgPool2d, Flatten, Dropout, Output)
"""Behind a 1 × 1 convolution they only take the mean of its scores over the map."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """A last layer that can be fitted: fully connected, or a 1 × 1 convolution averaged over a map.

    Attributes:
        name: Of the layer.
        shape: Of what enters it, for one image.
        rectified: Whether a ReLU follows.
    """

    name: str
    shape: Shape
    rectified: bool

    def features(self, entered: npt.NDArray[np.float16]) -> Features:
        """Return the features (images, n) of what enters the layer (images, numbers)."""
        maps = entered.astype(np.float32).reshape(len(entered), self.shape[0], -1)
        return np.asarray(maps.mean(axis=2), np.float32)

    def tensors(self, head: Head, entered: npt.NDArray[np.float16]) -> Weights:
        """Return the layer's tensors; behind a ReLU all scores are raised alike, to be positive."""
        weight, bias = head.weight, head.bias
        if self.rectified:
            maps = entered.astype(np.float32).reshape(len(entered), self.shape[0], -1)
            least = min(float((weight @ one).min()) for one in maps) + float(bias.min())
            bias = bias + max(0.0, -least)
        kernel = (1,) * (len(self.shape) - 1)
        weight = weight.reshape(*weight.shape, *kernel)
        return {f"{self.name}.weight": weight, f"{self.name}.bias": bias.astype(np.float32)}


def scoring(network: Network, last: str) -> Scoring | None:
    """Return how the last layer can be fitted, or None where it cannot."""
    node = network.named(last)
    layer, results = node.layer, analyse(network).results
    (edge,) = network.incoming[node.id]
    shape = results[edge.source].outputs[edge.source_port]
    if isinstance(layer, Linear):
        return Scoring(last, shape, rectified=False) if layer.bias and len(shape) == 1 else None
    if not isinstance(layer, Conv2d) or not layer.bias or layer.kernel_size != (1, 1):
        return None
    made = results[node.id].outputs[0]
    if made[1:] != shape[1:] or results[node.id].parameters != (shape[0] + 1) * made[0]:
        return None  # with strides, padding or groups
    behind = network.leading_to([network.only(Output).id]) - network.leading_to([node.id])
    layers = [network.by_id[id_].layer for id_ in behind]
    if not all(isinstance(one, (*HARMLESS, ReLU)) for one in layers):
        return None
    return Scoring(last, shape, rectified=any(isinstance(one, ReLU) for one in layers))
