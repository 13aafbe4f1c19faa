"""Frames surround unfolded groups, move with them, and are named."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from core.network.network import decode_network, encode_network
from gui.design.canvas.painting.frames import Frame
from gui.owners.designs.document import Document
from tests.gui.conftest import until
from tests.gui.design.canvas.conftest import Hands, Key, Modifier

CONTROL = Modifier.ControlModifier


def select(document: Document, *names: str) -> None:
    document.select(node.id for node in document.network.nodes if node.name in names)


def frames(hands: Hands) -> list[Frame]:
    return hands.canvas.scene_.frames.all()


def title_place(hands: Hands) -> QPoint:
    (frame,) = frames(hands)
    return hands.canvas.mapFromScene(frame.title.center())


def framed(document: Document, hands: Hands, name: str = "stem") -> None:
    """Frame the first two layers by the keys, and name the frame."""
    select(document, "conv1", "relu1")
    hands.key(Key.Key_J, CONTROL)
    field = hands.canvas.overlays.name_field
    assert field.isVisible()
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Key.Key_Return)


def test_a_frame_is_drawn_around_the_selection_and_named(document: Document, hands: Hands) -> None:
    places = {node.id: node.position for node in document.network.nodes}
    framed(document, hands)
    (frame,) = frames(hands)
    assert frame.name == "stem"
    assert {document.network.by_id[id_].name for id_ in frame.members} == {
        "stem.conv1",
        "stem.relu1",
    }
    for id_ in frame.members:
        assert frame.rect.contains(hands.canvas.picture.cards[id_].rect)
    assert {node.id: node.position for node in document.network.nodes} == places
    assert decode_network(encode_network(document.network)).groups == document.network.groups
    hands.key(Key.Key_Z, CONTROL)
    hands.key(Key.Key_Z, CONTROL)
    assert not frames(hands)


def test_a_frame_is_moved_by_its_name_with_all_in_it(document: Document, hands: Hands) -> None:
    framed(document, hands)
    document.select([])
    before = {node.name: node.position for node in document.network.nodes}
    (frame,), steps = frames(hands), document.undo_stack.index()
    start = title_place(hands)
    hands.drag(start, start + QPoint(90, 0))
    after = {node.name: node.position for node in document.network.nodes}
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {"stem.conv1", "stem.relu1"}
    assert document.undo_stack.index() == steps + 1
    (now,) = frames(hands)
    assert now.rect.left() > frame.rect.left()
    assert now.rect.size() == frame.rect.size()


def test_a_click_on_the_name_selects_and_f2_renames(document: Document, hands: Hands) -> None:
    framed(document, hands)
    document.select([])
    QTest.mouseClick(hands.view, Qt.MouseButton.LeftButton, Modifier.NoModifier, title_place(hands))
    (frame,) = frames(hands)
    assert document.selection == frame.members
    hands.key(Key.Key_F2)
    field = hands.canvas.overlays.name_field
    field.selectAll()
    QTest.keyClicks(field, "head")
    QTest.keyClick(field, Key.Key_Return)
    assert frames(hands)[0].name == "head"


def test_a_folded_group_has_no_frame(document: Document, hands: Hands) -> None:
    framed(document, hands)
    hands.key(Key.Key_C, Modifier.AltModifier)
    assert not frames(hands)
    select(document, "stem.conv1", "stem.relu1")
    hands.key(Key.Key_C, Modifier.AltModifier)
    assert [frame.name for frame in frames(hands)] == ["stem"]
    hands.key(Key.Key_G, CONTROL | Modifier.ShiftModifier)
    assert not frames(hands)


@pytest.mark.parametrize("chosen", [("conv1",), ("conv1", "fc")])
def test_frames_are_painted_where_their_cards_are_dragged(
    qtbot, document: Document, hands: Hands, chosen: tuple[str, ...]
) -> None:
    select(document, *chosen)
    hands.key(Key.Key_J, CONTROL)
    QTest.keyClick(hands.canvas.overlays.name_field, Key.Key_Return)
    key = next(node.id for node in document.network.nodes if node.name.endswith("conv1"))
    start = hands.middle(key)
    painted: list[QRectF] = []
    hands.canvas.scene_.changed.connect(painted.extend)
    (before,) = frames(hands)
    hands.press(start)
    hands.move(start + QPoint(120, 40))
    (frame,) = frames(hands)
    assert frame.rect.contains(hands.canvas.picture.cards[key].rect)
    until(qtbot, lambda: all(any(p.contains(f.rect) for p in painted) for f in (before, frame)))
    hands.key(Key.Key_Escape)
    assert frames(hands)[0].rect == before.rect
