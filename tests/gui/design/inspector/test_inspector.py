"""The inspector shows and changes what is selected, keystroke by keystroke."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from core.network.network import Group
from core.network.templates import TEMPLATES
from gui.design.inspector.fields.note_field import NoteField
from gui.design.inspector.fields.setting_row import SettingRow
from gui.design.inspector.fields.stepper import Stepper
from gui.design.inspector.formulas.formula_view import RowButton
from gui.design.inspector.inspector import Inspector
from gui.design.problems.fix_finder import FixFinder
from gui.look.appearance import Appearance, sized_font
from gui.owners.background import Background
from gui.owners.designs.document import Document, Origin
from gui.widgets.switch import Switch
from tests.gui.conftest import click, until, visible_texts

Key = Qt.Key


@pytest.fixture
def document(qapp) -> Document:
    made = Document()
    made.open(TEMPLATES["resnet18"].build(1000), Origin("ResNet-18"))
    return made


@pytest.fixture
def inspector(qtbot, qapp, document: Document) -> Iterator[Inspector]:
    Appearance(qapp, "dark")
    background = Background()
    made = Inspector(document, FixFinder(document, background))
    qtbot.addWidget(made)
    made.resize(316, 1400)
    made.show()
    qtbot.waitExposed(made)
    yield made
    background.close()


def field(inspector: QWidget, name: str) -> QLineEdit:
    """Return the visible field of this accessible name."""
    found = [
        f for f in inspector.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible()
    ]
    assert found, [f.accessibleName() for f in inspector.findChildren(QLineEdit) if f.isVisible()]
    return found[0]


def switch(inspector: QWidget, name: str) -> Switch:
    return next(
        s for s in inspector.findChildren(Switch) if name in s.accessibleName() and s.isVisible()
    )


def choose(document: Document, *names: str) -> None:
    document.select([document.network.named(name).id for name in names])


def layer(document: Document, name: str):
    return document.network.named(name).layer


def retype(qtbot, edit: QLineEdit, content: str) -> None:
    """Turn to a field with the mouse, select all and type."""
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    edit.selectAll()
    qtbot.keyClicks(edit, content)


def test_every_keystroke_changes_the_design_and_all_of_them_are_one_step(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    shapes = []
    document.network_changed.connect(
        lambda: shapes.append(document.analysis.results[document.network.named("bn1").id].output[0])
    )
    retype(qtbot, field(inspector, "Filters"), "128")
    assert shapes == [1, 12, 128]
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Change filters"
    document.undo_stack.undo()
    assert field(inspector, "Filters").text() == "64"


def test_turning_to_a_field_again_begins_another_step(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    retype(qtbot, field(inspector, "Filters"), "8")
    retype(qtbot, field(inspector, "Groups"), "1")
    retype(qtbot, field(inspector, "Filters"), "9")
    retype(qtbot, field(inspector, "Kernel size: height"), "5")
    assert [document.undo_stack.text(i) for i in range(document.undo_stack.count())] == [
        "Change filters",
        "Change filters",
        "Change kernel size",
    ]


def test_arrows_and_page_keys_step_within_the_range(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    edit = field(inspector, "Filters")
    edit.setFocus()
    for key in (Key.Key_Up, Key.Key_PageUp, Key.Key_Down):
        qtbot.keyClick(edit, key)
    assert layer(document, "conv1").out_channels == 74
    for _ in range(9):
        qtbot.keyClick(edit, Key.Key_PageDown)
    assert layer(document, "conv1").out_channels == 1
    assert edit.text() == "1"


def test_height_and_width_change_together_until_unlinked(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    retype(qtbot, field(inspector, "Kernel size: height"), "5")
    assert layer(document, "conv1").kernel_size == (5, 5)
    assert field(inspector, "Kernel size: width").text() == "5"
    link = next(
        b
        for b in inspector.findChildren(QPushButton)
        if b.isVisible() and "“Kernel size”" in b.accessibleName()
    )
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    retype(qtbot, field(inspector, "Kernel size: width"), "3")
    assert layer(document, "conv1").kernel_size == (5, 3)


def test_padding_has_four_sides_and_same(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "layer1.0.conv1")
    click(qtbot, inspector, "4 sides")
    retype(qtbot, field(inspector, "Padding: Bottom"), "2")
    assert layer(document, "layer1.0.conv1").padding == (1, 1, 2, 1)
    click(qtbot, inspector, "same")
    assert layer(document, "layer1.0.conv1").padding == "same"
    assert not field(inspector, "Padding: Top").isEnabled()
    click(qtbot, inspector, "same")
    assert layer(document, "layer1.0.conv1").padding == (0, 0, 0, 0)


def test_a_text_that_is_no_value_is_marked_with_a_sentence_and_not_applied(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    edit = field(inspector, "Stride: height")
    before = document.network
    retype(qtbot, edit, "0")
    assert document.network is before
    assert "A whole number from 1 to" in visible_texts(inspector)
    assert edit.property("invalid")
    qtbot.keyClick(edit, Key.Key_Tab)
    assert edit.text() == "2"
    assert "A whole number from 1 to" not in visible_texts(inspector)


def test_the_wheel_changes_no_number(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "conv1")
    before = document.network
    for focused in (False, True):
        edit = field(inspector, "Filters")
        if focused:
            edit.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5),
            QPointF(edit.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(edit, wheel)
    assert document.network is before


def test_arrows_in_the_field_step_with_the_pointer(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    edit, steps = field(inspector, "Filters"), document.undo_stack.index()
    stepper = edit.findChild(Stepper)
    assert not stepper.isVisible()
    # What Qt sends when the pointer comes and goes; a window without a screen loses sight of it.
    middle = QPointF(edit.rect().center())
    QApplication.sendEvent(edit, QEnterEvent(middle, middle, QPointF(edit.mapToGlobal(middle))))
    assert stepper.isVisible()
    upper = QPoint(stepper.width() // 2, 4)
    lower = QPoint(stepper.width() // 2, stepper.height() - 4)
    for place, expected in ((upper, 65), (upper, 66), (lower, 65)):
        qtbot.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=place)
        assert document.network.named("conv1").layer.out_channels == expected
        assert edit.text() == str(expected)
    assert inspector.focusWidget() is edit
    assert document.undo_stack.index() == steps + 1
    qtbot.mousePress(stepper, Qt.MouseButton.LeftButton, pos=upper)
    until(qtbot, lambda: int(edit.text()) > 67)
    qtbot.mouseRelease(stepper, Qt.MouseButton.LeftButton, pos=upper)
    field(inspector, "Groups").setFocus()
    QApplication.sendEvent(edit, QEvent(QEvent.Type.Leave))
    assert not stepper.isVisible()


def test_undo_elsewhere_changes_the_field_and_keeps_focus_and_cursor(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    edit = field(inspector, "Filters")
    retype(qtbot, edit, "128")
    edit.setCursorPosition(1)
    document.undo_stack.undo()
    assert edit.text() == "64"
    assert edit.hasFocus()
    assert edit.cursorPosition() == 1
    document.undo_stack.redo()
    assert edit.text() == "128"


def test_what_is_being_typed_stays_when_another_layer_changes(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    edit = field(inspector, "Filters")
    retype(qtbot, edit, "0")
    fc = document.network.named("fc").id
    document.change(document.network.with_setting(fc, "out_features", 5), "Change outputs")
    assert edit.text() == "0"
    assert edit.hasFocus()


def test_a_switch_and_freezing_are_steps(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "conv1")
    qtbot.mouseClick(switch(inspector, "Bias"), Qt.MouseButton.LeftButton)
    assert layer(document, "conv1").bias
    frozen = switch(inspector, "Frozen")
    frozen.setFocus()
    qtbot.keyClick(frozen, Key.Key_Space)
    assert document.network.named("conv1").frozen
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert not frozen.isChecked()


def test_a_note_is_kept_and_is_one_step(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "fc")
    note = next(n for n in inspector.findChildren(NoteField) if n.isVisible())
    qtbot.mouseClick(note.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(note, "three classes")
    assert document.network.named("fc").note == "three classes"
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert note.toPlainText() == ""


def test_renaming_by_the_heading(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "conv1")
    id_ = document.network.named("conv1").id
    qtbot.keyClick(field(inspector, "Filters"), Key.Key_F2)
    name = field(inspector, "Name")
    assert name.selectedText() == "conv1"
    qtbot.keyClicks(name, "bn1")
    qtbot.keyClick(name, Key.Key_Return)
    assert "Another layer is called “bn1”" in visible_texts(inspector)
    assert document.network.by_id[id_].name == "conv1"
    name.selectAll()
    qtbot.keyClicks(name, "stem")
    qtbot.keyClick(name, Key.Key_Return)
    assert document.network.by_id[id_].name == "stem"
    name.selectAll()
    qtbot.keyClicks(name, "other")
    qtbot.keyClick(name, Key.Key_Escape)
    assert name.text() == "stem"


def formula_labels(inspector: Inspector) -> list[QLabel]:
    return [
        label
        for label in inspector.findChildren(QLabel)
        if label.isVisible() and "href" in label.text()
    ]


def test_the_size_is_explained_with_this_layers_numbers(
    inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    spoken = " ".join(label.accessibleDescription() for label in formula_labels(inspector))
    assert "(224 − 7 + 2·3) / 2 + 1 = 112.5 → 112" in spoken
    assert "7 · 7 · 3 · 64 = 9,408" in spoken
    figures = [row.figure for row in inspector.findChildren(RowButton) if row.isVisible()]
    assert any(figure.startswith("118.0") for figure in figures)


def test_a_number_leads_to_where_it_comes_from(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "conv1")
    (size, *_) = formula_labels(inspector)
    revealed = []
    document.reveal_requested.connect(revealed.append)
    press_link(qtbot, size, 3)  # the step of the window: the fourth number
    assert field(inspector, "Stride: width").hasFocus()
    press_link(qtbot, size, 0)
    assert revealed == [document.network.named("input").id]
    assert document.selection == {document.network.named("input").id}


def press_link(qtbot, label: QLabel, number: int) -> None:
    """Walk to a link of a label with Tab and press Enter."""
    label.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(number + 1):
        qtbot.keyClick(label, Key.Key_Tab)
    qtbot.keyClick(label, Key.Key_Return)


def test_a_share_leads_to_the_totals(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "conv1")
    row = next(
        b
        for b in inspector.findChildren(QPushButton)
        if b.isVisible() and b.accessibleName().startswith("Share of parameters")
    )
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    label = next(x for x in formula_labels(inspector) if "layer / network" in x.text())
    press_link(qtbot, label, 1)
    assert not document.selection
    assert "11689512" in visible_texts(inspector).replace(",", "").replace("\u202f", "")


def test_several_layers_show_common_settings_and_change_in_one_step(
    qtbot, inspector: Inspector, document: Document
) -> None:
    choose(document, "layer1.0.conv1", "layer1.0.conv2", "layer2.0.conv1", "maxpool")
    seen = visible_texts(inspector)
    assert "Kernel size (K)" in seen
    assert "Filters (C_out)" not in seen
    stride = field(inspector, "Stride: height")
    assert (stride.text(), stride.placeholderText()) == ("", "several")
    retype(qtbot, stride, "1")
    names = ("layer1.0.conv1", "layer1.0.conv2", "layer2.0.conv1", "maxpool")
    assert [layer(document, name).stride for name in names] == [(1, 1)] * 4
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert layer(document, "layer2.0.conv1").stride == (2, 2)
    assert stride.placeholderText() == "several"


def test_of_several_only_the_part_that_is_typed_changes(
    qtbot, inspector: Inspector, document: Document
) -> None:
    network = document.network
    for name, kernel in (("conv1", (7, 5)), ("layer1.0.conv1", (3, 1))):
        network = network.with_setting(network.named(name).id, "kernel_size", kernel)
    document.change(network, "Change kernels")
    choose(document, "conv1", "layer1.0.conv1")
    retype(qtbot, field(inspector, "Kernel size: height"), "9")
    assert layer(document, "conv1").kernel_size == (9, 5)
    assert layer(document, "layer1.0.conv1").kernel_size == (9, 1)


def test_nothing_selected_shows_the_totals_and_memory_at_a_batch_size(
    qtbot, inspector: Inspector, document: Document
) -> None:
    seen = visible_texts(inspector).replace(",", "")
    assert "ResNet-18" in seen
    assert "11689512" in seen
    from gui.look.numbers import file_size

    retype(qtbot, field(inspector, "Batch size"), "8")
    assert file_size(document.analysis.training_bytes(8)) in visible_texts(inspector)
    assert document.undo_stack.count() == 0


def test_a_folded_group_shows_its_sums(inspector: Inspector, document: Document) -> None:
    network = replace(document.network, groups=(Group(name="layer1"),))
    document.change(network, "Group")
    document.select([n.id for n in network.nodes if n.name.startswith("layer1.")])
    seen = visible_texts(inspector).replace(",", "")
    assert field(inspector, "Name").text() == "layer1"
    assert "147968" in seen
    assert "4\u00a0×\u00a0Conv 2D" in visible_texts(inspector)


def test_identical_repeats_change_together(qtbot, inspector: Inspector, document: Document) -> None:
    choose(document, "layer1.0.conv1")
    until(qtbot, lambda: "Also change 1" in visible_texts(inspector))
    both = switch(inspector, "Also change")
    qtbot.mouseClick(both, Qt.MouseButton.LeftButton)
    retype(qtbot, field(inspector, "Dilation: height"), "12")
    names = ("layer1.0.conv1", "layer1.1.conv1", "layer1.0.conv2")
    assert [layer(document, name).dilation for name in names] == [(12, 12), (12, 12), (1, 1)]
    assert document.undo_stack.count() == 1


def test_a_problem_stands_at_the_top_with_fixes_that_work(
    qtbot, inspector: Inspector, document: Document
) -> None:
    fc = document.network.named("fc").id
    document.change(document.network.with_setting(fc, "in_features", 128), "Change inputs")
    choose(document, "fc")
    assert "Linear expects 128 input features but receives 512" in visible_texts(inspector)
    until(qtbot, lambda: "Set the inputs to 512" in visible_texts(inspector))
    click(qtbot, inspector, "Set the inputs to 512")
    assert not document.analysis.problems
    assert "Linear expects" not in visible_texts(inspector)


@pytest.mark.parametrize(
    ("template", "name", "title", "typed", "setting", "value"),
    [
        ("densenet121", "features.norm0", "Epsilon", "0.001", "epsilon", 0.001),
        ("alexnet", "dropout1", "Probability", "0.25", "probability", 0.25),
        ("alexnet-2012", "norm1", "Channels", "7", "size", 7),
    ],
)
def test_fractions_are_typed_as_they_are(
    qtbot, inspector: Inspector, document: Document, template, name, title, typed, setting, value
) -> None:
    network = TEMPLATES[template].build(10)
    document.open(network, Origin(template))
    kind_has = [n for n in network.nodes if setting in n.layer.__struct_fields__]
    node = next((n for n in kind_has if n.name == name), kind_has[0])
    document.select([node.id])
    retype(qtbot, field(inspector, title), typed)
    assert getattr(document.network.by_id[node.id].layer, setting) == value


def test_the_connections_of_lenet_are_typed_as_rows(
    qtbot, inspector: Inspector, document: Document
) -> None:
    document.open(TEMPLATES["lenet5-1998"].build(10), Origin("LeNet-5"))
    choose(document, "c3")
    edit = field(inspector, "Connections")
    retype(qtbot, edit, "0, 1; 2, 3")
    assert layer(document, "c3").table == ((0, 1), (2, 3))


def test_every_kind_of_every_template_has_editors(inspector: Inspector, document: Document) -> None:
    seen = set()
    for template in TEMPLATES.values():
        network = template.build(10)
        document.open(network, Origin(template.title))
        for node in network.nodes:
            if type(node.layer) not in seen:
                seen.add(type(node.layer))
                document.select([node.id])
                assert field(inspector, "Name").text() == node.name
    assert len(seen) > 20


@pytest.mark.parametrize("width", [236, 316])
@pytest.mark.parametrize("name", ["conv1", "maxpool", "avgpool", "fc"])
def test_nothing_is_cut_off_or_covered_however_narrow(
    qtbot, document: Document, inspector: Inspector, width: int, name: str
) -> None:
    inspector.resize(width, 1400)
    choose(document, name)
    until(qtbot, lambda: any(row.isVisible() for row in inspector.findChildren(SettingRow)))
    rows = [row for row in inspector.findChildren(SettingRow) if row.isVisible()]

    def whole() -> bool:
        for row in rows:
            title, *parts = [
                part.rect().translated(part.mapTo(row, QPoint()))
                for part in row.findChildren(QWidget)
                if part.isVisible() and isinstance(part, QLabel | QLineEdit | Switch)
            ]
            free = not any(title.intersects(part) for part in parts)
            if not free or not all(row.rect().contains(part) for part in (title, *parts)):
                return False
        return True

    until(qtbot, whole)
    for button in inspector.findChildren(RowButton):
        if button.isVisible():
            metrics = QFontMetrics(sized_font(13, mono=True))
            room = button.width() - metrics.horizontalAdvance(button.figure)
            assert button.fontMetrics().horizontalAdvance(button.text()) < room


def test_a_number_that_comes_by_itself_is_said_to(
    qtbot, inspector: Inspector, document: Document
) -> None:
    document.select([document.network.named("fc").id])
    inputs = field(inspector, "Inputs")
    assert (inputs.text(), inputs.placeholderText()) == ("", "auto")
    qtbot.keyClicks(inputs, "512")
    assert document.network.named("fc").layer.in_features == 512
    inputs.selectAll()
    qtbot.keyClick(inputs, Qt.Key.Key_Delete)
    assert document.network.named("fc").layer.in_features is None
    assert inputs.placeholderText() == "auto"
