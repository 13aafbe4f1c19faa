"""Parts of networks as text for the clipboard, also between two windows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from core.decoding import decode
from core.network.editing.free_place import free_place
from core.network.editing.wire_edits import free_port
from core.network.naming import common_prefix, fresh_id, fresh_like, prefixes
from core.network.network import (
    MAX_FILE_BYTES,
    MAX_LAYERS,
    Edge,
    Group,
    Network,
    NetworkError,
    Node,
)
from core.network.view.card_size import Position
from core.network.view.placing import move, places, whole_groups

MAX_FRAGMENT_BYTES = MAX_FILE_BYTES


class Fragment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a network.

    Attributes:
        layerloom: Marks the text and tells its version.
        nodes: The layers.
        edges: The wires between them.
        inputs: The wires that come from layers that are not in the part.
        groups: Those that lie in the part as a whole.
    """

    layerloom: Literal["layers 1"] = "layers 1"
    nodes: Annotated[tuple[Node, ...], msgspec.Meta(max_length=MAX_LAYERS)] = ()
    edges: Annotated[tuple[Edge, ...], msgspec.Meta(max_length=4 * MAX_LAYERS)] = ()
    inputs: Annotated[tuple[Edge, ...], msgspec.Meta(max_length=4 * MAX_LAYERS)] = ()
    groups: Annotated[tuple[Group, ...], msgspec.Meta(max_length=MAX_LAYERS)] = ()


def copy_fragment(network: Network, ids: Iterable[str]) -> bytes:
    """Return some layers, their wires and their groups as JSON."""
    chosen = set(ids)
    whole = whole_groups(network, chosen)
    into = [edge for edge in network.edges if edge.target in chosen]
    fragment = Fragment(
        nodes=tuple(node for node in network.nodes if node.id in chosen),
        edges=tuple(edge for edge in into if edge.source in chosen),
        inputs=tuple(edge for edge in into if edge.source not in chosen),
        groups=tuple(group for group in network.groups if group.name in whole),
    )
    return msgspec.json.format(msgspec.json.encode(fragment))


def is_fragment(data: bytes) -> bool:
    """Return whether text from the clipboard can be pasted."""
    try:
        decode_fragment(data)
    except NetworkError:
        return False
    return True


def decode_fragment(data: bytes) -> Fragment:
    """Read layers from the clipboard's text.

    Raises:
        NetworkError: It holds no layers.
    """
    hint = "Copy layers in Layerloom first."
    if len(data) > MAX_FRAGMENT_BYTES:
        raise NetworkError("The clipboard contains more than any network needs", hint=hint)
    try:
        fragment = decode(data, Fragment)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NetworkError("The clipboard contains no layers", hint=hint) from error
    ids = [node.id for node in fragment.nodes]
    if not ids or len(set(ids)) < len(ids):
        raise NetworkError("The clipboard contains no layers", hint=hint)
    return fragment


def paste_fragment(
    network: Network,
    data: bytes,
    at: Position | None = None,
    keep_inputs: bool = False,
    inside: str = "",
) -> tuple[Network, tuple[str, ...]]:
    """Return the network with the clipboard's layers added, and their new ids.

    Names that are taken get the next free number; layers that shared a name share the new one.

    Args:
        network: The design.
        data: The clipboard's text, of whatever origin.
        at: The middle of where they come to lie, further right where other cards lie there;
            None: right of the originals.
        keep_inputs: Whether they are fed by what fed the originals, where that is in the network.
        inside: The group that is entered, or "".

    Raises:
        NetworkError: The text holds no layers, or there is no room for so many.
    """
    fragment = decode_fragment(data)
    if len(network.nodes) + len(fragment.nodes) > MAX_LAYERS:
        raise NetworkError(f"The network would have more than {MAX_LAYERS:,} layers")
    names, groups = _new_names(network, fragment, inside)
    ids = _new_ids(network, fragment, names)
    known = {node.id for node in fragment.nodes}
    inner = [e for e in fragment.edges if e.source in known and e.target in known]
    nodes = (replace(node, id=ids[node.id], name=names[node.name]) for node in fragment.nodes)
    edges = (replace(e, source=ids[e.source], target=ids[e.target]) for e in inner)
    pasted = replace(
        network,
        nodes=(*network.nodes, *nodes),
        edges=(*network.edges, *edges),
        groups=(*network.groups, *groups),
    )
    if keep_inputs:
        outer = [e for e in fragment.inputs if e.source in network.by_id and e.target in known]
        pasted = _fed(pasted, [replace(edge, target=ids[edge.target]) for edge in outer])
    return _brought_to(pasted, set(ids.values()), at, inside), tuple(ids.values())


