"""What is drawn now: the cards and wires with their places, found by a point or a rectangle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gui.design.canvas.painting.faces import Face
from gui.design.canvas.painting.wire import Bends, DrawnWire, Ends, WireKey, wire_crosses

REACH = 12.0
"""How far from a port, in pixels of the canvas, it can still be taken hold of."""

PORT_SPACING = 26.0

MANY_AREAS = 32
"""More than these are painted again together with all that lies between them."""


@dataclass(slots=True)
class DrawnCard:
    """A card in its place.

    Attributes:
        face: What it says.
        left: Of its edge on the canvas, as `top`, `right` and `bottom`.
    """

    face: Face
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def at(cls, face: Face, middle: tuple[float, float]) -> DrawnCard:
        """Put a card where its middle is to be."""
        left, top = middle[0] - face.width / 2, middle[1] - face.height / 2
        return cls(face, left, top, left + face.width, top + face.height)

    @property
    def middle(self) -> tuple[float, float]:
        """Where it is, as designs keep it."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def rect(self) -> QRectF:
        """Its outline."""
        return QRectF(self.left, self.top, self.right - self.left, self.bottom - self.top)

    def input_port(self, port: int) -> QPointF:
        """Return where a wire arrives."""
        return QPointF(*self.input_place(port))

    def output_port(self, port: int) -> QPointF:
        """Return where a wire leaves."""
        return QPointF(*self.output_place(port))

    def input_place(self, port: int) -> tuple[float, float]:
        """Return (x, y) of where a wire arrives."""
        if self.face.joins:
            return (self.left + self.right) / 2, self.top
        return self._across(port, self.face.inputs), self.top

    def output_place(self, port: int) -> tuple[float, float]:
        """Return (x, y) of where a wire leaves."""
        return self._across(port, self.face.outputs), self.bottom

    def _across(self, port: int, count: int) -> float:
        """Ports stand side by side around the middle of the edge."""
        middle = (self.left + self.right) / 2
        count = max(count, port + 1)
        if count == 1:
            return middle
        spacing = min(PORT_SPACING, (self.right - self.left) / (count + 1))
        return middle + (port - (count - 1) / 2) * spacing


