"""AdamW with learning rates that fall toward the input. Imports torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import nn

from core.network.layers.base.layer import Weights
from core.recipes.options import Value
from core.training.learning.learner import Learner
from core.training.learning.schedule import rate_at_depth

LEVELS = 8
"""Different learning rates between input and output; more would only cost time."""

FACTOR = "factor"
"""Key of a group's share of the learning rate."""


def make_optimiser(learner: Learner, settings: Mapping[str, Value]) -> torch.optim.AdamW:
    """Return the optimiser of what a learner trains.

    Biases, norms and other tensors of one dimension do not decay. Auxiliary heads learn at the
    rate of the last layer.

    Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", 2017.
    """
    layers = learner.trainable()
    trunk = [name for name in layers if name in learner.trunk]
    fall = float(settings.get("rate_fall", 1.0))
    factors = dict.fromkeys(layers, 1.0)
    for place, name in enumerate(trunk if len(trunk) > 1 else []):
        level = round(place * (LEVELS - 1) / (len(trunk) - 1))
        factors[name] = rate_at_depth(level, LEVELS, fall)
    groups: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, parameters in layers.items():
        factor = factors[name]
        for parameter in parameters:
            groups.setdefault((factor, parameter.ndim > 1), []).append(parameter)
    decay, rate = float(settings["weight_decay"]), float(settings["learning_rate"])
    return torch.optim.AdamW(
        [
            {"params": held, FACTOR: factor, "weight_decay": decay if decays else 0.0}
            for (factor, decays), held in groups.items()
        ],
        lr=rate,
        fused=True,  # a third of the time that one tensor after the other takes
    )


def set_rate(optimiser: torch.optim.Optimizer, rate: float, *, last_alone: bool = False) -> None:
    """Set the learning rate of the last layer, and those of the others by their factors.

    Args:
        optimiser: Made by `make_optimiser`.
        rate: Of the last layer.
        last_alone: Whether all other layers stay as they are.
    """
    for group in optimiser.param_groups:
        group["lr"] = 0.0 if last_alone and group[FACTOR] < 1.0 else rate * group[FACTOR]


def optimiser_tensors(optimiser: torch.optim.Optimizer) -> Weights:
    """Return the optimiser's state as tensors by name."""
    states: dict[int, dict[str, Any]] = optimiser.state_dict()["state"]
    return {
        f"{number}.{name}": value.cpu().numpy()
        for number, state in states.items()
        for name, value in state.items()
    }


def load_optimiser(optimiser: torch.optim.Optimizer, tensors: Weights) -> None:
    """Bring back what `optimiser_tensors` returned."""
    states: dict[int, dict[str, torch.Tensor]] = {}
    for name, value in tensors.items():
        number, _, key = name.partition(".")
        states.setdefault(int(number), {})[key] = torch.from_numpy(np.array(value))
    optimiser.load_state_dict(
        {"state": states, "param_groups": optimiser.state_dict()["param_groups"]}
    )
