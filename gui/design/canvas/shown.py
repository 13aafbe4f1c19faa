"""Brings a design's cards and wires into the picture, touching only what changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from core.network.analysis import Analysis
from core.network.layout.arrange import arranged
from core.network.layout.routing import Obstacles
from core.network.network import Network
from core.network.problems import Problem
from core.network.view.card_size import Position
from core.network.view.cards import Card, View, Wire
from core.network.view.cards import cards as cards_of
from core.network.view.placing import place, places
from core.network.view.stubs import Stub
from gui.design.canvas.painting.faces import Face
from gui.design.canvas.painting.level import Level
from gui.design.canvas.painting.picture import DrawnCard, Picture, areas, grown
from gui.design.canvas.painting.wire import Bends, DrawnWire, WireKey


@dataclass(frozen=True, slots=True)
class PictureChange:
    """What a new version of a design changed in the picture.

    Attributes:
        dirty: What has to be painted again, in pixels of the canvas.
        places: Whether cards came, went or moved.
    """

    dirty: tuple[QRectF, ...]
    places: bool


class Showing:
    """Keeps a picture in step with a design.

    Args:
        picture: What is drawn.

    Attributes:
        wires: What flows between the cards, by the cards it joins.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._network = Network()
        self._view = View(cards=(), wires=())
        self._faces: dict[str, tuple[Card, Face]] = {}
        self.wires: dict[WireKey, Wire] = {}

    @property
    def stubs(self) -> tuple[Stub, ...]:
        """Ends of wires that lead out of the entered group."""
        return self._view.stubs

    def show(
        self, network: Network, analysis: Analysis, inside: str, level: Level
    ) -> PictureChange:
        """Bring the picture to a version of a design.

        Args:
            network: The design.
            analysis: Of it.
            inside: The group that is entered, or "".
            level: How much of a card can be seen now.
        """
        before, self._network = self._network, network
        if inside == self._view.inside and _same_cards(before, network):
            dirty = self._show_results(analysis, level)
            if dirty is not None:
                return PictureChange(tuple(dirty), False)
        return self._show_cards(network, analysis, inside)

    def _show_results(self, analysis: Analysis, level: Level) -> list[QRectF] | None:
        """Show what is known of the same layers now; return None if more than that changed."""
        cards, results = self._picture.cards, analysis.results
        problems: dict[str, Problem] = {}
        for problem in analysis.problems:
            problems.setdefault(problem.node, problem)
        changed: dict[str, DrawnCard] = {}
        for key, card in cards.items():
            face = card.face
            if face.group:
                return None
            result, wrong = results[key], problems.get(key)
            if result is face.result and (wrong.what if wrong else "") == face.problem:
                continue
            if max(1, len(result.outputs)) != face.outputs and face.outputs:
                return None
            new = face.with_result(result, wrong)
            changed[key] = DrawnCard(new, card.left, card.top, card.right, card.bottom)
        self._picture.cards = cards | changed
        return areas(
            [c for key, c in changed.items() if not c.face.looks_as(cards[key].face, level)]
        )

    def _show_cards(self, network: Network, analysis: Analysis, inside: str) -> PictureChange:
        before = self._picture.cards
        previous = self._view if self._view.inside == inside else None
        self._view = view = cards_of(network, analysis, inside, previous)
        missing = _missing(network, view)
        cards: dict[str, DrawnCard] = {}
        dirty: list[QRectF] = []
        stretched = moved = False
        for seen in view.cards:
            old, face = before.get(seen.id), self._face(seen, inside)
            middle = seen.position or missing.get(seen.id, (0.0, 0.0))
            card = cards[seen.id] = _card(old, face, middle)
            if old is card:
                continue
            dirty += [grown(card.rect), grown(old.rect)] if old else [grown(card.rect)]
            if old and old.face.bypassed != face.bypassed:
                touching = self._picture.touching(seen.id)
                dirty += [self._picture.wires[key].bounds for key in touching]
            moved |= old is None or (old.left, old.top) != (card.left, card.top)
            stretched |= moved or old is None or not _same_ports(old, card)
        dirty += [grown(card.rect) for key, card in before.items() if key not in cards]
        if before.keys() != cards.keys():
            self._faces = {key: known for key, known in self._faces.items() if key in cards}
            moved = True
        self._picture.set_cards(cards)
        dirty += self._lead_wires(stretched)
        return PictureChange(tuple(dirty), moved)

    def _face(self, seen: Card, inside: str) -> Face:
        """Return what a card says; the same object as before if nothing it says is new."""
        known = self._faces.get(seen.id)
        if known and known[0] is seen:
            return known[1]
        face = Face(seen, inside)
        self._faces[seen.id] = (seen, face)
        return face

    def _lead_wires(self, stretched: bool) -> list[QRectF]:
        """Lead wires from card to card; return what has to be painted again."""
        picture, before = self._picture, self._picture.wires
        self.wires = {(wire.source, wire.target): wire for wire in self._view.wires}
        ports = {key: (w.source_port, w.target_port) for key, w in self.wires.items()}
        if not stretched and {key: wire.ports for key, wire in before.items()} == ports:
            return []
        bends = self._bends(ports)
        wires: dict[WireKey, DrawnWire] = {}
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
        cards, ends = self._picture.cards, []
        for key, at in ports.items():
            x1, y1, x2, y2 = self._picture.ends(key, at)
            ends.append(((x1, y1), (x2, y2)))
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


def _same_cards(one: Network, other: Network) -> bool:
    """Return whether two networks differ in settings, notes and what is frozen alone."""
    if one.edges is not other.edges or one.groups != other.groups:
        return False
    return len(one.nodes) == len(other.nodes) and all(
        a is b
        or (
            (a.id, a.name, a.position, a.bypassed) == (b.id, b.name, b.position, b.bypassed)
            and type(a.layer) is type(b.layer)
        )
        for a, b in zip(one.nodes, other.nodes, strict=True)
    )


def _card(old: DrawnCard | None, face: Face, middle: tuple[float, float]) -> DrawnCard:
    """Return the card that is there already if it is the same."""
    new = DrawnCard.at(face, middle)
    if old is not None and old.face is face and (old.left, old.top) == (new.left, new.top):
        return old
    return new


def _same_ports(one: DrawnCard, other: DrawnCard) -> bool:
    return (one.face.inputs, one.face.outputs) == (other.face.inputs, other.face.outputs)
