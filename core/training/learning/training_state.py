"""What changes while a network learns, as a checkpoint holds it. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import torch

from core.errors import StorageError
from core.network.layers.base.layer import Weights
from core.training.learning.learner import Learner
from core.training.learning.optimiser import load_optimiser, optimiser_tensors


class TrainingState:
    """Weights, their average, the optimiser's moments and the random numbers.

    Args:
        learner: On its device.
        optimiser: Of what it trains.

    Attributes:
        average: The averaged weights.
    """

    def __init__(self, learner: Learner, optimiser: torch.optim.Optimizer) -> None:
        self._learner, self._optimiser = learner, optimiser
        self._device = learner.mean.device
        self._weights = learner.part.state_dict()
        self.average = {name: value.clone() for name, value in self._weights.items()}
        self._begun = {name: value.clone() for name, value in self._weights.items()}

    def tensors(self) -> Weights:
        """Return all that training needs to go on, by name."""
        held = {
            f"{part}/{name}": value.cpu().numpy()
            for part, values in self._parts().items()
            for name, value in values.items()
        }
        held |= {f"optimiser/{k}": v for k, v in optimiser_tensors(self._optimiser).items()}
        held["random/cpu"] = torch.get_rng_state().numpy()
        if self._device.type == "cuda":
            held["random/cuda"] = torch.cuda.get_rng_state(self._device).numpy()
        return held

    def restore(self, tensors: Weights) -> None:
        """Go back, or on, to what `tensors` returned.

        Raises:
            StorageError: It is not of this network.
        """
        parts: dict[str, Weights] = {}
        for name, value in tensors.items():
            part, _, rest = name.partition("/")
            parts.setdefault(part, {})[rest] = value
        with torch.no_grad():
            for part, values in self._parts().items():
                _copy(parts.get(part, {}), values)
        load_optimiser(self._optimiser, parts.get("optimiser", {}))
        torch.set_rng_state(torch.from_numpy(np.array(parts["random"]["cpu"])))
        if "cuda" in parts["random"]:
            torch.cuda.set_rng_state(
                torch.from_numpy(np.array(parts["random"]["cuda"])), self._device
            )

    @torch.no_grad()
    def take_average(self, step: int, most: float) -> None:
        """Bring the averaged weights nearer to the present ones; the first steps count more.

        Args:
            step: From 1 on.
            most: Share of the average that is kept at a late step, 0…1.

        Source: B. Polyak and A. Juditsky, "Acceleration of stochastic approximation by averaging",
        1992.
        """
        kept = min(most, (1 + step) / (10 + step))
        for name, value in self._weights.items():
            if value.is_floating_point():
                self.average[name].lerp_(value, 1 - kept)
            else:
                self.average[name].copy_(value)

    def average_copied(self) -> Weights:
        """Return the averaged weights as they are now."""
        return {name: value.cpu().numpy().copy() for name, value in self.average.items()}

    @torch.no_grad()
    def updates(self) -> dict[str, float]:
        """Return how far each layer moved since the epoch began, and begin anew; 0 where frozen."""
        moved = dict.fromkeys(self._learner.all_names, 0.0)
        for name in self._learner.trainable():
            layer = self._learner.part.get_submodule(name)
            keys = [f"{name}.{key}" for key, _ in layer.named_parameters()]
            length = math.sqrt(sum(float(self._begun[k].square().sum()) for k in keys))
            way = sum(float((self._weights[k] - self._begun[k]).square().sum()) for k in keys)
            moved[name] = math.sqrt(way) / max(length, 1e-12)
        for key, value in self._weights.items():
            self._begun[key].copy_(value)
        return moved

    def _parts(self) -> dict[str, dict[str, torch.Tensor]]:
        return {"weights": self._weights, "average": self.average, "begun": self._begun}


def _copy(kept: Weights, into: Mapping[str, torch.Tensor]) -> None:
    """Take kept values over.

    Raises:
        StorageError: Some are missing, or of another shape.
    """
    for name, tensor in into.items():
        if name not in kept or kept[name].shape != tuple(tensor.shape):
            raise StorageError(f"The checkpoint does not fit the network at “{name}”")
        tensor.copy_(torch.from_numpy(np.array(kept[name])))
