"""Frames around unfolded groups: which groups have one, of which cards, and where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.network.network import Network

TITLE, BESIDE, ABOVE, RADIUS = 20.0, 8.0, 6.0, 12.0
"""Width of the upright name, room beside and above the cards, and radius of the corners.

In pixels of the canvas: two frames, one in the other, end before the next card above.
"""

MOST_NESTED = 2
"""Frames within each other: more have no room for their names between two columns of cards."""

Box = tuple[float, float, float, float]
"""(left, top, right, bottom) of a card or a frame, in pixels of the canvas."""


@dataclass(frozen=True, slots=True)
class Framed:
    """An unfolded group that has a frame.

    Attributes:
        name: Of the group.
        label: The part of its name that the frame around it does not say.
        members: Ids of its layers.
        cards: Ids of the cards that are in it.
    """

    name: str
    label: str
    members: frozenset[str]
    cards: frozenset[str]


def framed_groups(
    network: Network,
    inside: str,
    card_of: Callable[[str], str | None],
    name_of: Callable[[str], str],
) -> tuple[Framed, ...]:
    """Return the groups that have a frame, those within others first.

    Args:
        network: The design.
        inside: Name of the group that is entered, or "".
        card_of: Returns the id of the card that shows a layer; None where it is out of sight.
        name_of: Returns the name on a card, by its id.
    """
    within = f"{inside}." if inside else ""
    names = [g.name for g in network.groups if not g.folded and g.name.startswith(within)]
    around = {name: [o for o in names if name.startswith(f"{o}.")] for name in names}
    names = [name for name in names if len(around[name]) < MOST_NESTED]
    names.sort(key=lambda name: -name.count("."))
    found = []
    for name, ids in _members(network, names).items():
        cards = frozenset(card for id_ in ids if (card := card_of(id_)))
        if cards and not any(_holds(name_of(card), name) for card in cards):
            label = name[len(max(around[name], key=len, default=inside)) :].lstrip(".")
            found.append(Framed(name, label, frozenset(ids), cards))
    return tuple(found)


def outlines(groups: Iterable[Framed], cards: Mapping[str, Box]) -> dict[str, Box]:
    """Return where frames lie, by the groups' names.

    Args:
        groups: Those within others first.
        cards: Where the cards lie, by their ids; some may be gone.
    """
    found: dict[str, Box] = {}
    for group in groups:
        boxes = [cards[key] for key in group.cards if key in cards]
        boxes += [box for name, box in found.items() if name.startswith(f"{group.name}.")]
        if boxes:
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            found[group.name] = (
                min(lefts) - TITLE - 4,
                min(tops) - ABOVE,
                max(rights) + BESIDE,
                max(bottoms) + ABOVE,
            )
    return found


def _members(network: Network, names: list[str]) -> dict[str, list[str]]:
    """Return the ids of the layers below each prefix."""
    members: dict[str, list[str]] = {name: [] for name in names}
    for node in network.nodes if names else ():
        prefix = node.name.rpartition(".")[0]
        while prefix:
            if prefix in members:
                members[prefix].append(node.id)
            prefix = prefix.rpartition(".")[0]
    return members


def _holds(card: str, group: str) -> bool:
    """Return whether a card of this name stands for a group, or for one around it."""
    return f"{group}.".startswith(f"{card}.")