def duplicate(
    network: Network, ids: Iterable[str], keep_inputs: bool = False, inside: str = ""
) -> tuple[Network, tuple[str, ...]]:
    """Return the network with some layers once more, right of them, and the new ids."""
    return paste_fragment(network, copy_fragment(network, ids), None, keep_inputs, inside)


def _new_names(
    network: Network, fragment: Fragment, inside: str
) -> tuple[dict[str, str], tuple[Group, ...]]:
    """Return the new name of each name in the fragment, and its groups with theirs.

    A group is renamed as a whole: what lies in it keeps its name within it.
    """
    groups = {group.name: group for group in fragment.groups}
    units = {node.name: _outermost(node.name, groups) for node in fragment.nodes}
    shared = common_prefix(units.values())
    moved = {unit: _below(network, unit, shared, inside) for unit in units.values()}
    used = prefixes(network) | {node.name for node in network.nodes}
    new: dict[str, str] = {}
    for unit, wanted in moved.items():
        new[unit] = fresh_like(wanted, used)
        used.add(new[unit])
    names = {name: new[unit] + name[len(unit) :] for name, unit in units.items()}
    renamed = []
    for group in fragment.groups:
        unit = _outermost(f"{group.name}.", groups)
        renamed.append(replace(group, name=new[unit] + group.name[len(unit) :]))
    if any(len(name) > 500 for name in names.values()):
        raise NetworkError("The names of the copied layers are too long here")
    taken = {group.name for group in network.groups}
    return names, tuple(group for group in renamed if group.name not in taken)


def _below(network: Network, unit: str, shared: str, inside: str) -> str:
    """Return what a layer or group would be called where it is seen: below `inside`.

    What lies below a folded group would be hidden, so the prefix the units share is left out then.
    """
    before = f"{inside}." if inside else ""
    folded = {group.name for group in network.groups if group.folded}
    hidden = any(
        unit.startswith(f"{name}.") and not before.startswith(f"{name}.") for name in folded
    )
    if unit.startswith(before) and not hidden:
        return unit
    return before + (unit[len(shared) + 1 :] if shared else unit)


def _outermost(name: str, groups: dict[str, Group]) -> str:
    """Return the outermost of the groups that a layer lies in, or its own name."""
    around = [prefix for prefix in groups if name.startswith(f"{prefix}.")]
    return min(around, key=len, default=name)


def _new_ids(network: Network, fragment: Fragment, names: dict[str, str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    used = set(network.by_id)
    for node in fragment.nodes:
        ids[node.id] = fresh_id(used, names[node.name])
        used.add(ids[node.id])
    return ids


def _fed(network: Network, edges: list[Edge]) -> Network:
    """Return the network with wires more, each at its own input or the next free one."""
    for edge in edges:
        taken = {e.target_port for e in network.incoming[edge.target]}
        port = edge.target_port
        if port in taken:
            port = free_port(network, edge.source, edge.target, edge.source_port)
        if port not in taken:
            network = network.with_edge(replace(edge, target_port=port))
    return network


def _brought_to(network: Network, ids: set[str], at: Position | None, inside: str) -> Network:
    """Return the network with the pasted cards moved to `at`, or right of what is there already."""
    seen = [p for p in places(network, inside) if p.position is not None]
    own = [p.position for p in seen if p.position and not ids.isdisjoint(p.ids)]
    others = [p.position for p in seen if p.position and ids.isdisjoint(p.ids)]
    if not own:
        return network
    right = down = 0.0
    if at is not None:
        columns, rows = [x for x, _ in own], [y for _, y in own]
        right = at[0] - (min(columns) + max(columns)) / 2
        down = at[1] - (min(rows) + max(rows)) / 2
    right += free_place([(x + right, y + down) for x, y in own], others)
    return move(network, ids, right, down)
