"""Layers that are bypassed: they stay in their place, and the signal flows past them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.network import Edge, Network, NetworkError, Node


def set_bypassed(network: Network, ids: Iterable[str], bypassed: bool) -> Network:
    """Return the network with some layers bypassed, or taking part again.

    Its ends are left alone: the image enters and the scores leave there.

    Raises:
        NetworkError: All the layers are ends of the network.
    """
    chosen = [network.by_id[id_] for id_ in ids if id_ in network.by_id]
    able = {node.id for node in chosen if not is_end(node)}
    if chosen and not able:
        raise NetworkError(f"{chosen[0].name} cannot be bypassed: it is an end of the network")
    nodes = tuple(
        replace(node, bypassed=bypassed) if node.id in able and node.bypassed != bypassed else node
        for node in network.nodes
    )
    return network.with_nodes(nodes)


def is_end(node: Node) -> bool:
    """Return whether the image enters or scores leave at a layer: it cannot be bypassed."""
    return isinstance(node.layer, Input | Output | AuxiliaryOutput)


def without_bypassed(network: Network) -> Network:
    """Return the network as it computes: without its bypassed layers.

    What such a layer fed is fed by its first source. Training, export, source and timing go by
    this network.
    """
    bypassed = [node.id for node in network.nodes if node.bypassed]
    if not bypassed:
        return network
    left = tuple(node for node in network.nodes if not node.bypassed)
    return replace(led_past(network, bypassed), nodes=left)


def led_past(network: Network, ids: Iterable[str]) -> Network:
    """Return the network with some layers taken out of their wires, left beside them.

    What they fed is fed by their first source.
    """
    chosen = set(ids) & network.by_id.keys()
    edges = []
    for edge in network.edges:
        if edge.target in chosen:
            continue
        source = _origin(network, edge, chosen)
        if source is not None:
            edges.append(replace(edge, source=source[0], source_port=source[1]))
    targets = {e.target for e in network.edges} - chosen
    return without_gaps(replace(network, edges=tuple(edges)), targets, network)


def without_gaps(
    network: Network, targets: Iterable[str], before: Network | None = None
) -> Network:
    """Return the network with the wires into Add and its like at inputs 0, 1, 2 and so on.

    Args:
        network: The design.
        targets: Ids of the layers whose inputs may have become free.
        before: Where layers that have as many wires as there are left as they are.
    """
    moved: dict[Edge, Edge] = {}
    for target in targets:
        node = network.by_id.get(target)
        into = network.incoming.get(target, ())
        if node is None or node.layer.input_count is not None:
            continue
        if before is not None and len(into) == len(before.incoming.get(target, ())):
            continue
        moved.update(
            (e, replace(e, target_port=n)) for n, e in enumerate(into) if e.target_port != n
        )
    if not moved:
        return network
    return replace(network, edges=tuple(moved.get(edge, edge) for edge in network.edges))


def _origin(network: Network, edge: Edge, chosen: set[str]) -> tuple[str, int] | None:
    """Return what feeds a wire once `chosen` are out of the way: (id, output), if anything."""
    source, port, seen = edge.source, edge.source_port, set()
    while source in chosen:
        into = network.incoming[source]
        if not into or source in seen:
            return None
        seen.add(source)
        source, port = into[0].source, into[0].source_port
    return source, port
