"""Which layers training leaves alone."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from core.network.editing.layer_edits import with_namesakes
from core.network.network import Network


def set_frozen(network: Network, ids: Iterable[str], frozen: bool) -> Network:
    """Return the network with some layers frozen, or learning again.

    Layers of the same name share their weights and change together.
    """
    return _with_frozen(network, dict.fromkeys(with_namesakes(network, ids), frozen))


def freeze_up_to(network: Network, node_id: str) -> Network:
    """Return the network with a layer and all that leads to it frozen; the rest learns."""
    chosen = set(with_namesakes(network, network.leading_to([node_id])))
    return _with_frozen(network, {node.id: node.id in chosen for node in network.nodes})


def _with_frozen(network: Network, flags: dict[str, bool]) -> Network:
    nodes = tuple(
        replace(node, frozen=flags[node.id])
        if flags.get(node.id, node.frozen) != node.frozen
        else node
        for node in network.nodes
    )
    return network.with_nodes(nodes)
