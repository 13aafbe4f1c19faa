"""Merging batch normalisation into the convolution before it, for use after training."""

from __future__ import annotations

from collections import Counter

import msgspec
import numpy as np

from core.network.layers.base.layer import Weights
from core.network.layers.convolution import Conv2d
from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Network, Node


def fold_batch_norms(network: Network, weights: Weights) -> tuple[Network, Weights]:
    """Return an equivalent network without the batch normalisations that follow a convolution.

    With s = γ / √(σ² + ε), the convolution's weight becomes W · s and its bias (b − μ) · s + β.
    A convolution whose output is used elsewhere too keeps its batch normalisation, and so do
    layers of one name, which share their weights.
    """
    weights = dict(weights)
    names = Counter(node.name for node in network.nodes)
    for node in network.nodes:
        if isinstance(node.layer, BatchNorm2d) and not _shared(network, node, names):
            network = _fold(network, weights, node, node.layer)
    return network, weights


def _shared(network: Network, norm: Node, names: Counter[str]) -> bool:
    """Return whether the normalisation or what leads to it is used under its name elsewhere."""
    sources = (network.by_id[edge.source].name for edge in network.incoming[norm.id])
    return any(names[name] > 1 for name in (norm.name, *sources))


def _fold(network: Network, weights: Weights, norm: Node, layer: BatchNorm2d) -> Network:
    """Fold one normalisation; `weights` is changed in place."""
    edges = network.incoming[norm.id]
    before = network.by_id[edges[0].source] if len(edges) == 1 else norm
    if not isinstance(before.layer, Conv2d) or len(network.outgoing[before.id]) != 1:
        return network
    names = ("weight", "bias", "running_mean", "running_var")
    gamma, beta, mean, variance = (
        weights.pop(f"{norm.name}.{name}").astype(np.float64) for name in names
    )
    weights.pop(f"{norm.name}.num_batches_tracked", None)
    scale = gamma / np.sqrt(variance + layer.epsilon)
    weight, bias = f"{before.name}.weight", f"{before.name}.bias"
    old_bias = weights.get(bias, np.zeros(1)).astype(np.float64)
    weights[bias] = ((old_bias - mean) * scale + beta).astype(np.float32)
    scaled = weights[weight].astype(np.float64) * scale[:, None, None, None]
    weights[weight] = scaled.astype(np.float32)
    biased = msgspec.structs.replace(before.layer, bias=True)
    return network.with_node(msgspec.structs.replace(before, layer=biased)).bypassing(norm.id)
