"""The layers that make a network's scores."""

from __future__ import annotations

from collections.abc import Iterator

from core.network.analysis import analyse
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.layers.fully_connected import Linear
from core.network.network import Network, NetworkError, Node


def last_layer(network: Network) -> str:
    """Return the name of the layer with tensors that is nearest to the output."""
    return _last_before(network, network.only(Output))


def score_layers(network: Network) -> set[str]:
    """Return the names of the layers that make the scores, those of auxiliary heads too."""
    return {_last_before(network, end) for end in ends_of(network)}


def ends_of(network: Network) -> list[Node]:
    """Return the ends of a network, those of auxiliary heads too."""
    return [node for node in network.nodes if isinstance(node.layer, Output | AuxiliaryOutput)]


def with_classes(network: Network, classes: int) -> Network:
    """Return the network with as many scores as there are classes.

    Unless it has them already, the last layer with a number of outputs is changed, and that of
    each auxiliary head.

    Raises:
        NetworkError: It has no last layer with a number of outputs.
    """
    network.only(Output)
    results = analyse(network).results
    ends = ends_of(network)
    if all(results[end.id].output == (classes,) for end in ends):
        return network
    for end in ends:
        node = _with_outputs(network, end)
        setting = "out_features" if isinstance(node.layer, Linear) else "out_channels"
        network = network.with_setting(node.id, setting, classes)
    return network


def _last_before(network: Network, end: Node) -> str:
    results = analyse(network).results
    return next((n.name for n in _leading_to(network, end) if results[n.id].tensors), "")


def _with_outputs(network: Network, end: Node) -> Node:
    """Return the last layer before an end that has a number of outputs."""
    for node in _leading_to(network, end):
        if isinstance(node.layer, Linear | Conv2d):
            return node
    raise NetworkError("The network has no last layer whose number of classes could be changed")


def _leading_to(network: Network, end: Node) -> Iterator[Node]:
    """Yield the layers before an end, the last one first, as far as each has one input."""
    node = end
    for _ in network.nodes:  # wires may lead round in a circle
        into = network.incoming[node.id]
        if len(into) != 1:
            return
        node = network.by_id[into[0].source]
        yield node
