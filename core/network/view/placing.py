"""Places of cards on the canvas: moving, aligning, and making room for a card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as replace_dataclass
from typing import Literal

from msgspec.structs import replace

from core.network.network import Group, Network, Node
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH, GAP, Position

Side = Literal["left", "centre", "right", "top", "middle", "bottom"]
Direction = Literal["horizontal", "vertical"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one visible card lies.

    Attributes:
        card: Its id: a layer's id, or a folded group's name with a dot at its end.
        ids: Of the layers it stands for.
        position: Of its middle; None until arranged.
        group: The folded group's name; None of a layer.
    """

    card: str
    ids: tuple[str, ...]
    position: Position | None
    group: str | None = None


def group_card(name: str) -> str:
    """Return the id of a folded group's card; a dot at the end keeps it apart from layers'."""
    return f"{name}."


def places(network: Network, inside: str = "") -> tuple[Place, ...]:
    """Return where the cards lie that are seen of a network, or within one of its groups.

    A layer below a folded group is seen as the outermost such group; layers outside `inside`
    are left out, and `inside` itself and the groups around it count as unfolded. The network, which
    never changes, keeps them: gestures ask with each move of the pointer.
    """
    key = ("places", inside)
    if key not in network.derived:
        network.derived[key] = _found_places(network, inside)
    found: tuple[Place, ...] = network.derived[key]
    return found


def _found_places(network: Network, inside: str) -> tuple[Place, ...]:
    folded = {group.name: group for group in network.groups if group.folded}
    for name in _with_outer(inside):
        folded.pop(name, None)
    before = f"{inside}." if inside else ""
    known: dict[str, Group | None] = {}
    members: dict[str, list[str]] = {}
    found: dict[str, Place] = {}
    for node in network.nodes:
        if not node.name.startswith(before):
            continue
        group = _outermost(node.name, folded, known) if folded else None
        if group is None:
            found[node.id] = Place(node.id, (node.id,), node.position)
        elif group.name in members:
            members[group.name].append(node.id)
        else:
            members[group.name] = [node.id]
            card = group_card(group.name)
            found[card] = Place(card, (), group.position, group.name)
    return tuple(
        replace_dataclass(p, ids=tuple(members[p.group])) if p.group else p for p in found.values()
    )


def place(network: Network, positions: Mapping[str, Position]) -> Network:
    """Return the network with cards at new places, by their ids.

    The layers of a folded group move by what its card moves by, so that they are near when it is
    unfolded.
    """
    groups = {group_card(group.name): group for group in network.groups}
    shifts = {
        card: _difference(groups[card].position, position)
        for card, position in positions.items()
        if card in groups and card not in network.by_id
    }
    known: dict[str, Position | None] = {}
    nodes = tuple(_placed_node(node, positions, shifts, known) for node in network.nodes)
    placed = tuple(_placed_group(group, positions, shifts) for group in network.groups)
    return network.with_nodes(nodes, placed)


def move(network: Network, ids: Iterable[str], dx: float, dy: float) -> Network:
    """Return the network with some layers, and the groups they fill, moved by (dx, dy)."""
    chosen = set(ids)
    nodes = tuple(
        _at(node, _sum(node.position, (dx, dy))) if node.id in chosen else node
        for node in network.nodes
    )
    whole = whole_groups(network, chosen)
    groups = tuple(
        replace(group, position=_sum(group.position, (dx, dy))) if group.name in whole else group
        for group in network.groups
    )
    return network.with_nodes(nodes, groups)


