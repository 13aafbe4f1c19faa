"""Two thousand random changes, with undo and redo between them, leave the very same design."""

from __future__ import annotations

import random

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from core.network.editing.palette import PALETTE
from core.network.network import decode_network, encode_network
from gui.design.canvas.search_context import SearchContext
from gui.owners.designs.document import Document
from tests.gui.design.canvas.conftest import Hands, Key, Modifier, small_network

CHANGES = 2000
MOST_LAYERS = 60
CONTROL, SHIFT, ALT = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier

KEYS = (
    (Key.Key_Delete, Modifier.NoModifier),
    (Key.Key_Delete, CONTROL),
    (Key.Key_M, Modifier.NoModifier),
    (Key.Key_D, CONTROL),
    (Key.Key_C, CONTROL),
    (Key.Key_V, CONTROL),
    (Key.Key_V, CONTROL | SHIFT),
    (Key.Key_G, CONTROL | SHIFT),
    (Key.Key_C, ALT),
    (Key.Key_C, ALT),
    (Key.Key_F, SHIFT),
    (Key.Key_F, CONTROL | ALT),
    (Key.Key_F, CONTROL | SHIFT),
    (Key.Key_Right, Modifier.NoModifier),
    (Key.Key_Down, SHIFT),
)


class Walker:
    """Does one random thing after the other, by keys, by mouse and from the palette."""

    def __init__(self, hands: Hands, document: Document) -> None:
        self.hands, self.document = hands, document
        self.random = random.Random(20)
        self.entries = [name for name in PALETTE if name not in {"Input", "Output"}]

    def step(self) -> None:
        document, chance = self.document, self.random
        ids = [node.id for node in document.network.nodes]
        if ids:
            document.select(chance.sample(ids, min(len(ids), chance.randint(1, 3))))
        doing = (self.press_key, self.press_key, self.add, self.drag, self.connect, self.group)
        chance.choice(doing)()
        if len(document.network.nodes) > MOST_LAYERS:
            document.select(ids[: MOST_LAYERS // 2])
            self.hands.key(Key.Key_Delete)

    def press_key(self) -> None:
        self.hands.key(*self.random.choice(KEYS))

    def add(self) -> None:
        name = self.random.choice(self.entries)
        edges = self.document.network.edges
        edge = self.random.choice(edges) if edges and self.random.random() < 0.5 else None
        at = (self.random.uniform(-500, 500), self.random.uniform(0, 900))
        self.hands.canvas.add_entry(name, SearchContext(at, edge=edge))

    def drag(self) -> None:
        cards = list(self.hands.canvas.picture.cards)
        if cards:
            start = self.hands.middle(self.random.choice(cards))
            way = QPoint(self.random.randint(-200, 200), self.random.randint(-200, 200))
            self.hands.drag(start, start + way)

    def connect(self) -> None:
        cards = list(self.hands.canvas.picture.cards)
        if len(cards) > 1:
            one, other = self.random.sample(cards, 2)
            self.hands.drag(self.hands.out(one), self.hands.middle(other))

    def group(self) -> None:
        self.hands.key(Key.Key_G, CONTROL)
        field = self.hands.canvas.overlays.name_field
        if field.isVisible():
            QTest.keyClick(field, Key.Key_Escape)

    def back_and_forth(self) -> None:
        """Undo some steps and do them again: the design is the very same."""
        stack, now = self.document.undo_stack, encode_network(self.document.network)
        index = stack.index()
        stack.setIndex(max(0, index - self.random.randint(1, 30)))
        stack.setIndex(index)
        assert encode_network(self.document.network) == now


def test_a_random_walk_can_be_undone_and_done_again(document: Document, hands: Hands) -> None:
    before = encode_network(document.network)
    assert before == encode_network(small_network())
    walker = Walker(hands, document)
    for number in range(CHANGES):
        walker.step()
        if number % 50 == 49:
            walker.back_and_forth()
            assert decode_network(encode_network(document.network)) == document.network
    stack, after = document.undo_stack, encode_network(document.network)
    assert stack.count() > CHANGES / 2
    stack.setIndex(0)
    assert encode_network(document.network) == before
    stack.setIndex(stack.count())
    assert encode_network(document.network) == after
    shown = {id_ for card in hands.canvas.picture.cards.values() for id_ in card.face.members}
    assert document.inside or shown == set(document.network.by_id)
