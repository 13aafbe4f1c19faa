"""The layers that make a network's scores."""

from __future__ import annotations

from core.network.analysis import analyse
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.network import Network, Node


def last_layer(network: Network) -> str:
    """Return the name of the layer with tensors that is nearest to the output."""
    return _last_before(network, network.only(Output))


def score_layers(network: Network) -> set[str]:
    """Return the names of the layers that make the scores, those of auxiliary heads too."""
    ends = [node for node in network.nodes if isinstance(node.layer, Output | AuxiliaryOutput)]
    return {_last_before(network, end) for end in ends}


def _last_before(network: Network, end: Node) -> str:
    results = analyse(network).results
    node = end
    while len(into := network.incoming[node.id]) == 1:
        node = network.by_id[into[0].source]
        if results[node.id].tensors:
            return node.name
    return ""
