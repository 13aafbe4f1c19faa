"""A layered layout of cards: signals flow down, the main path is straight, branches lie beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from core.network.layout.alignment import aligned
from core.network.layout.crossings import ordered
from core.network.layout.layering import Rows, rows_of
from core.network.network import Network
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH, GAP, Position
from core.network.view.placing import Place, anchor, group_card, part_below, place, places

Size = tuple[float, float]
"""(width, height) of a card."""

CARD_SIZE = (CARD_WIDTH, CARD_HEIGHT)
SLOPE_ROOM = 6.0
"""What a gap between rows grows by for each wire that crosses it aslant, up to twice the gap."""


def arrange(
    cards: Sequence[str],
    wires: Iterable[tuple[str, str]],
    sizes: Mapping[str, Size] | None = None,
    previous: Mapping[str, Position] | None = None,
) -> dict[str, Position]:
    """Return where cards lie best: no two overlap, few wires cross, and each leads downwards.

    Parts that no wire joins lie side by side. The main path's first card lies at (0, 0).

    Source: K. Sugiyama et al., "Methods for visual understanding of hierarchical system
    structures", 1981; U. Brandes and B. Köpf, "Fast and simple horizontal coordinate
    assignment", 2001.

    Args:
        cards: Their ids.
        wires: Pairs of them; of those into one card, the leftmost input first.
        sizes: Of the cards that are not of the usual size.
        previous: Where cards lay; those beside each other keep their order as far as that costs
            no crossing.
    """
    positions: dict[str, Position] = {}
    edge = 0.0
    for part, inner in _parts(cards, wires):
        found = _arranged_part(part, inner, sizes or {}, previous or {})
        widths = {card: (sizes or {}).get(card, CARD_SIZE)[0] for card in part}
        shift = 0.0
        if positions:
            shift = edge + 2 * GAP - min(x - widths[c] / 2 for c, (x, _) in found.items())
        for card, (x, y) in found.items():
            positions[card] = (x + shift, y)
        edge = max(edge, *(positions[card][0] + widths[card] / 2 for card in part))
    return positions


def arranged(network: Network, only: Collection[str] | None = None, inside: str = "") -> Network:
    """Return the network with its cards arranged anew, also those within its folded groups.

    Args:
        network: The design.
        only: Ids of the layers whose cards are arranged, in their place; None: all.
        inside: The group that is entered, or "".
    """
    seen = places(network, inside)
    chosen = [p for p in seen if only is None or not set(only).isdisjoint(p.ids)]
    if not chosen:
        return network
    card_of = {id_: p.card for p in chosen for id_ in p.ids}
    before = {p.card: p.position for p in chosen if p.position is not None}
    found = arrange([p.card for p in chosen], _pairs(network, card_of), previous=before)
    if only is not None or inside:
        found = _moved_to(found, before)
    if only is not None:
        return place(network, found)
    for p in chosen:
        if p.group is not None:
            _arrange_inner(network, p, found)
    return _placed(network, found)


def _arrange_inner(network: Network, around: Place, found: dict[str, Position]) -> None:
    """Arrange what lies in a folded group, and in those within it, below its card's place."""
    inside = around.group or ""
    inner = part_below(network, inside)
    seen = places(inner, inside)
    before = {p.card: p.position for p in seen if p.position is not None}
    card_of = {id_: p.card for p in seen for id_ in p.ids}
    own = arrange([p.card for p in seen], _pairs(inner, card_of), previous=before)
    (left, top), (x, y) = anchor(own.values()), found[around.card]
    found.update((card, (a + x - left, b + y - top)) for card, (a, b) in own.items())
    for p in seen:
        if p.group is not None:
            _arrange_inner(inner, p, found)


def _placed(network: Network, found: Mapping[str, Position]) -> Network:
    """Return the network with layers and groups at places by the ids of their cards."""
    nodes = tuple(
        replace(node, position=found[node.id]) if node.id in found else node
        for node in network.nodes
    )
    groups = tuple(
        replace(group, position=found[card]) if (card := group_card(group.name)) in found else group
        for group in network.groups
    )
    return network.with_nodes(nodes, groups)


def brought_below(network: Network, group: str, position: Position) -> Network:
    """Return the network with what lies in a group moved so that its top is at `position`."""
    seen = {p.card: p.position for p in places(network, group) if p.position is not None}
    if not seen:
        return network
    left, top = anchor(seen.values())
    dx, dy = position[0] - left, position[1] - top
    return place(network, {card: (x + dx, y + dy) for card, (x, y) in seen.items()})


def _arranged_part(
    cards: list[str],
    wires: list[tuple[int, int]],
    sizes: Mapping[str, Size],
    previous: Mapping[str, Position],
) -> dict[str, Position]:
    if len(cards) == 1:
        return {cards[0]: (0.0, 0.0)}
    known = [previous[card][0] if card in previous else None for card in cards]
    rows = ordered(rows_of(len(cards), wires, known))
    across = aligned(rows, [sizes.get(card, CARD_SIZE)[0] for card in cards])
    down = _heights(rows, [sizes.get(card, CARD_SIZE)[1] for card in cards], across)
    return {card: (across[n], down[rows.row[n]]) for n, card in enumerate(cards)}


def _heights(rows: Rows, heights: list[float], across: list[float]) -> list[float]:
    """Return the middle of each row; there is more room between rows where wires lie aslant."""
    tallest = [max((heights[v] for v in row if v < rows.cards), default=0.0) for row in rows.rows]
    middles = [0.0]
    for number in range(1, len(tallest)):
        aslant = sum(
            abs(across[v] - across[below]) > 1
            for v in rows.rows[number - 1]
            for below in rows.below[v]
        )
        gap = GAP + min(SLOPE_ROOM * max(0, aslant - 2), 2 * GAP)
        middles.append(middles[-1] + (tallest[number - 1] + tallest[number]) / 2 + gap)
    return middles


def _parts(
    cards: Sequence[str], wires: Iterable[tuple[str, str]]
) -> list[tuple[list[str], list[tuple[int, int]]]]:
    """Return the cards that wires join, the largest part first, each with its wires by number."""
    root = {card: card for card in cards}

    def top(card: str) -> str:
        while root[card] != card:
            root[card] = root[root[card]]
            card = root[card]
        return card

    kept = list(dict.fromkeys((s, t) for s, t in wires if s in root and t in root and s != t))
    for source, target in kept:
        root[top(source)] = top(target)
    members: dict[str, list[str]] = {}
    for card in root:
        members.setdefault(top(card), []).append(card)
    number = {card: n for part in members.values() for n, card in enumerate(part)}
    joined: dict[str, list[tuple[int, int]]] = {part: [] for part in members}
    for source, target in kept:
        joined[top(source)].append((number[source], number[target]))
    parts = [(members[part], joined[part]) for part in members]
    return sorted(parts, key=lambda found: -len(found[0]))


def _pairs(network: Network, card_of: Mapping[str, str]) -> list[tuple[str, str]]:
    edges = sorted(network.edges, key=lambda edge: edge.target_port)
    return [
        (card_of[edge.source], card_of[edge.target])
        for edge in edges
        if edge.source in card_of and edge.target in card_of
    ]


def _moved_to(found: dict[str, Position], before: Mapping[str, Position]) -> dict[str, Position]:
    """Return places moved so that the top of all is where it was."""
    if not before:
        return found
    (left, top), (was_left, was_top) = anchor(found.values()), anchor(before.values())
    dx, dy = was_left - left, was_top - top
    return {card: (x + dx, y + dy) for card, (x, y) in found.items()}
