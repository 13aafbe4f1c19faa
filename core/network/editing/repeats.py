"""Parts of a network that are the same layer by layer, and changes of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.network.editing.layer_edits import with_settings
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


def counterparts(network: Network, node_id: str) -> tuple[str, ...]:
    """Return the ids of a layer and of those in its place in the repeats of its part.

    Of the parts around it the largest that repeats counts.
    """
    node = network.by_id[node_id]
    around = [
        (prefix, same)
        for same in repeats(network)
        for prefix in same
        if node.name.startswith(f"{prefix}.")
    ]
    if not around:
        return (node_id,)
    own, same = min(around, key=lambda found: len(found[0]))
    members = _members(network)
    index = [member.id for member in members[own]].index(node_id)
    return tuple(members[prefix][index].id for prefix in same)


def change_together(network: Network, ids: Iterable[str], setting: str, value: Any) -> Network:
    """Return the network with a setting changed of some layers and of all their counterparts.

    Raises:
        NetworkError: The value is out of the setting's range.
    """
    chosen = dict.fromkeys(other for id_ in ids for other in counterparts(network, id_))
    return with_settings(network, chosen, setting, value)


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
