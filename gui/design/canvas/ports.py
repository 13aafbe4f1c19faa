"""Which layers the ports of a card stand for: a folded group's are those of layers in it."""

from __future__ import annotations

from collections.abc import Iterable

from core.network.network import Edge, Network
from gui.design.canvas.painting.faces import Face

Port = tuple[str, int]
"""(id of a layer, its input or output)."""


def output_of(network: Network, face: Face, port: int) -> Port | None:
    """Return the layer's output that a card's output stands for."""
    if not face.group:
        return face.key, port
    members = set(face.members)
    leaving = [e for e in network.edges if e.source in members and e.target not in members]
    values = list(dict.fromkeys((edge.source, edge.source_port) for edge in leaving))
    if port < len(values):
        return values[port]
    open_ends = [id_ for id_ in face.members if not network.outgoing[id_]]
    return (open_ends[-1], 0) if open_ends else None


def inputs_of(network: Network, face: Face, port: int | None) -> list[tuple[str, int | None]]:
    """Return the layers' inputs that a card's input stands for: one value may feed several.

    Args:
        network: The design.
        face: The card.
        port: Which input; None, and always where any number can arrive: the first free one.
    """
    if not face.group:
        return [(face.key, None if face.joins else port)]
    edges = entering(network, face)
    values = list(dict.fromkeys((edge.source, edge.source_port) for edge in edges))
    if values:
        value = values[min(port or 0, len(values) - 1)]
        return [(e.target, e.target_port) for e in edges if (e.source, e.source_port) == value]
    unfed = [id_ for id_ in face.members if not network.incoming[id_]]
    return [(unfed[0], 0)] if unfed else []


def first_input(network: Network, face: Face, port: int | None) -> Port | None:
    """Return the first of the layers' inputs that a card's input stands for, a free one if any."""
    found = inputs_of(network, face, port)
    if not found:
        return None
    node_id, wanted = found[0]
    if wanted is None:
        taken = {edge.target_port for edge in network.incoming[node_id]}
        wanted = next(number for number in range(len(taken) + 1) if number not in taken)
    return node_id, wanted


def entering(network: Network, face: Face) -> list[Edge]:
    """Return the wires that come into a card from outside."""
    members = set(face.members)
    return [e for e in network.edges if e.target in members and e.source not in members]


def following(network: Network, node_ids: Iterable[str]) -> set[str]:
    """Return the ids of some layers and of all that they lead to."""
    found = set(node_ids)
    waiting = list(found)
    while waiting:
        for edge in network.outgoing[waiting.pop()]:
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found
