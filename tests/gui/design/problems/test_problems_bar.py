"""The problems bar shows what is wrong, what would help, and does it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QPushButton, QWidget

from core.network.network import Network
from core.network.templates import TEMPLATES
from gui.design.problems.fix_button import FixButton
from gui.design.problems.fix_finder import FixFinder
from gui.design.problems.problems_bar import ProblemsBar
from gui.look.appearance import Appearance
from gui.owners.background import Background
from gui.owners.designs.document import Document, Origin
from tests.gui.conftest import click, until, visible_texts


@pytest.fixture
def document(qapp) -> Document:
    made = Document()
    made.open(TEMPLATES["resnet18"].build(1000), Origin("ResNet-18"))
    return made


@pytest.fixture
def bar(qtbot, qapp, document: Document) -> Iterator[ProblemsBar]:
    Appearance(qapp, "light")
    background = Background()
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(700, 400)
    made = ProblemsBar(document, FixFinder(document, background), host)
    made.resize(600, 120)
    host.show()
    qtbot.waitExposed(host)
    yield made
    background.close()


def with_wrong_inputs(document: Document, count: int = 128) -> Network:
    return document.network.with_setting(document.network.named("fc").id, "in_features", count)


def with_wrong_branch(document: Document) -> Network:
    return document.network.with_setting(
        document.network.named("layer2.0.downsample.0").id, "out_channels", 100
    )


def fix_button(qtbot, bar: ProblemsBar, text: str) -> FixButton:
    until(qtbot, lambda: text in visible_texts(bar))
    return next(b for b in bar.findChildren(FixButton) if b.isVisible() and b.text() == text)


def test_a_sound_design_has_no_bar(bar: ProblemsBar) -> None:
    assert not bar.isVisible()


def test_a_problem_is_shown_with_its_count_its_reason_and_its_fix(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    document.change(with_wrong_inputs(document), "Change inputs")
    assert bar.isVisible()
    seen = visible_texts(bar)
    assert "1 problem" in seen
    assert "fc: Linear expects 128 input features but receives 512." in seen
    assert "Each output has one weight" in seen
    fix_button(qtbot, bar, "Set the inputs to 512")


def test_a_click_on_a_fix_is_one_step_and_shows_the_layer(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    document.change(with_wrong_inputs(document), "Change inputs")
    revealed = []
    document.reveal_requested.connect(revealed.append)
    fix = fix_button(qtbot, bar, "Set the inputs to 512")
    steps = document.undo_stack.count()
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert not document.analysis.problems
    assert document.undo_stack.count() == steps + 1
    assert document.undo_stack.undoText() == "Set the inputs to 512"
    assert revealed == [document.network.named("fc").id]
    assert document.preview is None
    assert not bar.isVisible()
    document.undo_stack.undo()
    assert bar.isVisible()


def hover(button: QAbstractButton, inside: bool) -> None:
    if inside:
        middle = QPointF(button.rect().center())
        QApplication.sendEvent(button, QEnterEvent(middle, middle, middle))
    else:
        QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))


def test_pointer_and_keyboard_preview_a_fix_without_changing_the_design(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    document.change(with_wrong_inputs(document), "Change inputs")
    before = document.network
    fix = fix_button(qtbot, bar, "Set the inputs to 512")
    hover(fix, True)
    assert document.preview is not None
    assert document.preview.named("fc").layer.in_features == 512
    hover(fix, False)
    assert document.preview is None
    fix.setFocus(Qt.FocusReason.TabFocusReason)
    assert document.preview is not None
    qtbot.keyClick(fix, Qt.Key.Key_Tab)
    assert document.preview is None
    assert document.network is before


def test_undo_while_a_fix_is_previewed_ends_the_preview(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    document.change(with_wrong_inputs(document), "Change inputs")
    hover(fix_button(qtbot, bar, "Set the inputs to 512"), True)
    document.undo_stack.undo()
    assert document.preview is None
    assert not bar.isVisible()


def test_next_previous_and_the_list_lead_through_all_problems(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    network = document.network
    for name in ("layer2.0.downsample.0", "layer1.0.conv1"):
        wrong = {"out_channels": 100} if "down" in name else {"groups": 7}
        for setting, value in wrong.items():
            network = network.with_setting(network.named(name).id, setting, value)
    document.change(network, "Break two layers")
    assert len(bar.entries) >= 1
    biased = network.with_setting(network.named("conv1").id, "bias", True)
    document.change(biased, "Turn the bias on")
    until(qtbot, lambda: len(bar.entries) >= 2)
    until(qtbot, lambda: any(b.text() == "›" and b.isVisible() for b in buttons(bar)))
    first = visible_texts(bar)
    click(qtbot, bar, "›")
    assert visible_texts(bar) != first
    assert len(document.selection) == 1
    click(qtbot, bar, "‹")
    click(qtbot, bar, "All")
    shown = bar.findChild(QListWidget)
    assert shown.isVisible()
    assert shown.count() == len(bar.entries)
    last = shown.item(shown.count() - 1)
    place = shown.visualItemRect(last).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.selection == {bar.entries[-1].node}


@pytest.mark.parametrize("width", [600, 330, 220])
def test_all_that_is_said_has_room_in_a_bar_of_any_width(
    qtbot, bar: ProblemsBar, document: Document, width: int
) -> None:
    document.change(with_wrong_branch(document), "Change filters")
    conv = document.network.named("conv1").id
    document.change(document.network.with_setting(conv, "bias", True), "Turn the bias on")
    until(qtbot, lambda: len(bar.entries) == 2 and bar.findChildren(FixButton))
    bar.resize(width, 300)

    def clipped() -> list[str]:
        """Return the buttons narrower than the longest of their lines, or outside of the bar."""
        return [
            made.text()
            for made in bar.findChildren(QAbstractButton)
            if made.isVisible()
            and not (
                bar.rect().contains(made.mapTo(bar, made.rect().bottomRight()))
                and max(map(made.fontMetrics().horizontalAdvance, made.text().split("\n")))
                <= made.width()
            )
        ]

    until(qtbot, lambda: not clipped())
    assert {"‹", "›", "All"} <= {made.text() for made in buttons(bar) if made.isVisible()}


def test_a_long_name_is_broken_at_its_dots_where_it_has_no_room(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    network = document.network
    node = network.named("layer2.0.downsample.1").id
    edges = tuple(edge for edge in network.edges if edge.target != node)
    document.change(replace(network, edges=edges), "Cut")
    until(qtbot, lambda: bar.findChildren(FixButton))
    bar.resize(160, 300)
    made = bar.findChildren(FixButton)[0]
    until(qtbot, lambda: "layer2.0.\ndownsample.0" in made.text())
    widest = max(map(made.fontMetrics().horizontalAdvance, made.text().split("\n")))
    assert widest <= made.width()


def buttons(bar: ProblemsBar) -> list[QPushButton]:
    return bar.findChildren(QPushButton)


def test_advice_comes_after_problems_and_says_that_it_is_advice(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    conv = document.network.named("conv1").id
    document.change(document.network.with_setting(conv, "bias", True), "Turn the bias on")
    until(qtbot, bar.isVisible)
    assert "1 suggestion" in visible_texts(bar) or "1 suggestion(s)" in visible_texts(bar)
    assert bar.property("severity") == "advice"
    document.change(with_wrong_inputs(document), "Change inputs")
    assert bar.property("severity") == "problem"
    assert "Linear expects 128" in visible_texts(bar)


def test_selecting_a_layer_shows_its_problem(qtbot, bar: ProblemsBar, document: Document) -> None:
    document.change(with_wrong_branch(document), "Change filters")
    conv = document.network.named("conv1").id
    document.change(document.network.with_setting(conv, "bias", True), "Turn the bias on")
    until(qtbot, lambda: len(bar.entries) == 2)
    assert "Add needs inputs" in visible_texts(bar)
    document.select([conv])
    assert "The bias of conv1 has no effect" in visible_texts(bar)


def test_a_change_while_fixes_are_worked_out_drops_them(
    qtbot, bar: ProblemsBar, document: Document
) -> None:
    for count in (128, 64, 32):
        document.change(with_wrong_inputs(document, count), "Change inputs")
    fix = fix_button(qtbot, bar, "Set the inputs to 512")
    document.change(with_wrong_inputs(document, 16), "Change inputs")
    assert not fix.isVisible()
    qtbot.mouseClick(fix_button(qtbot, bar, "Set the inputs to 512"), Qt.MouseButton.LeftButton)
    assert not document.analysis.problems
