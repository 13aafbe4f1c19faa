"""Groups of layers: making, dissolving, folding and unfolding them in their place."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from core.network.editing.unfolding import fold, unfold
from core.network.layers.base.layer import Layer
from core.network.layout.arrange import arranged
from core.network.naming import (
    checked_name,
    common_prefix,
    fresh_like,
    prefixes,
    without_empty_groups,
)
from core.network.network import Group, Network, NetworkError, Node
from core.network.view.placing import part_below, whole_groups


def group(network: Network, ids: Iterable[str], name: str) -> tuple[Network, str]:
    """Return the network with some layers gathered below a name prefix, folded, and the prefix.

    The prefix that their names have in common already gives way to the new one, up to the group
    they lie in together, so that they stay in that.

    Raises:
        NetworkError: No layer is given, or the name has an empty part.
    """
    changed, prefix = _gathered(network, ids, name)
    return without_empty_groups(fold(changed, Group(name=prefix))), prefix


def frame(network: Network, ids: Iterable[str], name: str) -> tuple[Network, str]:
    """Return the network with some layers in an unfolded group, each in its place, and its prefix.

    Raises:
        NetworkError: No layer is given, or the name has an empty part.
    """
    changed, prefix = _gathered(network, ids, name)
    groups = (*changed.groups, Group(name=prefix, folded=False))
    return without_empty_groups(changed.with_nodes(changed.nodes, groups)), prefix


def _gathered(network: Network, ids: Iterable[str], name: str) -> tuple[Network, str]:
    """Return the network with some layers below a new name prefix, and the prefix."""
    chosen = _with_shared_weights(network, set(ids))
    nodes = [node for node in network.nodes if node.id in chosen]
    if not nodes:
        raise NetworkError("A group needs a layer", hint="Select layers first.")
    shared = common_prefix(node.name for node in nodes)
    outer = _group_around(network, shared, chosen)
    used = prefixes(network) | {node.name for node in network.nodes if node.id not in chosen}
    prefix = fresh_like(checked_name(f"{outer}.{name.strip()}" if outer else name), used)
    cut = len(shared) + 1 if shared else 0
    renamed = {node.id: f"{prefix}.{node.name[cut:]}" for node in nodes}
    changed = replace(
        network,
        nodes=tuple(_renamed(node, renamed) for node in network.nodes),
        groups=_moved_groups(network, chosen, cut, prefix),
    )
    return changed, prefix


def ungroup(network: Network, name: str) -> Network:
    """Return the network without a group: its layers lie free again.

    Their names stay, since weights and source code go by them; only what is drawn changes.
    """
    unfolded = set_folded(network, name, False)
    groups = tuple(group for group in unfolded.groups if group.name != name)
    return unfolded.with_nodes(unfolded.nodes, groups)


def set_folded(network: Network, name: str, folded: bool) -> Network:
    """Return the network with a group folded into one card, or unfolded in its place.

    What lies below gives way by what the group grows, and comes back when it is folded, so that
    what was placed by hand elsewhere keeps its arrangement.

    Raises:
        NetworkError: No layer lies below the prefix.
    """
    record = next((group for group in network.groups if group.name == name), None)
    if record is None:
        if name not in prefixes(network):
            raise NetworkError(f"The network has no group called “{name}”")
        record = Group(name=name, folded=False)
    if record.folded == folded:
        return network
    return fold(network, record) if folded else unfold(network, record)


def fold_all(network: Network) -> Network:
    """Return the network with all its groups folded, each in its place."""
    names = {group.name for group in network.groups}
    outermost = [name for name in sorted(names) if not _within_any(name, names)]
    nodes, groups = {}, {}
    for name in outermost:
        network = set_folded(network, name, True)
    for name in outermost:  # what lies within is folded with as little around it as there is
        inner = part_below(network, name)
        if inner.groups:
            inner = fold_all(inner)
            nodes.update(inner.by_id)
            groups.update({group.name: group for group in inner.groups})
    return network.with_nodes(
        tuple(nodes.get(node.id, node) for node in network.nodes),
        tuple(groups.get(group.name, group) for group in network.groups),
    )


def unfold_all(network: Network) -> Network:
    """Return the network with all its groups unfolded, and arranged: all of it changes its size."""
    groups = tuple(replace(group, folded=False) for group in network.groups)
    return arranged(network.with_nodes(network.nodes, groups))


def with_group_note(network: Network, name: str, note: str) -> Network:
    """Return the network with another note on a group."""
    if len(note) > 10_000:
        raise NetworkError("A note can have at most 10,000 letters", hint="Write a shorter one.")
    groups = (replace(g, note=note) if g.name == name else g for g in network.groups)
    return network.with_nodes(network.nodes, tuple(groups))


def _within_any(name: str, names: set[str]) -> bool:
    prefix = name.rpartition(".")[0]
    while prefix and prefix not in names:
        prefix = prefix.rpartition(".")[0]
    return bool(prefix)


def _with_shared_weights(network: Network, chosen: set[str]) -> set[str]:
    """Return ids with those of the layers that share weights with one of them.

    Under another name each of them would have weights of its own.
    """
    names = {
        node.name
        for node in network.nodes
        if node.id in chosen and type(node.layer).tensors is not Layer.tensors
    }
    return chosen | {node.id for node in network.nodes if node.name in names}


def _group_around(network: Network, shared: str, chosen: set[str]) -> str:
    """Return the innermost group that holds all the chosen layers and others."""
    names = {group.name for group in network.groups} - whole_groups(network, chosen)
    while shared and shared not in names:
        shared = shared.rpartition(".")[0]
    return shared


def _moved_groups(network: Network, chosen: set[str], cut: int, prefix: str) -> tuple[Group, ...]:
    """Return the groups, those that lie among the chosen layers below the new prefix."""
    whole = whole_groups(network, chosen)
    groups = {}
    for old in network.groups:
        name = old.name
        if name in whole and len(name) > cut:
            name = f"{prefix}.{name[cut:]}"
        groups[name] = replace(old, name=name)
    groups.pop(prefix, None)
    return tuple(groups.values())


def _renamed(node: Node, names: dict[str, str]) -> Node:
    return replace(node, name=names[node.id]) if node.id in names else node
