"""What the keyboard does on the canvas, done with key events."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.network.editing.freezing import set_frozen
from core.network.network import Network, encode_network
from core.network.templates import TEMPLATES
from gui.design.canvas.canvas import DesignCanvas
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.selection_edits import DESIGN_MIME
from gui.owners.designs.document import Document, Origin
from gui.owners.session import Session
from tests.gui.design.canvas.conftest import Hands, Key, Modifier, edges, names, selected

CONTROL, SHIFT, ALT = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier


def select(document: Document, *wanted: str) -> None:
    document.select(node.id for node in document.network.nodes if node.name in wanted)


def test_delete_takes_layers_and_their_wires_away(document: Document, hands: Hands) -> None:
    select(document, "relu1", "fc")
    hands.key(Key.Key_Delete)
    assert names(document).isdisjoint({"relu1", "fc"})
    assert not any("relu1" in ends for ends in edges(document))
    assert document.undo_stack.count() == 1
    hands.key(Key.Key_Z, CONTROL)
    assert {"relu1", "fc"} <= names(document)
    hands.key(Key.Key_Y, CONTROL)
    assert "fc" not in names(document)


def test_delete_and_reconnect_closes_the_gap(document: Document, hands: Hands) -> None:
    select(document, "flatten")
    hands.key(Key.Key_Delete, CONTROL)
    assert ("add", "fc") in edges(document)


@pytest.mark.parametrize(
    ("key", "modifier"), [(Key.Key_M, Modifier.NoModifier), (Key.Key_B, CONTROL)]
)
def test_a_bypassed_layer_stays_in_its_place_until_the_same_key(
    document: Document, hands: Hands, key, modifier
) -> None:
    before, card = document.network, hands.canvas.picture.cards["block.relu"]
    select(document, "block.relu")
    hands.key(key, modifier)
    assert {node.name for node in document.network.nodes if node.bypassed} == {"block.relu"}
    assert document.network.edges == before.edges
    said = hands.canvas.picture.cards["block.relu"].face
    assert said.count == "bypassed"
    assert "bypassed" in said.spoken
    assert said.output == card.face.output
    hands.key(key, modifier)
    assert document.network == before
    assert hands.canvas.picture.cards["block.relu"].face.count == "—"


def test_a_bypassed_layer_looks_otherwise_and_its_wires_are_dashed(
    document: Document, hands: Hands
) -> None:
    def shown() -> QImage:
        return hands.canvas.grab().toImage()

    select(document, "block.relu")
    before = shown()
    hands.key(Key.Key_M)
    assert shown() != before
    hands.key(Key.Key_Z, CONTROL)
    assert shown() == before


def test_the_ends_of_the_network_cannot_be_bypassed(document: Document, hands: Hands) -> None:
    before = document.network
    select(document, "input")
    hands.key(Key.Key_M)
    assert document.network is before


def test_layers_are_copied_to_another_window(
    qtbot, document: Document, hands: Hands, session: Session
) -> None:
    select(document, "block.conv", "block.relu")
    hands.key(Key.Key_C, CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasFormat(DESIGN_MIME)
    assert mime.text().startswith("{")
    other = Document()
    second = DesignCanvas(other, session)
    qtbot.addWidget(second)
    second.show()
    QTest.keyClick(second, Key.Key_V, CONTROL)
    assert names(other) == {"block.conv", "block.relu"}
    assert edges(other) == {("block.conv", "block.relu")}
    assert len(other.selection) == 2


def test_pasting_keeps_inputs_only_if_asked(document: Document, hands: Hands) -> None:
    select(document, "conv1")
    hands.key(Key.Key_C, CONTROL)
    hands.key(Key.Key_V, CONTROL)
    assert ("input", "conv2") not in edges(document)
    hands.key(Key.Key_V, CONTROL | SHIFT)
    assert ("input", "conv3") in edges(document)
    assert document.undo_stack.count() == 2


@pytest.mark.parametrize("key", [Key.Key_V, Key.Key_D])
def test_a_copy_lies_on_no_other_card(document: Document, hands: Hands, key: Key) -> None:
    hands.click(hands.middle("relu1"))
    hands.key(Key.Key_C, CONTROL)
    for count in (1, 2):
        hands.key(key, CONTROL)
        assert document.undo_stack.count() == count
        shown = [card.rect for card in hands.canvas.picture.cards.values()]
        assert not any(one.intersects(other) for one, other in combinations(shown, 2))


def test_cut_and_duplicate(document: Document, hands: Hands) -> None:
    select(document, "fc")
    hands.key(Key.Key_D, CONTROL)
    assert {"fc", "fc2"} <= names(document)
    assert selected(document) == {"fc2"}
    hands.key(Key.Key_X, CONTROL)
    assert "fc2" not in names(document)
    hands.key(Key.Key_V, CONTROL)
    assert "fc2" in names(document)


def test_other_text_in_the_clipboard_is_not_pasted(document: Document, hands: Hands) -> None:
    QGuiApplication.clipboard().setText('{"nodes": 3}')
    hands.key(Key.Key_V, CONTROL)
    assert not document.undo_stack.count()


def test_group_asks_for_a_name_and_ungroup_frees(qtbot, document: Document, hands: Hands) -> None:
    select(document, "conv1", "relu1")
    hands.key(Key.Key_G, CONTROL)
    field = hands.canvas.overlays.name_field
    assert field.isVisible()
    qtbot.keyClicks(field, "stem")
    QTest.keyClick(field, Key.Key_Return)
    assert {"stem.conv1", "stem.relu1"} <= names(document)
    assert "stem." in hands.canvas.picture.cards
    hands.key(Key.Key_C, ALT)
    assert "stem." not in hands.canvas.picture.cards
    hands.key(Key.Key_C, ALT)
    assert "stem." in hands.canvas.picture.cards
    hands.key(Key.Key_G, CONTROL | SHIFT)
    assert "stem." not in hands.canvas.picture.cards
    assert not document.network.groups


def test_a_group_is_entered_and_left(document: Document, hands: Hands) -> None:
    select(document, "block.conv")
    hands.key(Key.Key_C, ALT)
    hands.key(Key.Key_Down, ALT)
    assert document.inside == "block"
    hands.key(Key.Key_Up, ALT)
    assert document.inside == ""


def test_rename_takes_a_name_refuses_another_and_gives_up(
    qtbot, document: Document, hands: Hands, session: Session
) -> None:
    select(document, "fc")
    field = hands.canvas.overlays.name_field
    hands.key(Key.Key_F2)
    assert field.text() == "fc"
    qtbot.keyClicks(field, "head")
    QTest.keyClick(field, Key.Key_Return)
    assert "head" in names(document)
    hands.key(Key.Key_F2)
    qtbot.keyClicks(field, "conv1")
    QTest.keyClick(field, Key.Key_Return)
    assert "head" in names(document)
    assert "conv1" in session.notices.current.text
    hands.key(Key.Key_F2)
    qtbot.keyClicks(field, "x")
    QTest.keyClick(field, Key.Key_Escape)
    assert "head" in names(document)
    assert hands.canvas.hasFocus()


def test_a_note_is_written(qtbot, document: Document, hands: Hands) -> None:
    select(document, "fc")
    hands.key(Key.Key_F2, SHIFT)
    note = hands.canvas.overlays.note_field
    qtbot.keyClicks(note.field, "ends here")
    from tests.gui.conftest import click

    click(qtbot, note, "Save note")
    assert document.network.named("fc").note == "ends here"
    assert hands.canvas.picture.cards["fc"].face.marks == ("note",)


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_note_is_kept_by_ctrl_enter_and_by_a_click_elsewhere(
    qtbot, document: Document, hands: Hands, way: str
) -> None:
    hands.click(hands.middle("fc"))
    hands.key(Key.Key_F2, Modifier.ShiftModifier)
    note = hands.canvas.overlays.note_field
    qtbot.waitUntil(note.field.hasFocus)
    qtbot.keyClicks(note.field, "ends here")
    if way == "key":
        qtbot.keyClick(note.field, Key.Key_Return, Modifier.ControlModifier)
        assert hands.canvas.hasFocus()
    else:
        hands.click(hands.middle("conv1"))
        assert selected(document) == {"conv1"}
    assert not note.isVisible()
    assert document.network.named("fc").note == "ends here"
    assert document.undo_stack.count() == 1
    hands.click(hands.middle("fc"))
    hands.key(Key.Key_F2, Modifier.ShiftModifier)
    hands.click(hands.middle("conv1"))
    assert document.undo_stack.count() == 1, "a note that stays the same is no step"


def test_freeze_up_to_here(document: Document, hands: Hands) -> None:
    select(document, "relu1")
    hands.key(Key.Key_F, CONTROL | ALT)
    frozen = {node.name for node in document.network.nodes if node.frozen}
    assert frozen == {"input", "conv1", "relu1"}
    hands.key(Key.Key_F, SHIFT)
    assert not document.network.named("relu1").frozen


def test_the_frozen_mark_is_painted_on_the_card(document: Document, hands: Hands) -> None:
    canvas = hands.canvas
    canvas.overlays.minimap.hide()
    before = canvas.grab().toImage()
    document.change(set_frozen(document.network, ["conv1"], True), "Freeze")
    after = canvas.grab().toImage()
    card = canvas.on_screen(canvas.picture.cards["conv1"].rect)
    changed = [
        QPoint(x, y)
        for x in range(after.width())
        for y in range(after.height())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert changed
    assert all(card.contains(at) for at in changed)
    assert all(at.x() > card.center().x() and at.y() < card.center().y() for at in changed)


def test_arrows_move_the_selection_as_one_step(document: Document, hands: Hands) -> None:
    select(document, "fc")
    x, y = document.network.named("fc").position
    for _ in range(3):
        hands.key(Key.Key_Right)
    hands.key(Key.Key_Down, SHIFT)
    assert document.network.named("fc").position == (x + 12, y + 24)
    assert document.undo_stack.count() == 1


def test_tab_walks_cards_and_wires_and_says_them(document: Document, hands: Hands) -> None:
    canvas = hands.canvas
    hands.key(Key.Key_Tab)
    assert canvas.focus.key == "input"
    assert canvas.accessibleDescription() == "Image input, output 3 × 32 × 32, parameters 0"
    hands.key(Key.Key_Tab)
    assert canvas.scene_.selected_wires() == [("input", "conv1")]
    hands.key(Key.Key_Tab)
    assert canvas.focus.key == "conv1"
    assert canvas.accessibleDescription() == "conv1 · Conv 2D, output 8 × 32 × 32, parameters 224"
    hands.key(Key.Key_Return)
    assert selected(document) == {"conv1"}
    hands.key(Key.Key_Backtab, SHIFT)
    hands.key(Key.Key_Delete)
    assert ("input", "conv1") not in edges(document)


def test_the_spoken_card_follows_a_change(document: Document, hands: Hands) -> None:
    hands.canvas.focus.put_at("conv1")
    document.change(document.network.with_setting("conv1", "out_channels", 16), "Set filters")
    assert "output 16 × 32 × 32" in hands.canvas.accessibleDescription()


def test_space_selects_what_the_keyboard_is_at(document: Document, hands: Hands) -> None:
    hands.key(Key.Key_Tab)
    hands.key(Key.Key_Space)
    assert selected(document) == {"input"}


def test_tab_leaves_the_canvas_after_the_last_card(qtbot, hands: Hands) -> None:
    hands.canvas.focus.put_at("output")
    hands.key(Key.Key_Tab)
    assert hands.canvas.focus.key == ""


def test_tab_and_shift_a_ask_for_a_layer(hands: Hands, document: Document) -> None:
    asked: list[SearchContext] = []
    hands.canvas.search_wanted.connect(lambda _place, context: asked.append(context))
    hands.key(Key.Key_A, SHIFT)
    document.open(Network(), Origin())
    hands.key(Key.Key_Tab)
    assert len(asked) == 2


def test_find_shows_one_after_the_other(qtbot, document: Document, hands: Hands) -> None:
    hands.key(Key.Key_F, CONTROL)
    bar = hands.canvas.overlays.find_bar
    field = bar.findChild(QLineEdit)
    qtbot.keyClicks(field, "relu")
    assert selected(document) == {"relu1"}
    assert "conv1" in hands.canvas.scene_.cards.marks.faint
    QTest.keyClick(field, Key.Key_Return)
    assert selected(document) == {"block.relu"}
    QTest.keyClick(field, Key.Key_Escape)
    assert not bar.isVisible()
    assert not hands.canvas.scene_.cards.marks.faint


def test_home_and_f_bring_into_sight(document: Document, hands: Hands) -> None:
    canvas = hands.canvas
    canvas.zoom_to(400)
    canvas.pan_by(5000, 5000)
    hands.key(Key.Key_Home)
    assert canvas.visible_area().contains(canvas.picture.bounds())
    select(document, "fc")
    hands.key(Key.Key_F)
    assert canvas.visible_area().contains(canvas.picture.cards["fc"].rect)
    assert canvas.percent == pytest.approx(100)


def test_arrange_align_and_distribute(document: Document, hands: Hands) -> None:
    canvas = hands.canvas
    select(document, "conv1", "relu1", "fc")
    hands.key(Key.Key_Right, SHIFT)
    hands.key(Key.Key_A, Modifier.AltModifier)
    cards = canvas.picture.cards
    assert len({cards[key].left for key in ("conv1", "relu1", "fc")}) == 1
    hands.key(Key.Key_V, CONTROL | Modifier.AltModifier)
    cards = canvas.picture.cards
    tops = sorted(cards[key].top for key in ("conv1", "relu1", "fc"))
    assert tops[1] - tops[0] == pytest.approx(tops[2] - tops[1])
    document.select(())
    hands.key(Key.Key_F, CONTROL | SHIFT)
    found = list(canvas.picture.cards.values())
    assert not any(a.rect.intersects(b.rect) for n, a in enumerate(found) for b in found[n + 1 :])


def test_every_action_has_its_own_keys(canvas: DesignCanvas) -> None:
    keys = [key for spec in canvas.actions_table for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_a_blocked_key_changes_nothing(document: Document, hands: Hands) -> None:
    before = encode_network(document.network)
    for spec in hands.canvas.actions_table:
        if spec.blocked():
            sequence = spec.keys[0] if spec.keys else ""
            if sequence:
                QTest.keySequence(hands.canvas, sequence)
    assert encode_network(document.network) == before


@pytest.mark.parametrize("name", ["vgg19", "alexnet"])
def test_a_tall_network_opens_readable_at_its_top(
    hands: Hands, document: Document, name: str
) -> None:
    from core.network.layout.opening_view import readable

    canvas = hands.canvas
    canvas.resize(800, 700)
    document.open(readable(TEMPLATES[name].build(1000)), Origin(name))
    canvas.show_opened()
    cards = canvas.picture.cards
    assert len(cards) == len(document.network.nodes), "every layer is shown"
    assert canvas.percent == pytest.approx(85)
    assert canvas.visible_area().contains(cards["input"].rect)
    assert not canvas.visible_area().contains(cards["output"].rect)
    canvas.fit()
    assert canvas.visible_area().contains(canvas.picture.bounds())


def test_a_folded_card_says_how_many_layers_it_has(hands: Hands, document: Document) -> None:
    from core.network.layout.opening_view import readable

    document.open(readable(TEMPLATES["resnet152"].build(1000)), Origin("ResNet-152"))
    face = hands.canvas.picture.cards["layer1."].face
    assert face.corner == "▸ 32"
    assert face.corner_words.startswith("▸ 32 layer")


def test_a_large_network_is_drawn_folded_and_coloured(hands: Hands, document: Document) -> None:
    from core.network.layout.opening_view import readable

    document.open(readable(TEMPLATES["resnet152"].build(1000)), Origin("ResNet-152"))
    canvas = hands.canvas
    canvas.fit()
    assert canvas.picture.cards["layer3."].face.title == ("layer3", "36 × Bottleneck")
    canvas.heat.show_mode("parameters")
    heat = canvas.scene_.cards.marks.heat
    assert max(heat, key=heat.get) == "layer3."
    legend = canvas.overlays.legend
    assert legend.isVisible()
    assert "67" in legend.accessibleName()
    canvas.heat.show_mode("")
    assert not legend.isVisible()
    assert canvas.grab().size().width() == QPoint(canvas.width(), 0).x()
