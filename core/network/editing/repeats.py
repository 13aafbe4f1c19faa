"""Parts of a network that are the same layer by layer, and the layers in their same places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.network.network import Network, Node

Prefixes = tuple[str, ...]
"""The name prefixes of parts that are the same, in the network's order."""


def repeats(network: Network) -> tuple[Prefixes, ...]:
    """Return the prefixes below which the network is the same: `layer1.1`, `layer1.2`.

    Their layers have the same names within, kinds, settings and wires; each has two or more.
    """
    members = _members(network)
    place = {node.id: number for number, node in enumerate(network.nodes)}
    found: dict[Any, list[str]] = {}
    for prefix, nodes in members.items():
        if len(nodes) > 1:
            found.setdefault(_structure(network, prefix, nodes), []).append(prefix)
    alike = [sorted(same, key=lambda p: place[members[p][0].id]) for same in found.values()]
    return tuple(tuple(same) for same in alike if len(same) > 1)


def counterparts(
    network: Network, ids: Sequence[str], group: str = ""
) -> tuple[tuple[str, ...], int]:
    """Return the ids with those in their place in the repeats, and how many repeats there are.

    Of the parts around the layers the largest that repeats counts; the part they lie in is not
    counted.

    Args:
        network: The design.
        ids: Of layers that lie in one part.
        group: The part itself where all of it is meant, or "".
    """
    names = {network.by_id[id_].name for id_ in ids}
    found = [
        (prefix, same)
        for same in repeats(network)
        for prefix in same
        if (not group or prefix == group) and all(n.startswith(f"{prefix}.") for n in names)
    ]
    if not found:
        return tuple(ids), 0
    own, same = min(found, key=lambda pair: len(pair[0]))
    wanted = {prefix + name[len(own) :] for name in names for prefix in same}
    return tuple(node.id for node in network.nodes if node.name in wanted), len(same) - 1


def _members(network: Network) -> dict[str, list[Node]]:
    members: dict[str, list[Node]] = {}
    for node in network.nodes:
        prefix = node.name.rpartition(".")[0]
        while prefix:
            members.setdefault(prefix, []).append(node)
            prefix = prefix.rpartition(".")[0]
    return members


def _structure(network: Network, prefix: str, nodes: list[Node]) -> Any:
    """Return what two parts have in common that are the same up to their prefix."""
    numbers = {node.id: number for number, node in enumerate(nodes)}
    cut = len(prefix)
    outside: dict[Any, int] = {}
    rows = []
    for node in nodes:
        wires = []
        for edge in network.incoming[node.id]:
            source: Any = numbers.get(edge.source)
            if source is None:  # which of the values from outside, not where it is from
                key = (edge.source, edge.source_port)
                source = ("outside", outside.setdefault(key, len(outside)))
            wires.append((source, edge.source_port, edge.target_port))
        left = any(edge.target not in numbers for edge in network.outgoing[node.id])
        rows.append((node.name[cut:], node.layer, node.bypassed, tuple(wires), left))
    return tuple(rows)
