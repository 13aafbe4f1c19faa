"""The ends of wires that lead out of the group that is entered."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from core.network.layers.base.layer import Shape
from core.network.network import Edge


class Stub(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The end of a wire that leads out of the group that is entered.

    Attributes:
        card: Id of the card at its inner end.
        port: Of that card.
        incoming: Whether it comes from outside.
        outside: Id of the layer at its other end.
        name: Of that layer, or of the outermost group that it lies in and the entered one does not.
        shape: Of what flows through it.
        edge: The wire.
    """

    card: str
    port: int
    incoming: bool
    outside: str
    name: str
    shape: Shape | None
    edge: Edge


MOST_NAMES = 3
"""Layers outside that are named where wires to more of them leave the group."""


def outside_names(stubs: Iterable[Stub]) -> dict[tuple[str, bool], str]:
    """Return with what a card is wired outside, by its id and whether that arrives at it."""
    ends: dict[tuple[str, bool], dict[str, None]] = {}
    for stub in stubs:
        ends.setdefault((stub.card, stub.incoming), {})[stub.name] = None
    return {
        end: ("↓ " if end[1] else "→ ")
        + ", ".join(list(names)[:MOST_NAMES])
        + "…" * (len(names) > MOST_NAMES)
        for end, names in ends.items()
    }
