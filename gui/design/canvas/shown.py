"""Brings a design's cards and wires into the picture, touching only what changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from core.network import groups
from core.network.analysis import Analysis
from core.network.arrange import arranged
from core.network.card_size import Position
from core.network.groups import View
from core.network.network import Network
from core.network.placing import place, places
from core.network.routing import Obstacles
from gui.design.canvas.faces import Face, face_of
from gui.design.canvas.picture import Bends, Card, Picture, Wire, WireKey, grown


@dataclass(frozen=True, slots=True)
class Changed:
    """What a new version of a design changed in the picture.

    Attributes:
        dirty: What has to be painted again, in pixels of the canvas.
        everything: Whether the cards themselves are others.
    """

    dirty: tuple[QRectF, ...]
    everything: bool


class Showing:
    """Keeps a picture in step with a design.

    Args:
        picture: What is drawn.

    Attributes:
        view: What is seen of the design.
        wires: Of it, by the cards they join.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.view = View(cards=(), wires=())
        self.wires: dict[WireKey, groups.Wire] = {}
        self._faces: dict[str, tuple[groups.Card, Face]] = {}

    def show(self, network: Network, analysis: Analysis, inside: str) -> Changed:
        """Bring the picture to a version of a design."""
        before = self._picture.cards
        previous = self.view if self.view.inside == inside else None
        self.view = view = groups.cards(network, analysis, inside, previous)
        missing = _missing(network, view)
        cards: dict[str, Card] = {}
        dirty: list[QRectF] = []
        stretched: set[str] = set()
        for seen in view.cards:
            old, face = before.get(seen.id), self._face(seen, inside)
            middle = seen.position or missing.get(seen.id, (0.0, 0.0))
            card = cards[seen.id] = _card(old, face, middle)
            if old is card:
                continue
            dirty += [grown(card.rect), grown(old.rect)] if old else [grown(card.rect)]
            if old is None or not _same_ports(old, card):
                stretched.add(seen.id)
        dirty += [grown(card.rect) for key, card in before.items() if key not in cards]
        everything = list(before) != list(cards)
        self._picture.set_cards(cards)
        if everything:
            self._faces = {key: known for key, known in self._faces.items() if key in cards}
        dirty += self._lead_wires(stretched)
        return Changed(tuple(dirty), everything)

    def _face(self, seen: groups.Card, inside: str) -> Face:
        """Return what a card says; the same object as before if nothing it says is new."""
        known = self._faces.get(seen.id)
        if known and known[0] is seen:
            return known[1]
        face = face_of(seen, inside)
        if known and known[1] == face:
            face = known[1]
        self._faces[seen.id] = (seen, face)
        return face

    def _lead_wires(self, stretched: set[str]) -> list[QRectF]:
        """Lead wires from card to card; return what has to be painted again."""
        picture, before = self._picture, self._picture.wires
        self.wires = {(wire.source, wire.target): wire for wire in self.view.wires}
        ports = {key: (w.source_port, w.target_port) for key, w in self.wires.items()}
        same = not stretched and {key: wire.ports for key, wire in before.items()} == ports
        if same:
            return []
        bends = self._bends(ports)
        wires: dict[WireKey, Wire] = {}
        dirty: list[QRectF] = []
        for key, at in ports.items():
            old = before.get(key)
            wires[key] = wire = picture.wire(key, at, bends.get(key, ()), old)
            if wire is not old:
                dirty += [wire.bounds, old.bounds] if old else [wire.bounds]
        dirty += [wire.bounds for key, wire in before.items() if key not in wires]
        picture.set_wires(wires)
        return dirty

    def _bends(self, ports: dict[WireKey, tuple[int, int]]) -> dict[WireKey, Bends]:
        """Return the corners of the wires that have to lead around cards."""
        cards = self._picture.cards
        ends = []
        for (source, target), (out, into) in ports.items():
            start, end = cards[source].output_port(out), cards[target].input_port(into)
            ends.append(((start.x(), start.y()), (end.x(), end.y())))
        obstacles = Obstacles((c.left, c.top, c.right, c.bottom) for c in cards.values())
        return dict(zip(ports, obstacles.routes(ends), strict=True))


def placed(network: Network, inside: str) -> Network:
    """Return the network with a place for every card that is seen."""
    seen = places(network, inside)
    if all(found.position is not None for found in seen):
        return network
    everywhere = {p.card: p.position for p in places(arranged(network, inside=inside), inside)}
    missing = {p.card: everywhere[p.card] for p in seen if p.position is None}
    return place(network, {card: at for card, at in missing.items() if at is not None})


def _missing(network: Network, view: View) -> dict[str, Position]:
    """Return places for the cards that have none."""
    if all(card.position is not None for card in view.cards):
        return {}
    seen = places(placed(network, view.inside), view.inside)
    return {found.card: found.position for found in seen if found.position is not None}


def _card(old: Card | None, face: Face, middle: tuple[float, float]) -> Card:
    """Return the card that is there already if it is the same."""
    new = Card.at(face, middle)
    if old is not None and old.face is face and (old.left, old.top) == (new.left, new.top):
        return old
    return new


def _same_ports(one: Card, other: Card) -> bool:
    return (one.left, one.top, one.face.inputs, one.face.outputs) == (
        other.left,
        other.top,
        other.face.inputs,
        other.face.outputs,
    )