class Picture:
    """The cards and wires as drawn; what is dragged is drawn elsewhere than the design has it.

    Attributes:
        cards: By key, those on top last.
        wires: By key.
    """

    def __init__(self) -> None:
        self.cards: dict[str, DrawnCard] = {}
        self.wires: dict[WireKey, DrawnWire] = {}
        self._led: dict[WireKey, DrawnWire] = {}
        self._touching: dict[str, list[WireKey]] = {}
        self._card_of: dict[str, str] = {}

    def set_wires(self, wires: dict[WireKey, DrawnWire]) -> None:
        """Replace all wires."""
        self.wires, self._led = wires, dict(wires)
        self._touching = {}
        for key in wires:
            self._touching.setdefault(key[0], []).append(key)
            self._touching.setdefault(key[1], []).append(key)

    def set_cards(self, cards: dict[str, DrawnCard]) -> None:
        """Replace all cards."""
        if list(cards) != list(self.cards) or any(
            card.face is not self.cards[key].face for key, card in cards.items()
        ):
            self._card_of = {id_: key for key, card in cards.items() for id_ in card.face.members}
        self.cards = cards

    def card_of(self, node_id: str) -> DrawnCard | None:
        """Return the card that shows a node, or None where it is out of sight."""
        key = self.key_of(node_id)
        return self.cards.get(key) if key else None

    def key_of(self, node_id: str) -> str | None:
        """Return the key of the card that shows a node, or None where it is out of sight."""
        return self._card_of.get(node_id)

    def touching(self, key: str) -> list[WireKey]:
        """Return the wires at a card."""
        return self._touching.get(key, [])

    def place(self, places: Mapping[str, tuple[float, float]]) -> list[QRectF]:
        """Draw cards with their middles elsewhere; return what has to be painted again."""
        dirty: list[QRectF] = []
        for key, middle in places.items():
            card = self.cards.get(key)
            if card is None:  # it was taken away while it was dragged
                continue
            moved = DrawnCard.at(card.face, middle)
            if (moved.left, moved.top) != (card.left, card.top):
                dirty += [grown(card.rect), grown(moved.rect)]
                self.cards[key] = moved
        for wire in {wire for key in places for wire in self.touching(key)}:
            dirty += self._stretch(wire)
        return dirty

    def _stretch(self, key: WireKey) -> list[QRectF]:
        """Lead a wire to where its cards are now; back in their places, as it was led before."""
        old, led = self.wires[key], self._led[key]
        again = self.wire(key, led.ports, led.bends, led)
        new = self.wires[key] = again if again is led else self.wire(key, old.ports)
        return [old.bounds, new.bounds]

    def wire(
        self, key: WireKey, ports: tuple[int, int], bends: Bends = (), old: DrawnWire | None = None
    ) -> DrawnWire:
        """Return a wire between two cards in their places; `old` if it is the same."""
        ends = self.ends(key, ports)
        if old is not None and (old.ends, old.ports, old.bends) == (ends, ports, bends):
            return old
        return DrawnWire(key, ports, bends, ends)

    def ends(self, key: WireKey, ports: tuple[int, int]) -> Ends:
        """Return where a wire between two cards in their places leaves and arrives."""
        source, target = self.cards[key[0]], self.cards[key[1]]
        return (*source.output_place(ports[0]), *target.input_place(ports[1]))

    def bounds(self) -> QRectF:
        """Return the rectangle around all cards; an empty one where there are none."""
        return around(self.cards.values())

    def cards_in(self, area: QRectF) -> Iterator[DrawnCard]:
        """Yield the cards that reach into a rectangle, those on top last."""
        left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
        for card in self.cards.values():
            if card.left < right and card.right > left and card.top < bottom and card.bottom > top:
                yield card

    def card_at(self, point: QPointF) -> DrawnCard | None:
        """Return the topmost card at a point."""
        found = None
        for card in self.cards_in(QRectF(point.x() - 0.01, point.y() - 0.01, 0.02, 0.02)):
            found = card
        return found

    def wire_at(
        self, point: QPointF, reach: float, without: str = "", *, undisturbed: bool = False
    ) -> DrawnWire | None:
        """Return a wire that passes a point at no more than `reach`.

        Args:
            point: On the canvas.
            reach: In pixels of the canvas.
            without: Key of a card whose own wires are not meant.
            undisturbed: Whether wires count where the design has them, not where cards that are
                drawn elsewhere for a while have stretched them to.
        """
        near = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        for wire in (self._led if undisturbed else self.wires).values():
            if without in wire.key or not wire.bounds.intersects(near):
                continue
            if wire_crosses(wire, near):
                return wire
        return None

    def output_at(self, point: QPointF, reach: float) -> tuple[DrawnCard, int] | None:
        """Return the output port near a point."""
        return self._port_at(point, reach, outputs=True)

    def input_at(self, point: QPointF, reach: float) -> tuple[DrawnCard, int] | None:
        """Return the input port near a point."""
        return self._port_at(point, reach, outputs=False)

    def _port_at(
        self, point: QPointF, reach: float, *, outputs: bool
    ) -> tuple[DrawnCard, int] | None:
        near = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        best: tuple[DrawnCard, int] | None = None
        nearest = reach
        for card in self.cards_in(near):
            for port in range(card.face.outputs if outputs else card.face.inputs):
                place = card.output_port(port) if outputs else card.input_port(port)
                away = max(abs(place.x() - point.x()), abs(place.y() - point.y()))
                if away < nearest:
                    best, nearest = (card, port), away
        return best


def grown(rect: QRectF, by: float = 12.0) -> QRectF:
    """Return a rectangle with room for rings and edges."""
    return rect.adjusted(-by, -by, by, by)


def areas(cards: Collection[DrawnCard]) -> list[QRectF]:
    """Return what has to be painted again of cards: of many, the rectangle around them."""
    if len(cards) > MANY_AREAS:
        return [grown(around(cards))]
    return [grown(card.rect) for card in cards]


def around(cards: Iterable[DrawnCard]) -> QRectF:
    """Return the rectangle around cards."""
    edges = [(card.left, card.top, card.right, card.bottom) for card in cards]
    if not edges:
        return QRectF()
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    left, top = min(lefts), min(tops)
    return QRectF(left, top, max(rights) - left, max(bottoms) - top)
