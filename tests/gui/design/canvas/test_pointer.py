"""What the mouse does on the canvas, done with mouse events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from core.network.editing.grouping import set_folded
from core.network.layout.arrange import arranged
from core.network.network import Network
from core.network.view.placing import move
from gui.design.canvas.canvas import DesignCanvas
from gui.design.canvas.gestures.dropping import LAYER_MIME
from gui.design.canvas.gestures.edge_scrolling import EdgeScrolling
from gui.design.canvas.search_context import SearchContext
from gui.owners.designs.document import Document, Origin
from tests.gui.design.canvas.conftest import (
    NONE,
    Button,
    Hands,
    Key,
    Modifier,
    edges,
    names,
    selected,
)


def fold(document: Document) -> None:
    document.change(set_folded(document.network, "block", True), "Fold")


def test_a_click_selects_and_keys_add_and_toggle(document: Document, hands: Hands) -> None:
    hands.click(hands.middle("conv1"))
    assert selected(document) == {"conv1"}
    hands.click(hands.middle("relu1"), Modifier.ShiftModifier)
    assert selected(document) == {"conv1", "relu1"}
    hands.click(hands.middle("conv1"), Modifier.ControlModifier)
    assert selected(document) == {"relu1"}
    hands.click(hands.empty())
    assert selected(document) == set()
    assert not document.undo_stack.count()


def test_a_rubber_band_selects_adds_and_toggles(document: Document, hands: Hands) -> None:
    canvas = hands.canvas
    area = canvas.picture.cards["conv1"].rect.united(canvas.picture.cards["relu1"].rect)
    corners = (
        canvas.mapFromScene(area.topLeft() - QPointF(20, 5)),
        canvas.mapFromScene(area.bottomRight() + QPointF(20, 5)),
    )
    hands.drag(*corners)
    assert selected(document) == {"conv1", "relu1"}
    fc = canvas.picture.cards["fc"].rect
    around = (
        canvas.mapFromScene(fc.topLeft() - QPointF(20, 5)),
        canvas.mapFromScene(fc.bottomRight() + QPointF(20, 5)),
    )
    hands.drag(*around, modifier=Modifier.ShiftModifier)
    assert selected(document) == {"conv1", "relu1", "fc"}
    hands.drag(*corners, modifier=Modifier.ControlModifier)
    assert selected(document) == {"fc"}


def test_escape_gives_a_rubber_band_up(document: Document, hands: Hands) -> None:
    hands.click(hands.middle("fc"))
    hands.press(hands.empty())
    hands.move(hands.middle("add"))
    assert selected(document) != {"fc"}
    hands.key(Key.Key_Escape)
    assert selected(document) == {"fc"}


def test_dragging_all_cards_is_one_step(document: Document, hands: Hands) -> None:
    before = {node.id: node.position for node in document.network.nodes}
    hands.key(Key.Key_A, Modifier.ControlModifier)
    start = hands.middle("conv1")
    hands.drag(start, start + QPoint(90, 60), modifier=Modifier.AltModifier)
    after = {node.id: node.position for node in document.network.nodes}
    zoom = hands.canvas.zoom
    for id_, (x, y) in before.items():
        assert after[id_] == pytest.approx((x + 90 / zoom, y + 60 / zoom), abs=2 / zoom)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert {node.id: node.position for node in document.network.nodes} == before


def test_escape_gives_a_drag_up(document: Document, hands: Hands) -> None:
    canvas, network = hands.canvas, document.network
    place = canvas.picture.cards["conv1"].middle
    hands.press(hands.middle("conv1"))
    hands.move(hands.middle("conv1") + QPoint(100, 50))
    assert canvas.picture.cards["conv1"].middle != place
    assert document.network is network, "nothing changes before the end of a drag"
    hands.key(Key.Key_Escape)
    assert canvas.picture.cards["conv1"].middle == place
    assert not document.undo_stack.count()


def test_a_dragged_card_lies_on_top_of_others(hands: Hands) -> None:
    canvas, view = hands.canvas, hands.view
    stripe = QPointF(3, canvas.picture.cards["fc"].rect.height() / 2)

    def colour_of(key: str) -> str:
        at = canvas.mapFromScene(canvas.picture.cards[key].rect.topLeft() + stripe)
        return view.grab().toImage().pixelColor(at).name()

    own, other = colour_of("fc"), colour_of("output")
    assert own != other
    hands.press(hands.middle("fc"))
    for step in (20, 0):
        hands.move(hands.middle("output") + QPoint(0, step), modifier=Modifier.AltModifier)
    assert colour_of("output") == own


def test_a_dragged_card_snaps_to_the_line_of_others(document: Document, hands: Hands) -> None:
    moved = move(document.network, ["fc"], 300, 0)
    document.change(moved, "Move")
    line = hands.canvas.picture.cards["flatten"].middle[0]
    start = hands.middle("fc")
    aim = hands.canvas.mapFromScene(QPointF(line, hands.canvas.picture.cards["fc"].middle[1]))
    hands.drag(start, QPoint(aim.x() + 4, start.y() + 30))
    assert hands.canvas.picture.cards["fc"].middle[0] == pytest.approx(line)


def test_a_wire_is_drawn_from_port_to_port_and_to_a_card(document: Document, hands: Hands) -> None:
    hands.drag(hands.out("conv1"), hands.into("flatten"))
    assert ("conv1", "flatten") in edges(document)
    assert ("add", "flatten") not in edges(document)
    hands.drag(hands.out("relu1"), hands.middle("fc"))
    assert ("relu1", "fc") in edges(document)
    assert document.undo_stack.count() == 2


def test_a_wire_that_would_close_a_circle_is_not_drawn(document: Document, hands: Hands) -> None:
    asked: list[object] = []
    hands.canvas.search_wanted.connect(lambda _place, context: asked.append(context))
    before = edges(document)
    hands.drag(hands.out("add"), hands.middle("conv1"))
    assert edges(document) == before
    assert not asked


def test_compatible_cards_light_up_while_a_wire_is_drawn(hands: Hands) -> None:
    hands.press(hands.out("block.conv"))
    hands.move(hands.empty())
    lit = set(hands.canvas.scene_.cards.marks.lit)
    assert {"block.relu", "add", "flatten", "fc", "output"} <= lit
    assert lit.isdisjoint({"input", "conv1", "relu1", "block.conv"})
    hands.key(Key.Key_Escape)
    assert not hands.canvas.scene_.cards.marks.lit


def test_a_wire_dropped_on_the_ground_asks_for_a_layer(document: Document, hands: Hands) -> None:
    asked: list[SearchContext] = []
    hands.canvas.search_wanted.connect(lambda _place, context: asked.append(context))
    hands.drag(hands.out("conv1"), hands.empty())
    assert asked[0].source == ("conv1", 0)
    hands.canvas.add_entry("MaxPool2d", asked[0])
    assert ("conv1", "pool1") in edges(document)
    assert document.undo_stack.count() == 1
    assert selected(document) == {"pool1"}


def test_a_wire_is_taken_off_its_input_and_dropped(document: Document, hands: Hands) -> None:
    hands.drag(hands.into("fc"), hands.empty())
    assert ("flatten", "fc") not in edges(document)
    hands.drag(hands.into("fc"), hands.out("flatten"))
    assert ("flatten", "fc") in edges(document)


def test_a_click_on_a_port_changes_nothing(document: Document, hands: Hands) -> None:
    before = document.network
    hands.click(hands.into("fc"))
    assert document.network is before
    assert not document.undo_stack.count()
    assert hands.canvas.scene_.selected_wires() == [("flatten", "fc")]
    hands.click(hands.into("input", 0) + QPoint(0, 20))
    assert selected(document) == {"input"}


def test_a_card_dropped_on_a_wire_is_put_into_it(document: Document, hands: Hands) -> None:
    hands.canvas.add_entry("Dropout", SearchContext((-500.0, 100.0)))
    hands.canvas.fit()
    hands.press(hands.middle("dropout1"))
    aim = hands.on_wire("flatten", "fc")
    hands.move(hands.middle("dropout1") + QPoint(20, 20))
    hands.move(aim)
    assert set(hands.canvas.scene_.wires.lit) == {("flatten", "fc")}
    hands.release(aim)
    assert {("flatten", "dropout1"), ("dropout1", "fc")} <= edges(document)
    assert ("flatten", "fc") not in edges(document)
    cards = list(hands.canvas.picture.cards.values())
    assert not any(
        a.rect.intersects(b.rect) for n, a in enumerate(cards) for b in cards[n + 1 :]
    ), "neighbours make room"
    assert document.undo_stack.count() == 2


def no_overlap(hands: Hands) -> bool:
    rects = [card.rect for card in hands.canvas.picture.cards.values()]
    return not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])


def places(hands: Hands) -> dict[str, tuple[float, float]]:
    return {key: card.middle for key, card in hands.canvas.picture.cards.items()}


def test_neighbours_make_room_while_a_card_is_held_over_a_wire(
    document: Document, hands: Hands
) -> None:
    canvas = hands.canvas
    canvas.add_entry("Dropout", SearchContext((-500.0, 100.0)))
    canvas.fit()
    wires = dict(canvas.picture.wires)
    before, start, aim = places(hands), hands.middle("dropout1"), hands.on_wire("conv1", "relu1")
    hands.press(start)
    hands.move(start + QPoint(20, 20))
    hands.move(aim)
    shown = places(hands)
    assert set(canvas.scene_.wires.lit) == {("conv1", "relu1")}
    assert no_overlap(hands)
    assert shown["relu1"][1] > before["relu1"][1]
    assert shown["conv1"] == before["conv1"]
    assert document.undo_stack.count() == 1, "nothing is changed yet"
    hands.move(aim + QPoint(-300, 0))
    back = places(hands)
    del back["dropout1"]
    assert back == {key: at for key, at in before.items() if key != "dropout1"}
    assert canvas.picture.wires == wires, "wires lead where they led"
    hands.move(aim)
    hands.release(aim)
    assert places(hands) == shown
    document.undo_stack.undo()
    assert places(hands) == before


def test_escape_lets_neighbours_back(document: Document, hands: Hands) -> None:
    hands.canvas.add_entry("Dropout", SearchContext((-500.0, 100.0)))
    hands.canvas.fit()
    before = places(hands)
    hands.press(hands.middle("dropout1"))
    hands.move(hands.middle("dropout1") + QPoint(20, 20))
    hands.move(hands.on_wire("conv1", "relu1"))
    assert places(hands) != before
    hands.key(Qt.Key.Key_Escape)
    assert places(hands) == before


def test_the_view_moves_on_while_a_drag_is_held_at_its_edge(
    qtbot, document: Document, hands: Hands
) -> None:
    canvas = hands.canvas
    start = hands.middle("fc")
    hands.press(start)
    edge = QPoint(start.x(), hands.view.height() - 2)
    hands.move(edge)
    assert canvas.findChild(EdgeScrolling).active
    before = canvas.visible_area().top()
    qtbot.waitUntil(lambda: canvas.visible_area().top() > before + 200)
    card = canvas.picture.cards["fc"]
    assert canvas.visible_area().intersects(card.rect), "the card comes along"
    hands.release(edge)
    assert not canvas.findChild(EdgeScrolling).active
    assert document.network.by_id["fc"].position == pytest.approx(card.middle)
    assert document.undo_stack.count() == 1


def test_a_press_at_the_edge_moves_nothing(hands: Hands) -> None:
    before = hands.canvas.visible_area()
    at = QPoint(3, hands.view.height() // 2)
    hands.press(at)
    hands.move(at + QPoint(10, 0))
    assert not hands.canvas.findChild(EdgeScrolling).active
    hands.release(at + QPoint(10, 0))
    assert hands.canvas.visible_area() == before


def test_alt_keeps_a_card_out_of_a_wire(document: Document, hands: Hands) -> None:
    hands.canvas.add_entry("Dropout", SearchContext((-500.0, 100.0)))
    hands.canvas.fit()
    before = edges(document)
    aim = hands.on_wire("flatten", "fc")
    hands.drag(hands.middle("dropout1"), aim, modifier=Modifier.AltModifier)
    assert edges(document) == before


def test_a_wire_more_reaches_a_layer_that_joins(document: Document, hands: Hands) -> None:
    hands.drag(hands.out("conv1"), hands.into("add"))
    assert {("conv1", "add"), ("relu1", "add"), ("block.relu", "add")} <= edges(document)
    hands.drag(hands.into("add"), hands.out("block.conv"))
    assert len(document.network.incoming["add"]) == 4


def test_the_sentence_of_a_problem_is_the_tool_tip(document: Document, hands: Hands) -> None:
    document.change(document.network.with_setting("block.conv", "out_channels", 9), "Set filters")
    assert hands.canvas.picture.cards["add"].face.problem
    hands.move(hands.middle("add"), Button.NoButton)
    assert "Add needs inputs of one shape" in hands.canvas.toolTip()


def test_an_entered_group_shows_where_its_wires_lead(document: Document, hands: Hands) -> None:
    fold(document)
    document.enter("block")
    stubs = hands.canvas.scene_.wires.stubs
    assert {(stub.name, stub.incoming) for stub in stubs} == {("relu1", True), ("add", False)}


def test_a_line_cuts_wires(document: Document, hands: Hands) -> None:
    at = hands.on_wire("flatten", "fc")
    way = QPoint(40, 0)
    hands.drag(at - way, at + way, Button.RightButton, Modifier.ControlModifier)
    assert ("flatten", "fc") not in edges(document)
    assert document.undo_stack.count() == 1
    at = hands.on_wire("conv1", "relu1")
    hands.press(at - way, Button.RightButton, Modifier.ControlModifier)
    hands.move(at + way, Button.RightButton, Modifier.ControlModifier)
    hands.key(Key.Key_Escape)
    assert ("conv1", "relu1") in edges(document)


@pytest.mark.parametrize("space", [False, True])
def test_the_ground_is_moved(hands: Hands, *, space: bool) -> None:
    canvas, start = hands.canvas, hands.empty()
    under = canvas.mapToScene(start)
    if space:
        QTest.keyPress(canvas, Key.Key_Space)
    button = Button.LeftButton if space else Button.MiddleButton
    hands.drag(start, start + QPoint(70, -40), button)
    if space:
        QTest.keyRelease(canvas, Key.Key_Space)
    moved = canvas.mapToScene(start + QPoint(70, -40))
    assert (moved - under).manhattanLength() < 3 / canvas.zoom
    assert not canvas.document.selection


def wheel(hands: Hands, at: QPoint, turn: QPoint, *, pixels=None, modifier=NONE, phase=None):
    phase = phase or Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        QPointF(at),
        QPointF(hands.view.mapToGlobal(at)),
        pixels or QPoint(),
        turn,
        Button.NoButton,
        modifier,
        phase,
        False,
    )
    QApplication.sendEvent(hands.view, event)


def test_the_wheel_zooms_at_the_pointer(hands: Hands) -> None:
    canvas, at = hands.canvas, hands.middle("conv1")
    for turn, modifier in ((120, NONE), (-120, NONE), (-120, Modifier.ControlModifier)):
        zoom, under = canvas.zoom, canvas.mapToScene(at)
        wheel(hands, at, QPoint(0, turn), modifier=modifier)
        assert (canvas.zoom > zoom) == (turn > 0)
        assert (canvas.mapToScene(at) - under).manhattanLength() < 3 / canvas.zoom


def test_two_fingers_move_the_ground(hands: Hands) -> None:
    canvas, at = hands.canvas, hands.middle("conv1")
    zoom, under = canvas.zoom, canvas.mapToScene(at)
    phase = Qt.ScrollPhase.ScrollUpdate
    wheel(hands, at, QPoint(0, 80), pixels=QPoint(12, 30), phase=phase)
    assert canvas.zoom == zoom
    moved = canvas.mapToScene(at + QPoint(12, 30))
    assert (moved - under).manhattanLength() < 3 / zoom
    wheel(hands, at, QPoint(0, 80), phase=phase, modifier=Modifier.ControlModifier)
    assert canvas.zoom > zoom


def drop(hands: Hands, name: str, at: QPoint) -> None:
    data = QMimeData()
    data.setData(LAYER_MIME, name.encode())
    copy, left = Qt.DropAction.CopyAction, Button.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(hands.view, kind(at, copy, data, left, NONE))
    QApplication.sendEvent(hands.view, QDropEvent(QPointF(at), copy, data, left, NONE))


def test_a_layer_is_dropped_on_the_ground_a_wire_and_a_port(
    document: Document, hands: Hands
) -> None:
    at = hands.canvas.mapToScene(hands.empty())
    drop(hands, "Conv2d", hands.empty())
    node = next(n for n in document.network.nodes if n.name not in names_before())
    assert node.position == pytest.approx((at.x(), at.y()))
    drop(hands, "Dropout", hands.on_wire("flatten", "fc"))
    assert {("flatten", "dropout1"), ("dropout1", "fc")} <= edges(document)
    hands.canvas.fit()
    drop(hands, "MaxPool2d", hands.out("relu1"))  # which feeds two layers already
    assert [edge for edge in edges(document) if "pool1" in edge] == [("relu1", "pool1")]
    assert document.undo_stack.count() == 3


@pytest.mark.parametrize("zoom", [100, 60])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_layer_dropped_anywhere_on_a_short_wire_is_put_into_it(
    document: Document, hands: Hands, zoom: float, share: float
) -> None:
    """Ports, which are larger than they are drawn, meet in the middle of a short wire."""
    document.change(arranged(document.network), "Arrange")
    hands.canvas.zoom_to(zoom)
    cards = hands.canvas.picture.cards
    upper, lower = (cards[document.network.named(name).id] for name in ("flatten", "fc"))
    hands.canvas.look_at(upper.rect.center())
    along = upper.bottom + share * (lower.top - upper.bottom)
    drop(hands, "Dropout", hands.canvas.mapFromScene(QPointF(upper.middle[0], along)))
    assert {("flatten", "dropout1"), ("dropout1", "fc")} <= edges(document)
    assert ("flatten", "fc") not in edges(document)
    assert no_overlap(hands)


def test_a_layer_dropped_on_a_card_comes_behind_it(document: Document, hands: Hands) -> None:
    drop(hands, "Dropout", hands.middle("flatten"))
    assert {("flatten", "dropout1"), ("dropout1", "fc")} <= edges(document)
    assert no_overlap(hands)
    drop(hands, "ReLU", hands.middle("relu1"))
    assert {("relu1", "relu2"), ("relu2", "block.conv"), ("relu2", "add")} <= edges(document)
    assert no_overlap(hands)


def names_before() -> set[str]:
    from tests.gui.design.canvas.conftest import small_network

    return {node.name for node in small_network().nodes}


def test_something_else_is_not_taken(document: Document, hands: Hands) -> None:
    drop(hands, "os.system", hands.empty())
    assert not document.undo_stack.count()


def test_double_click_enters_a_group_and_the_breadcrumb_leaves(
    qtbot, document: Document, hands: Hands
) -> None:
    fold(document)
    hands.canvas.fit()
    assert "block." in hands.canvas.picture.cards
    QTest.mouseDClick(hands.view, Button.LeftButton, NONE, hands.middle("block."))
    assert document.inside == "block"
    assert set(hands.canvas.picture.cards) == {"block.conv", "block.relu"}
    crumb = hands.canvas.overlays.breadcrumb
    assert crumb.isVisible()
    from PySide6.QtWidgets import QPushButton

    (back,) = crumb.findChildren(QPushButton)
    qtbot.mouseClick(back, Button.LeftButton)
    assert document.inside == ""
    assert "block." in hands.canvas.picture.cards


def test_double_click_and_right_click_on_the_ground_ask_for_a_layer(hands: Hands) -> None:
    asked: list[SearchContext] = []
    hands.canvas.search_wanted.connect(lambda _place, context: asked.append(context))
    at = hands.empty()
    QTest.mouseDClick(hands.view, Button.LeftButton, NONE, at)
    from PySide6.QtGui import QContextMenuEvent

    mouse = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(hands.view, QContextMenuEvent(mouse, at, hands.view.mapToGlobal(at)))
    place = hands.canvas.mapToScene(at)
    assert [context.position for context in asked] == [(place.x(), place.y())] * 2


@pytest.mark.qt_log_ignore("plugin does not support")
def test_right_click_on_a_card_offers_what_can_be_done(document: Document, hands: Hands) -> None:
    from PySide6.QtGui import QContextMenuEvent

    at = hands.middle("conv1")
    mouse = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(hands.view, QContextMenuEvent(mouse, at, hands.view.mapToGlobal(at)))
    assert selected(document) == {"conv1"}
    (menu,) = [menu for menu in hands.canvas.findChildren(QMenu) if menu.isVisible()]
    action = next(a for a in menu.actions() if a.text().startswith("Delete\t"))
    action.trigger()
    menu.close()
    assert "conv1" not in names(document)
    blocked = next(a for a in menu.actions() if a.text().startswith("Ungroup"))
    assert not blocked.isEnabled()
    assert blocked.toolTip() == "Select a group."


def test_a_wire_says_its_shape_where_the_pointer_rests(hands: Hands) -> None:
    hands.move(hands.on_wire("flatten", "fc"), Button.NoButton)
    label = hands.canvas.scene_.hints.label
    assert label is not None
    assert label[1].startswith("8192")


@pytest.mark.parametrize("share", [0.1, 0.35, 0.65, 0.9])
def test_a_wire_says_its_shape_also_near_the_ports_at_its_ends(
    document: Document, hands: Hands, share: float
) -> None:
    picture = hands.canvas.picture
    at = hands.canvas.mapFromScene(picture.wires["flatten", "fc"].path.pointAtPercent(share))
    hands.move(at, Button.NoButton)
    hints = hands.canvas.scene_.hints
    assert hints.label is not None
    assert hints.label[1].startswith("8192")
    assert hints.ports, "a wire can still be drawn from there"
    hands.move(hands.middle("fc"), Button.NoButton)
    assert hands.canvas.scene_.hints.label is None


def test_the_map_leads_elsewhere(canvas: DesignCanvas) -> None:
    canvas.zoom_to(200)
    map_ = canvas.overlays.minimap
    QTest.mousePress(map_, Button.LeftButton, NONE, QPoint(map_.width() // 2, 12))
    high = canvas.visible_area().center().y()
    QTest.mousePress(map_, Button.LeftButton, NONE, QPoint(map_.width() // 2, map_.height() - 12))
    assert canvas.visible_area().center().y() > high + 200


def test_a_second_button_does_not_disturb_a_drag(document: Document, hands: Hands) -> None:
    start = hands.middle("conv1")
    hands.press(start)
    hands.move(start + QPoint(60, 0))
    QTest.mousePress(hands.view, Button.MiddleButton, NONE, start + QPoint(60, 0))
    QTest.mouseRelease(hands.view, Button.MiddleButton, NONE, start + QPoint(60, 0))
    hands.release(start + QPoint(60, 0))
    assert document.undo_stack.count() == 1


def test_a_change_from_elsewhere_ends_a_drag(document: Document, hands: Hands) -> None:
    hands.press(hands.middle("conv1"))
    hands.move(hands.middle("conv1") + QPoint(80, 40))
    document.open(Network(), Origin())
    assert not hands.canvas.busy
    hands.release(QPoint(200, 200))
    assert not hands.canvas.picture.cards


def test_an_undo_from_elsewhere_during_a_drag_leaves_cards_in_their_places(
    document: Document, hands: Hands
) -> None:
    document.change(move(document.network, ["fc"], 200, 0), "Move")
    hands.press(hands.middle("fc"))
    hands.move(hands.middle("fc") + QPoint(40, 0))
    document.undo_stack.undo()
    assert hands.canvas.picture.cards["fc"].middle == document.network.named("fc").position


def test_keys_do_nothing_in_the_middle_of_a_drag(document: Document, hands: Hands) -> None:
    start = hands.middle("conv1")
    hands.press(start)
    hands.move(start + QPoint(80, 40))
    hands.key(Key.Key_Delete)
    assert "conv1" in names(document)
    hands.release(start + QPoint(80, 40))
    assert document.undo_stack.count() == 1


def test_two_fingers_that_part_zoom(hands: Hands) -> None:
    canvas, at = hands.canvas, QPointF(hands.middle("conv1"))
    zoom, under = canvas.zoom, canvas.mapToScene(at.toPoint())
    pinch = Qt.NativeGestureType.ZoomNativeGesture
    pad = QPointingDevice.primaryPointingDevice()
    where = at, at, QPointF(hands.view.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(
        hands.view, QNativeGestureEvent(pinch, pad, 2, *where, 0.25, QPointF(), 1)
    )
    assert canvas.zoom == pytest.approx(1.25 * zoom)
    assert (canvas.mapToScene(at.toPoint()) - under).manhattanLength() < 3 / canvas.zoom
