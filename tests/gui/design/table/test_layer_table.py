"""The layer table shows what the canvas shows, and everything can be done from it by keyboard."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QLineEdit, QPushButton

from core.network.editing.grouping import set_folded
from core.network.editing.layer_edits import remove
from core.network.network import Group
from core.network.templates import TEMPLATES
from gui.design.table.layer_table import LayerTable
from gui.look.appearance import Appearance
from gui.owners.actions import ActionSpec
from gui.owners.designs.document import Document, Origin
from tests.gui.conftest import click, until, visible_texts

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def document(qapp) -> Document:
    made = Document()
    network = TEMPLATES["resnet18"].build(1000)
    made.open(replace(network, groups=(Group(name="layer1"),)), Origin("ResNet-18"))
    return made


@pytest.fixture
def table(qtbot, qapp, document: Document) -> LayerTable:
    Appearance(qapp, "dark")

    def delete() -> None:
        document.change(remove(document.network, document.selection), "Delete layers")

    spec = ActionSpec(
        "delete",
        "Delete",
        ("Del",),
        delete,
        lambda: "" if document.selection else "Nothing is selected.",
    )
    made = LayerTable(document, (spec,))
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    qtbot.waitExposed(made)
    made.view.setFocus()
    return made


def column(table: LayerTable, number: int = 0) -> list[str]:
    QApplication.processEvents()  # the table follows the design one turn later
    model = table.view.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def cell(table: LayerTable, name: str, number: int) -> str:
    return column(table, number)[column(table).index(name)]


def press_row(qtbot, table: LayerTable, name: str, modifiers=Qt.KeyboardModifier.NoModifier):
    index = table.view.model().index(column(table).index(name), 1)
    table.view.scrollTo(index)
    place = table.view.visualRect(index).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, modifiers, place)


def selected(table: LayerTable) -> set[str]:
    QApplication.processEvents()
    return {index.data() for index in table.view.selectionModel().selectedRows()}


def test_rows_are_what_is_seen_with_the_analysis_figures(
    table: LayerTable, document: Document
) -> None:
    assert column(table)[:6] == ["input", "conv1", "bn1", "relu", "maxpool", "layer1"]
    assert cell(table, "conv1", 1) == "Conv 2D"
    assert cell(table, "conv1", 2) == "64 × 112 × 112"
    assert cell(table, "conv1", 3).replace(",", "") == "9408"
    assert cell(table, "conv1", 5) == "7"
    assert cell(table, "layer1", 3).replace(",", "") == "147968"
    assert cell(table, "layer1", 2) == "64 × 56 × 56"


def test_all_layers_are_there_on_demand_and_after_unfolding(
    qtbot, table: LayerTable, document: Document
) -> None:
    assert "layer1.0.conv1" not in column(table)
    click(qtbot, table, "All layers")
    assert len(column(table)) == len(document.network.nodes)
    click(qtbot, table, "All layers")
    document.change(set_folded(document.network, "layer1", False), "Expand group")
    assert "layer1.0.conv1" in column(table)
    assert "layer1" not in column(table)


def test_inside_a_group_its_layers_are_listed(table: LayerTable, document: Document) -> None:
    document.enter("layer1")
    assert len(column(table)) == 14
    assert all(name.startswith("layer1.") for name in column(table))


def test_selection_is_the_same_in_table_and_design(
    qtbot, table: LayerTable, document: Document
) -> None:
    press_row(qtbot, table, "conv1")
    press_row(qtbot, table, "relu", CONTROL)
    names = {document.network.by_id[id_].name for id_ in document.selection}
    assert names == {"conv1", "relu"}
    document.select([document.network.named("fc").id])
    assert selected(table) == {"fc"}
    document.select([n.id for n in document.network.nodes if n.name.startswith("layer1.")])
    assert selected(table) == {"layer1"}
    document.select(())
    assert selected(table) == set()


def test_arrows_walk_from_what_was_selected_on_the_canvas(
    qtbot, table: LayerTable, document: Document
) -> None:
    document.select([document.network.named("conv1").id])
    qtbot.keyClick(table.view, Key.Key_Down)
    assert document.selection == {document.network.named("bn1").id}
    qtbot.keyClick(table.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(document.selection) == 2


def test_a_heading_sorts_and_a_third_click_restores_the_order(qtbot, table: LayerTable) -> None:
    order = column(table)
    header: QHeaderView = table.view.horizontalHeader()
    place = header.sectionViewportPosition(3) + 20

    def press() -> None:
        point = QPoint(place, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)

    press()
    rising = [int(text.replace(",", "").replace("–", "0")) for text in column(table, 3)]
    assert rising == sorted(rising)
    press()
    falling = [int(text.replace(",", "").replace("–", "0")) for text in column(table, 3)]
    assert falling == sorted(falling, reverse=True)
    press()
    assert column(table) == order


def test_the_filter_finds_by_name_and_keeps_the_selection(
    qtbot, table: LayerTable, document: Document
) -> None:
    chosen = [document.network.named("conv1").id, document.network.named("fc").id]
    document.select(chosen)
    edit = table.findChild(QLineEdit)
    qtbot.keyClicks(edit, "BN")
    assert column(table)
    assert all("bn" in name for name in column(table))
    assert document.selection == set(chosen)
    for _ in range(2):
        qtbot.keyClick(edit, Key.Key_Backspace)
    assert selected(table) == {"conv1", "fc"}


def test_f2_renames_in_place(qtbot, table: LayerTable, document: Document) -> None:
    press_row(qtbot, table, "conv1")
    qtbot.keyClick(table.view, Key.Key_F2)
    editor = table.view.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "stem")
    qtbot.keyClick(editor, Key.Key_Return)
    until(qtbot, lambda: document.network.by_id["conv1"].name == "stem")
    assert document.network.named("stem").layer.out_channels == 64
    assert "stem" in column(table)
    document.undo_stack.undo()
    assert "conv1" in column(table)


def test_folding_on_the_canvas_keeps_the_selection(table: LayerTable, document: Document) -> None:
    document.change(set_folded(document.network, "layer1", False), "Expand group")
    chosen = {n.id for n in document.network.nodes if n.name.startswith("layer1.")}
    document.select(chosen)
    assert len(selected(table)) == len(chosen)
    document.change(set_folded(document.network, "layer1", True), "Collapse group")
    assert document.selection == chosen
    assert selected(table) == {"layer1"}


def test_a_name_that_is_taken_is_refused_with_a_sentence(
    qtbot, table: LayerTable, document: Document
) -> None:
    press_row(qtbot, table, "conv1")
    qtbot.keyClick(table.view, Key.Key_F2)
    editor = table.view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "layer1")
    qtbot.keyClick(editor, Key.Key_Return)
    until(qtbot, lambda: "group" in visible_texts(table))
    assert "“layer1” is the name of a group" in visible_texts(table)
    assert "conv1" in column(table)


def test_delete_takes_layers_away_and_goes_on_at_the_next_row(
    qtbot, table: LayerTable, document: Document
) -> None:
    press_row(qtbot, table, "bn1")
    qtbot.keyClick(table.view, Key.Key_Delete)
    assert "bn1" not in column(table)
    assert selected(table) == {"relu"}
    names = column(table)
    behind = names[names.index("relu") + 1]
    qtbot.keyClick(table.view, Key.Key_Delete)
    assert selected(table) == {behind}
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert column(table)[2:4] == ["bn1", "relu"]


def test_an_action_that_cannot_be_done_says_why(
    qtbot, table: LayerTable, document: Document
) -> None:
    document.select(())
    qtbot.keyClick(table.view, Key.Key_Delete)
    assert "Nothing is selected." in visible_texts(table)


def test_inserting_behind_the_row_asks_for_a_layer(
    qtbot, table: LayerTable, document: Document
) -> None:
    press_row(qtbot, table, "maxpool")
    with qtbot.waitSignal(table.insert_after_requested) as asked:
        qtbot.keyClick(table.view, Key.Key_Insert)
    assert asked.args == [document.network.named("maxpool").id]


def test_enter_shows_a_layer_and_enters_a_group(
    qtbot, table: LayerTable, document: Document
) -> None:
    press_row(qtbot, table, "conv1")
    with qtbot.waitSignal(document.reveal_requested):
        qtbot.keyClick(table.view, Key.Key_Return)
    press_row(qtbot, table, "layer1")
    qtbot.keyClick(table.view, Key.Key_Return)
    assert document.inside == "layer1"


def test_rows_are_copied_with_their_headings(qtbot, qapp, table: LayerTable) -> None:
    press_row(qtbot, table, "conv1")
    both = CONTROL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table.view, Key.Key_C, both)
    head, line = qapp.clipboard().text().splitlines()
    assert head.split("\t")[0] == "Layer"
    assert line.split("\t")[:3] == ["conv1", "Conv 2D", "64 × 112 × 112"]


def test_the_csv_holds_every_layer(
    qtbot, table: LayerTable, document: Document, tmp_path: Path, monkeypatch
) -> None:
    out = tmp_path / "Schichten – Übersicht.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    click(qtbot, table, "Export CSV…")
    text = out.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(document.network.nodes)
    assert sum(int(row["Parameters"]) for row in rows) == document.analysis.parameters


def test_a_csv_that_cannot_be_written_says_why(
    qtbot, table: LayerTable, tmp_path: Path, monkeypatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    target = str(blocked / "layers.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    click(qtbot, table, "Export CSV…")
    assert "layers.csv" in visible_texts(table)


def test_a_change_touches_only_the_rows_that_changed(table: LayerTable, document: Document) -> None:
    changed, others = [], []
    table.model.dataChanged.connect(lambda a, b: changed.append((a.row(), b.row())))
    for signal in (table.model.modelReset, table.model.rowsInserted, table.model.rowsRemoved):
        signal.connect(lambda *_: others.append(1))
    fc = document.network.named("fc").id
    document.change(document.network.with_setting(fc, "out_features", 7), "Change outputs")
    rows = column(table)
    assert changed == [(rows.index("fc"), rows.index("output"))]
    assert not others


def test_the_table_equals_the_analysis_after_many_different_changes(
    qtbot, table: LayerTable, document: Document
) -> None:
    network = document.network
    names = ["bn1", "layer1.1.conv1", "fc"]
    for name in names:
        document.change(remove(document.network, [network.named(name).id]), "Delete")
        check_rows(table, document)
    for _ in names:
        document.undo_stack.undo()
        check_rows(table, document)
    document.change(set_folded(document.network, "layer1", False), "Unfold")
    check_rows(table, document)
    document.open(TEMPLATES["lenet5"].build(10), Origin("LeNet-5"))
    check_rows(table, document)


def check_rows(table: LayerTable, document: Document) -> None:
    by_name = {r.node.name: r for r in document.analysis.results.values()}
    for name, parameters in zip(column(table), column(table, 3), strict=True):
        inside = [r for n, r in by_name.items() if n == name or n.startswith(f"{name}.")]
        total = sum(r.parameters for r in inside)
        assert parameters.replace(",", "") == (str(total) if total else "–")


def test_a_screen_reader_hears_the_heading_with_each_cell(table: LayerTable) -> None:
    index = table.view.model().index(1, 3)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Parameters: 9")
    assert table.view.accessibleName() == "Layers of the network"


def test_selecting_by_the_selection_model_reaches_the_design(
    table: LayerTable, document: Document
) -> None:
    table.view.selectAll()
    assert document.selection == set(document.network.by_id)
    table.view.selectionModel().clear()
    assert document.selection == set()


def test_in_a_narrow_table_no_button_is_cut(qtbot, table: LayerTable) -> None:
    table.resize(table.minimumSizeHint().width(), 400)
    QApplication.processEvents()
    shown = [b for b in table.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in shown if b.width() < b.sizeHint().width()] == []
    assert "⋯" in [b.text() for b in shown]
