"""Names of layers: new ones as the field gives them, and changes of those that are there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from core.network.analysis import analyse
from core.network.network import Network, NetworkError, Node

MAX_NAME = 500
"""Letters of a name, as `Node` allows."""


def fresh_name(network: Network, stem: str, prefix: str = "") -> str:
    """Return the first of `stem1`, `stem2` … below a prefix that no layer or group is called.

    The ends of a network go without a number while there is only one.
    """
    used = _used(network)
    before = f"{prefix}." if prefix else ""
    bare = f"{before}{stem}"
    if stem in {"input", "output"} and bare not in used:
        return bare
    number = 1
    while f"{bare}{number}" in used:
        number += 1
    return f"{bare}{number}"


def fresh_like(name: str, used: set[str]) -> str:
    """Return `name`, or with a higher number at its end where it is in `used`."""
    if name not in used:
        return name
    stem = re.sub(r"\d+$", "", name) or name
    if stem.endswith("."):  # a number alone is a place in a sequence
        stem = f"{name}_"
    number = 2
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def fresh_id(used: Collection[str], name: str) -> str:
    """Return an id that is not in use, the same each time for the same name."""
    unique, number = name, 1
    while unique in used:
        number += 1
        unique = f"{name}#{number}"
    return unique


def common_prefix(names: Iterable[str]) -> str:
    """Return the longest prefix, whole parts of it, that all the dotted names begin with."""
    parts = [name.split(".")[:-1] for name in names]
    shared: list[str] = []
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return ".".join(shared)


def rename(network: Network, node_id: str, name: str) -> Network:
    """Return the network with a layer called otherwise.

    Raises:
        NetworkError: The name has an empty part, is a group's, or is that of a layer that differs:
            layers of one name are one module and share their weights.
    """
    node = _node(network, node_id)
    name = checked_name(name)
    if name == node.name:
        return network
    if name in prefixes(network):
        raise NetworkError(f"“{name}” is the name of a group", hint="Choose another name.")
    outer = [other.name for other in network.nodes if name.startswith(f"{other.name}.")]
    if outer:
        raise NetworkError(
            f"“{outer[0]}” is a layer and cannot contain others", hint="Choose another name."
        )
    changed = network.with_node(replace(node, name=name))
    same = [other for other in network.nodes if other.name == name]
    if same:
        _require_alike(changed, node_id, same[0])
    return without_empty_groups(changed)


def rename_group(network: Network, prefix: str, name: str) -> Network:
    """Return the network with another prefix for all layers of a group.

    Raises:
        NetworkError: The name has an empty part, or a layer or group outside is called so.
    """
    name = checked_name(name)
    if name == prefix:
        return network
    inside = {node.name for node in network.nodes if node.name.startswith(f"{prefix}.")}
    if not inside:
        raise NetworkError(f"The network has no group called “{prefix}”")
    others = {node.name for node in network.nodes} - inside
    if any(o == name or o.startswith(f"{name}.") or name.startswith(f"{o}.") for o in others):
        raise NetworkError(f"The name “{name}” is already in use", hint="Choose another name.")
    return with_prefix(network, prefix, name)


def with_prefix(network: Network, prefix: str, name: str) -> Network:
    """Return the network with one name prefix replaced by another, of layers and groups."""
    before = f"{prefix}."

    def changed(old: str) -> str:
        new = name + old[len(prefix) :] if old == prefix or old.startswith(before) else old
        return _bounded(new)

    nodes = tuple(
        replace(node, name=changed(node.name)) if node.name.startswith(before) else node
        for node in network.nodes
    )
    groups = {
        changed(group.name): replace(group, name=changed(group.name)) for group in network.groups
    }
    return replace(network, nodes=nodes, groups=tuple(groups.values()))


def checked_name(name: str) -> str:
    """Return a name without spaces around it.

    Raises:
        NetworkError: It is empty, too long, or has an empty part.
    """
    name = name.strip()
    if not all(part.strip() for part in name.split(".")):
        what = f"“{name}” has an empty part" if name else "A name cannot be empty"
        raise NetworkError(what, hint="Write letters or digits on each side of a dot.")
    return _bounded(name)


def prefixes(network: Network) -> set[str]:
    """Return every name that layers lie below: of `a.b.c` both `a` and `a.b`."""
    found: set[str] = set()
    for node in network.nodes:
        prefix = node.name.rpartition(".")[0]
        while prefix and prefix not in found:
            found.add(prefix)
            prefix = prefix.rpartition(".")[0]
    return found


def without_empty_groups(network: Network) -> Network:
    """Return the network without the groups that hold no layer."""
    if not network.groups:
        return network
    known = prefixes(network)
    groups = tuple(group for group in network.groups if group.name in known)
    return network if len(groups) == len(network.groups) else replace(network, groups=groups)


def _used(network: Network) -> set[str]:
    return {node.name for node in network.nodes} | prefixes(network) | network.by_id.keys()


def _bounded(name: str) -> str:
    if len(name) > MAX_NAME:
        raise NetworkError(
            f"A name of {len(name)} letters is too long", hint=f"Use at most {MAX_NAME} letters."
        )
    return name


def _node(network: Network, node_id: str) -> Node:
    if node_id not in network.by_id:
        raise NetworkError(f"The network has no layer with the id “{node_id}”")
    return network.by_id[node_id]


def _require_alike(changed: Network, node_id: str, other: Node) -> None:
    """Refuse a name that is taken by a layer of other settings or other weights."""
    node = changed.by_id[node_id]
    results = analyse(changed).results
    if node.layer != other.layer or results[node_id].tensors != results[other.id].tensors:
        raise NetworkError(
            f"Another layer is called “{node.name}” and differs from this one",
            hint="Choose another name: layers of one name share their weights.",
        )
