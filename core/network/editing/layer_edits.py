"""Changes of a network's layers; each returns a new network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from core.network.bypassing import without_gaps
from core.network.layers.base.layer import Layer
from core.network.layers.base.setting_types import Setting, settings_of
from core.network.naming import (
    checked_name,
    fresh_id,
    fresh_name,
    without_empty_groups,
)
from core.network.network import MAX_LAYERS, Network, NetworkError, Node
from core.network.view.card_size import Position


def add_layer(
    network: Network,
    layer: Layer,
    position: Position | None = None,
    name: str = "",
    inside: str = "",
) -> tuple[Network, str]:
    """Return the network with a layer more, and the layer's id.

    Args:
        network: The design.
        layer: What is added.
        position: (x, y) of its card's middle.
        name: What it is called, without its prefix; "": as the field calls its kind, `conv2`.
        inside: The prefix it is added below, or "".

    Raises:
        NetworkError: The name has an empty part, or the network is full.
    """
    if len(network.nodes) >= MAX_LAYERS:
        raise NetworkError(f"The network has {MAX_LAYERS:,} layers, the maximum")
    if name:
        name = checked_name(f"{inside}.{name}" if inside else name)
    else:
        name = fresh_name(network, layer.usual_name(), inside)
    node = Node(id=fresh_id(network.by_id, name), name=name, layer=layer, position=position)
    return network.with_node(node), node.id


def remove(network: Network, ids: Iterable[str]) -> Network:
    """Return the network without some layers, their wires, and groups that are empty then."""
    chosen = set(ids)
    nodes = tuple(node for node in network.nodes if node.id not in chosen)
    edges = tuple(e for e in network.edges if e.source not in chosen and e.target not in chosen)
    targets = {edge.target for edge in network.edges if edge.source in chosen} - chosen
    left = replace(network, nodes=nodes, edges=edges)
    return without_empty_groups(without_gaps(left, targets))


def with_note(network: Network, node_id: str, note: str) -> Network:
    """Return the network with another note on a layer.

    Raises:
        NetworkError: The note is longer than 10,000 letters.
    """
    if len(note) > 10_000:
        raise NetworkError("A note can have at most 10,000 letters", hint="Write a shorter one.")
    return network.with_node(replace(network.by_id[node_id], note=note))


def with_settings(network: Network, ids: Iterable[str], setting: str, value: Any) -> Network:
    """Return the network with one setting changed of several layers.

    Layers that do not have it are left alone; layers of the same name are one module and change
    together.

    Raises:
        NetworkError: The value is out of the setting's range.
    """
    for id_ in with_namesakes(network, ids):
        layer = network.by_id[id_].layer
        if setting in layer.__struct_fields__ and getattr(layer, setting) != value:
            network = network.with_setting(id_, setting, value)
    return network


def common_settings(network: Network, ids: Iterable[str]) -> tuple[Setting, ...]:
    """Return the settings that all of some layers have, with the same range."""
    kinds = list(dict.fromkeys(type(network.by_id[id_].layer) for id_ in ids))
    if not kinds:
        return ()
    others = [{s.name: s.type for s in settings_of(kind)} for kind in kinds[1:]]
    return tuple(
        setting
        for setting in settings_of(kinds[0])
        if all(other.get(setting.name) == setting.type for other in others)
    )


def with_namesakes(network: Network, ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids with those of the layers that have the same names, in the network's order."""
    names = {network.by_id[id_].name for id_ in ids}
    return tuple(node.id for node in network.nodes if node.name in names)