def align(network: Network, ids: Iterable[str], side: Side, inside: str = "") -> Network:
    """Return the network with the cards of some layers in one line.

    Args:
        network: The design.
        ids: Of the layers; a folded group is meant if one of its layers is.
        side: Where the line is: at the outermost card of that side, or in the middle of all.
        inside: The group that is entered, or "".
    """
    chosen = _chosen(network, ids, inside)
    if len(chosen) < 2:
        return network
    axis = 0 if side in {"left", "centre", "right"} else 1
    values = [position[axis] for position in chosen.values()]
    low, high = min(values), max(values)
    line = {"left": low, "top": low, "right": high, "bottom": high}.get(side, (low + high) / 2)
    return place(network, {card: _with(p, axis, line) for card, p in chosen.items()})


def distribute(network: Network, ids: Iterable[str], axis: Direction, inside: str = "") -> Network:
    """Return the network with equal steps between the cards of some layers; the outer two stay."""
    number = 0 if axis == "horizontal" else 1
    chosen = sorted(_chosen(network, ids, inside).items(), key=lambda item: item[1][number])
    if len(chosen) < 3:
        return network
    first, last = chosen[0][1][number], chosen[-1][1][number]
    step = (last - first) / (len(chosen) - 1)
    return place(
        network, {card: _with(p, number, first + n * step) for n, (card, p) in enumerate(chosen)}
    )


def anchor(positions: Iterable[Position]) -> Position:
    """Return where a card lies that stands for several: at their upper edge, on their main path.

    The main path is where the topmost card is, or the lowest if several are at the top.
    """
    found = sorted(positions, key=lambda position: position[1])
    top, bottom = found[0][1], found[-1][1]
    first = [x for x, y in found if y == top]
    last = [x for x, y in found if y == bottom]
    if len(first) == 1 or len(last) == 1:
        return (first[0] if len(first) == 1 else last[0]), top
    return (min(first) + max(first)) / 2, top


def make_room(
    network: Network,
    node_id: str,
    height: float = CARD_HEIGHT,
    width: float = CARD_WIDTH,
    inside: str | None = None,
) -> Network:
    """Return the network with the cards below one moved down until none overlaps it or another.

    Each moves as little as it must, and what lies below it gives way in turn.

    Args:
        network: The design.
        node_id: The layer that needs room; its own card stays.
        height: Of its card.
        width: Of its card.
        inside: The group that is entered, or ""; None: where the layer itself is seen.
    """
    if inside is None:
        inside = seen_in(network, network.by_id[node_id].name)
    seen = places(network, inside)
    own = next((p for p in seen if node_id in p.ids), None)
    if own is None or own.position is None:
        return network
    others = {p.card: p.position for p in seen if p.position is not None and p is not own}
    pushed = _pushed_down(own.position, (width, height), others)
    return place(network, pushed) if pushed else network


def room_for(
    network: Network, position: Position, inside: str = "", without: str = ""
) -> dict[str, Position]:
    """Return where cards move to if one comes to lie at a place: those below it make room.

    Args:
        network: The design.
        position: Of the new card's middle.
        inside: The group that is entered, or "".
        without: Id of a card that is not looked at, such as the one that comes from elsewhere.
    """
    others = {
        p.card: p.position
        for p in places(network, inside)
        if p.position is not None and p.card != without
    }
    return _pushed_down(position, (CARD_WIDTH, CARD_HEIGHT), others)


def seen_in(network: Network, name: str) -> str:
    """Return the innermost folded group around a layer's or group's name, or "".

    Whoever enters that group sees it, and what lies beside it.
    """
    folded = {group.name for group in network.groups if group.folded}
    outer = name.rpartition(".")[0]
    while outer and outer not in folded:
        outer = outer.rpartition(".")[0]
    return outer


def part_below(network: Network, name: str) -> Network:
    """Return what lies below a name prefix, with the groups and wires within it."""
    before = f"{name}."
    nodes = tuple(node for node in network.nodes if node.name.startswith(before))
    ids = {node.id for node in nodes}
    edges = (edge for id_ in ids for edge in network.incoming[id_] if edge.source in ids)
    groups = (group for group in network.groups if group.name.startswith(before))
    return Network(nodes=nodes, edges=tuple(edges), groups=tuple(groups))


