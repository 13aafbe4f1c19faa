"""Folding and unfolding of a group in its place; what lies around it gives way and comes back."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import inf

from msgspec.structs import replace

from core.network.layout.arrange import arranged, brought_below
from core.network.network import Group, Network
from core.network.view.card_size import CARD_WIDTH, PITCH_DOWN, Position
from core.network.view.placing import Place, anchor, place, places, seen_in


@dataclass(frozen=True, slots=True)
class _Area:
    """What the cards of an unfolded group cover, seen from where its folded card lies.

    Attributes:
        x: Of that card's middle, as `y`.
        left: How far others lie to the left of it, as `right`.
        down: How far others lie below it.
    """

    x: float
    y: float
    left: float
    right: float
    down: float


def fold(network: Network, record: Group) -> Network:
    """Return the network with a group as one card; what lies below it moves up.

    It moves by what the group covered, or as far as it can without covering another card.
    """
    area = _area(network, record.name)
    if area is None:
        return with_record(network, replace(record, folded=True))
    folded = with_record(network, replace(record, folded=True, position=(area.x, area.y)))
    below, beside = _around(folded, record.name, area, area.down)
    up = min([area.down, *_free_above(folded, record.name, below)])
    moved = {p.card: (p.position[0], p.position[1] - up) for p in below if p.position}
    for p in beside:
        if p.position and abs(p.position[0] - area.x) >= _aside(p.position, area) + CARD_WIDTH / 2:
            moved[p.card] = _pushed(p.position, area, -1)
    return place(folded, moved) if moved else folded


def unfold(network: Network, record: Group) -> Network:
    """Return the network with a group's layers at the place of its card; the rest gives way.

    What its layers feed, and what they would cover, moves down by what the group grows; what lies
    beside it moves aside.
    """
    network = with_record(network, replace(record, folded=False))
    if any(p.position is None for p in places(network, record.name)):
        network = arranged(network, inside=record.name)
    if record.position is not None:
        network = brought_below(network, record.name, record.position)
    area = _area(network, record.name)
    if record.position is None or area is None:
        return network
    below, beside = _around(network, record.name, area, 0.0)
    moved = {p.card: _pushed(p.position, area, 1) for p in beside if p.position}
    moved |= {p.card: (p.position[0], p.position[1] + area.down) for p in below if p.position}
    return place(network, moved) if moved else network


def with_record(network: Network, record: Group) -> Network:
    """Return the network with a group's record added or exchanged."""
    if all(group.name != record.name for group in network.groups):
        return network.with_nodes(network.nodes, (*network.groups, record))
    exchanged = (record if group.name == record.name else group for group in network.groups)
    return network.with_nodes(network.nodes, tuple(exchanged))


def _around(
    network: Network, name: str, area: _Area, down: float
) -> tuple[list[Place], list[Place]]:
    """Return what moves down and up with a group's size, and what moves aside.

    Args:
        network: The design.
        name: Of the group.
        area: That it covers unfolded.
        down: How far what is below it has moved already.
    """
    fed = _fed(network, name)
    others = [
        p for p in _others(network, name) if p.position and p.position[1] > area.y - PITCH_DOWN / 2
    ]
    below = [p for p in others if p.position and p.position[1] >= area.y + PITCH_DOWN / 2 + down]
    beside = [
        p
        for p in others
        if p.position
        and fed.isdisjoint(p.ids)
        and abs(p.position[0] - area.x) >= CARD_WIDTH / 2
        and _aside(p.position, area)
    ]
    apart = {p.card for p in beside}
    return _reached(below, fed, area, apart), beside


def _reached(below: list[Place], fed: set[str], area: _Area, apart: set[str]) -> list[Place]:
    """Return the cards that a group's size moves down: fed by it, or in the way of what moves."""
    found = {p.card: p for p in below if not fed.isdisjoint(p.ids)}
    columns = [area.x - area.left, area.x, area.x + area.right]
    columns += [p.position[0] for p in found.values() if p.position]
    waiting = [p for p in below if p.card not in found and p.card not in apart]
    while True:
        met = [p for p in waiting if p.position and _in_a_column(p.position[0], columns)]
        if not met:
            return list(found.values())
        found.update((p.card, p) for p in met)
        columns = [p.position[0] for p in met if p.position]
        waiting = [p for p in waiting if p.card not in found]


def _in_a_column(x: float, columns: list[float]) -> bool:
    return any(abs(x - column) < CARD_WIDTH for column in columns)


def _free_above(network: Network, name: str, moving: list[Place]) -> list[float]:
    """Return how far each of some cards can move up before it meets one that stays."""
    going = {p.card for p in moving}
    seen = places(network, seen_in(network, name))
    staying = sorted(
        (p.position[1], p.position[0]) for p in seen if p.position and p.card not in going
    )
    free = []
    for x, y in (p.position for p in moving if p.position):
        for top, left in reversed(staying[: bisect_left(staying, (y, -inf))]):
            if abs(left - x) < CARD_WIDTH:  # the nearest above; those before it are further
                free.append(max(0.0, y - top - PITCH_DOWN))
                break
    return free


def _aside(position: Position, area: _Area) -> float:
    return area.right if position[0] > area.x else area.left


def _pushed(position: Position, area: _Area, sign: int) -> Position:
    """Return a place moved away from a group (1), or back (-1), by what it grows on that side."""
    outwards = 1 if position[0] > area.x else -1
    return position[0] + sign * outwards * _aside(position, area), position[1]


def _fed(network: Network, name: str) -> set[str]:
    """Return the ids of the layers behind a group."""
    waiting = [node.id for node in network.nodes if node.name.startswith(f"{name}.")]
    found = set(waiting)
    while waiting:
        for edge in network.outgoing[waiting.pop()]:
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found


def _others(network: Network, name: str) -> list[Place]:
    """Return the cards that are seen where a group is seen, but not its own."""
    seen = places(network, seen_in(network, name))
    by_id = network.by_id
    return [p for p in seen if p.group != name and not by_id[p.ids[0]].name.startswith(f"{name}.")]


def _area(network: Network, name: str) -> _Area | None:
    found = [p.position for p in places(network, name) if p.position is not None]
    if not found:
        return None
    x, y = anchor(found)
    across = [left for left, _ in found]
    return _Area(x, y, x - min(across), max(across) - x, max(top for _, top in found) - y)
