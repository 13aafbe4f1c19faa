"""Which layers of a network given weights still fit, and why the others do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from core.network.analysis import LayerResult, analyse
from core.network.layers.base.layer import Tensor, Weights
from core.network.network import Network

Array = npt.NDArray[np.generic]

COUNTER = "num_batches_tracked"
"""Older files do not have it, and nothing that is computed depends on it."""

OLD_NAMES = (
    (r"^(.*denselayer\d+\.(?:norm|relu|conv))\.([12]\.\w+)$", r"\1\2"),
    (r"^(encoder\.layers\.\w+\.mlp)\.linear_1\.", r"\1.0."),
    (r"^(encoder\.layers\.\w+\.mlp)\.linear_2\.", r"\1.3."),
)
"""Names in files that torchvision wrote before it renamed these modules.

Source: torchvision, `densenet._load_state_dict` and `vision_transformer.MLPBlock`.
"""


class Fit(StrEnum):
    """How much of a layer's state there is."""

    KEPT = "kept"
    PARTLY = "partly fitting"
    NEW = "re-initialised"


@dataclass(frozen=True)
class LayerFit:
    """What becomes of one layer that has weights.

    Attributes:
        name: Of the layer.
        fit: How much of its state is taken over.
        why: What does not fit, as a sentence; "" where all is kept.
    """

    name: str
    fit: Fit
    why: str = ""


@dataclass(frozen=True)
class FittedWeights:
    """What can be taken over.

    Attributes:
        weights: The tensors that fit, by the network's names.
        layers: Each layer that has weights.
        unused: Names of tensors that no layer has.
    """

    weights: Weights
    layers: tuple[LayerFit, ...]
    unused: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every layer is kept."""
        return all(layer.fit is Fit.KEPT for layer in self.layers)


def fit_weights(network: Network, weights: Mapping[str, Array]) -> FittedWeights:
    """Take over the tensors of the same name and shape.

    Args:
        network: May have problems; layers behind them are left out.
        weights: Of this network before a change, or of another one; tensor names as in torch.
    """
    analysis = analyse(network)
    wanted = {
        f"{r.node.name}.{tensor.name}": tensor
        for r in analysis.results.values()
        for tensor in r.tensors
    }
    present = with_names_of(wanted, weights)
    kept = {
        name: present[name]
        for name, tensor in wanted.items()
        if name in present and present[name].shape == tensor.shape
    }
    layers = {r.node.name: _layer(r, present) for r in analysis.results.values() if r.tensors}
    for name, tensor in wanted.items():
        if tensor.name == COUNTER and name not in kept:
            kept[name] = np.array(0, np.int64)
    unused = tuple(name for name in present if name not in wanted)
    return FittedWeights(kept, tuple(layers.values()), unused)


def with_names_of(wanted: Mapping[str, Tensor], weights: Mapping[str, Array]) -> Weights:
    """Return weights under the names that a network has for them.

    A parameter that torchvision keeps outside of any module, such as `class_token`, is the weight
    of a layer here: `class_token.weight`. The prefix of data-parallel training is taken off.
    """
    parallel = bool(weights) and all(name.startswith("module.") for name in weights)
    renamed: Weights = {}
    for name, value in weights.items():
        bare = name.removeprefix("module.") if parallel else name
        for pattern, new in OLD_NAMES:
            bare = re.sub(pattern, new, bare) if bare not in wanted else bare
        outside = bare not in wanted and f"{bare}.weight" in wanted
        renamed[f"{bare}.weight" if outside else bare] = value
    return renamed


def _layer(result: LayerResult, present: Mapping[str, Array]) -> LayerFit:
    name = result.node.name
    tensors = [tensor for tensor in result.tensors if tensor.name != COUNTER]
    reasons = [reason for tensor in tensors if (reason := _misfit(name, tensor, present))]
    if not reasons:
        return LayerFit(name, Fit.KEPT)
    fit = Fit.NEW if len(reasons) == len(tensors) else Fit.PARTLY
    return LayerFit(name, fit, " ".join(reasons))


def _misfit(layer: str, tensor: Tensor, present: Mapping[str, Array]) -> str:
    """Say why a tensor cannot be taken over; "" if it can."""
    value = present.get(f"{layer}.{tensor.name}")
    if value is None:
        return f"The weights have no “{layer}.{tensor.name}”."
    if value.shape == tensor.shape:
        return ""
    return (
        f"“{tensor.name}” is {_sides(value.shape)} in the weights and "
        f"{_sides(tensor.shape)} in the network."
    )


def _sides(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"