def whole_groups(network: Network, ids: set[str]) -> set[str]:
    """Return the names of the groups all of whose layers are among `ids`."""
    names = {group.name for group in network.groups}
    within: set[str] = set()
    without: set[str] = set()
    for node in network.nodes:
        (within if node.id in ids else without).update(_with_outer(node.name.rpartition(".")[0]))
    return names & within - without


def _pushed_down(
    start: Position, size: tuple[float, float], others: Mapping[str, Position]
) -> dict[str, Position]:
    """Return the new places of the cards that have to give way to one at `start`."""
    x, y = start
    waiting = [(x, y + size[1] / 2 + GAP, (size[0] + CARD_WIDTH) / 2 + GAP, y)]
    order = sorted(others.items(), key=lambda item: (item[1][1], item[1][0], item[0]))
    pushed: dict[str, Position] = {}
    for card, (left, top) in order:
        new = top
        for middle, bottom, reach, above in waiting:
            beside = abs(left - middle) >= reach
            if not beside and top >= above and new - CARD_HEIGHT / 2 < bottom:
                new = bottom + CARD_HEIGHT / 2
        if new > top:
            pushed[card] = (left, new)
            waiting.append((left, new + CARD_HEIGHT / 2 + GAP, CARD_WIDTH + GAP, top))
            waiting = [w for w in waiting if w[1] > top - CARD_HEIGHT / 2]
    return pushed


def _chosen(network: Network, ids: Iterable[str], inside: str) -> dict[str, Position]:
    chosen = set(ids)
    return {
        p.card: p.position
        for p in places(network, inside)
        if p.position is not None and not chosen.isdisjoint(p.ids)
    }


def _outermost(
    name: str, folded: Mapping[str, Group], known: dict[str, Group | None]
) -> Group | None:
    """Return the outermost folded group that a layer of this name lies in."""
    prefix = name.rpartition(".")[0]
    if prefix not in known:
        around = [outer for outer in reversed(_with_outer(prefix)) if outer in folded]
        known[prefix] = folded[around[0]] if around else None
    return known[prefix]


def _with_outer(prefix: str) -> list[str]:
    """Return a prefix and those around it, from the inside out."""
    found = []
    while prefix:
        found.append(prefix)
        prefix = prefix.rpartition(".")[0]
    return found


def _placed_node(
    node: Node,
    positions: Mapping[str, Position],
    shifts: Mapping[str, Position],
    known: dict[str, Position | None],
) -> Node:
    """Return a node in its new place; what each prefix is shifted by is looked up once."""
    if node.id in positions:
        return _at(node, positions[node.id])
    if not shifts:
        return node
    prefix = node.name.rpartition(".")[0]
    if prefix not in known:
        around = (group_card(outer) for outer in _with_outer(prefix))
        known[prefix] = next((shifts[card] for card in around if card in shifts), None)
    shift = known[prefix]
    return node if shift is None else _at(node, _sum(node.position, shift))


def _placed_group(
    group: Group, positions: Mapping[str, Position], shifts: Mapping[str, Position]
) -> Group:
    own = group_card(group.name)
    if own in shifts:
        return replace(group, position=positions[own])
    for prefix in _with_outer(group.name):
        if group_card(prefix) in shifts:
            return replace(group, position=_sum(group.position, shifts[group_card(prefix)]))
    return group


def _at(node: Node, position: Position | None) -> Node:
    return node if node.position == position else replace(node, position=position)


def _sum(position: Position | None, shift: Position) -> Position | None:
    return None if position is None else (position[0] + shift[0], position[1] + shift[1])


def _difference(before: Position | None, after: Position) -> Position:
    return (after[0] - before[0], after[1] - before[1]) if before else (0.0, 0.0)


def _with(position: Position, axis: int, value: float) -> Position:
    return (value, position[1]) if axis == 0 else (position[0], value)
