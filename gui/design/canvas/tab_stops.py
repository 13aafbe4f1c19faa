"""Going from card to card and along wires with the keyboard."""

from __future__ import annotations

from core.network.network import Network
from gui.design.canvas.painting.picture import Picture
from gui.design.canvas.painting.wire import WireKey

Stop = str | WireKey
"""A card by its key, or a wire by its key."""


def stops(picture: Picture, network: Network) -> list[Stop]:
    """Return the cards in computing order, each with the wires that leave it behind it."""
    place = {id_: number for number, id_ in enumerate(network.sortable)}
    last = len(place)

    def first(key: str) -> int:
        return min(place.get(id_, last) for id_ in picture.cards[key].face.members)

    found: list[Stop] = []
    for key in sorted(picture.cards, key=first):
        found.append(key)
        found += [wire for wire in picture.touching(key) if wire[0] == key]
    return found


def next_stop(found: list[Stop], now: Stop | None, step: int) -> Stop | None:
    """Return where the next step leads; None beyond the ends."""
    if now not in found:
        return found[0 if step > 0 else -1] if found else None
    place = found.index(now) + step
    return found[place] if 0 <= place < len(found) else None
