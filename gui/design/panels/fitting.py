"""Which of the weights a design came with still fit it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.network.network import Network
from core.network.running.fit_weights import COUNTER, Fit, LayerFit, fit_weights
from core.project.designs import StoredWeights


@dataclass(frozen=True, slots=True)
class WeightsFit:
    """What becomes of weights.

    Attributes:
        kept: Tensors that are taken over.
        total: Tensors that the design has.
        layers: Each layer that has weights.
        unused: Tensors of the file that no layer has.
    """

    kept: int
    total: int
    layers: tuple[LayerFit, ...]
    unused: int

    @property
    def others(self) -> tuple[LayerFit, ...]:
        """The layers that are not kept as a whole."""
        return tuple(layer for layer in self.layers if layer.fit is not Fit.KEPT)


def fitting(network: Network, weights: StoredWeights) -> WeightsFit:
    """Return which of the weights fit; only their shapes are needed."""
    from core.network.analysis import analyse

    number = np.zeros((), np.float32)
    shaped = {name: np.broadcast_to(number, shape) for name, shape in weights.shapes.items()}
    fitted = fit_weights(network, shaped)
    tensors = [
        tensor.name
        for result in analyse(network).own
        for tensor in result.tensors
        if tensor.name != COUNTER
    ]
    kept = sum(1 for name in fitted.weights if not name.endswith(f".{COUNTER}"))
    unused = sum(1 for name in fitted.unused if not name.endswith(f".{COUNTER}"))
    return WeightsFit(kept, len(tensors), fitted.layers, unused)
