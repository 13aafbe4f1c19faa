"""Runs are compared, named, saved, deleted, brought back, repeated, and looked into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QSpinBox

from core.runs.run_notes import RunNotes, keep_notes
from core.runs.trash import TRASH
from gui.shell.main_window import MainWindow
from gui.train.curves.curve_card import CurveCard
from gui.train.curves.curve_legend import LegendEntry
from gui.train.inside.inside_dialog import InsideDialog
from gui.train.inside.mosaic import Mosaic
from gui.train.inside.tap_view import TapView
from gui.train.runs.run_dialog import RunDialog
from gui.train.runs.runs_view import RunsView
from gui.train.status_card import StatusCard
from gui.train.try_view import TryView
from gui.widgets.table import TableView
from tests.gui.conftest import click, open_project, until, visible_texts


@pytest.fixture
def runs(qtbot, window: MainWindow, trained_project: Path) -> MainWindow:
    """Show two runs that differ in their seeds, the second one first."""
    open_project(qtbot, window, trained_project)
    show_runs(qtbot, window)
    return window


def show_runs(qtbot, window: MainWindow) -> None:
    """Go to the page, which is made in parts, and wait for its table of two runs."""
    window.show_page("train")
    until(qtbot, lambda: view(window))
    until(qtbot, lambda: view(window).table.model().rowCount() == 2)
    activate(qtbot, window)


def view(window: MainWindow) -> RunsView:
    return window.page.findChild(RunsView)


def cells(window: MainWindow, row: int) -> list[str]:
    model = view(window).table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_a_run_is_listed_with_its_figures(qtbot, runs: MainWindow) -> None:
    until(qtbot, lambda: all("ms" in cells(runs, row)[5] for row in range(2)))
    title, accuracy, loss, parameters, macs, *_ = cells(runs, 0)
    assert title == "From scratch · LeNet-5 (modern)"
    assert "%" in accuracy
    assert float(loss.replace(",", ".")) > 0
    assert parameters.replace(",", "") == "61026"
    assert macs.replace(",", "") == "415848"


def column(window: MainWindow, number: int) -> list[str]:
    return [cells(window, row)[number] for row in range(2)]


def heading(window: MainWindow, number: int) -> str:
    return view(window).table.model().headerData(number, Qt.Orientation.Horizontal)


def click_losses(qtbot, window: MainWindow) -> None:
    header = view(window).table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2) + 5, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_heading_sorts_the_runs(qtbot, runs: MainWindow) -> None:
    until(qtbot, lambda: "–" not in column(runs, 2))
    losses = column(runs, 2)
    click_losses(qtbot, runs)
    assert column(runs, 2) == sorted(losses, key=float, reverse=True)
    assert heading(runs, 2) == "Loss ↓"
    click_losses(qtbot, runs)
    assert column(runs, 2) == sorted(losses, key=float)


def test_the_keyboard_sorts_the_runs_from_the_menu(qtbot, runs: MainWindow) -> None:
    newest_first = column(runs, 7)
    click_losses(qtbot, runs)
    menu = open_menu(qtbot, runs)
    qtbot.keyClick(menu, Qt.Key.Key_Up)  # the last entry: Sort by
    qtbot.keyClick(menu, Qt.Key.Key_Right)
    sorting = QApplication.activePopupWidget()
    qtbot.keyClick(sorting, Qt.Key.Key_Up)  # the last entry: Started
    qtbot.keyClick(sorting, Qt.Key.Key_Return)
    assert column(runs, 7) == newest_first
    assert heading(runs, 7) == "Started ↓"


def open_menu(qtbot, window: MainWindow) -> QMenu:
    """Open what can be done with the selected run, with the keyboard."""
    more = button(window, "More")
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, entry: str) -> None:
    """Do what an entry of a menu offers, and close the menu."""
    next(a for a in menu.actions() if a.text().startswith(entry)).trigger()
    menu.close()


def test_selected_runs_are_compared(qtbot, runs: MainWindow) -> None:
    window = runs
    table = view(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    card = window.page.findChildren(CurveCard)[0]
    until(qtbot, lambda: card.summary().count("after epoch 3") == 2)
    until(qtbot, lambda: len(shown_names(card)) == 2)
    for name, entry in shown_names(card).items():
        assert "From scratch · LeNet-5 (modern)" in name
        seen = entry.seen()
        assert name.startswith(seen.rstrip("…"))
        assert any(mark.isdigit() for mark in seen[:5])
    assert "Select one run." in button(window, "Look inside…").toolTip()
    happening = window.page.findChild(StatusCard)
    assert "From scratch · LeNet-5 (modern)" in visible_texts(happening)  # whose accuracy it is
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    until(qtbot, lambda: card.summary().count("after epoch 3") == 1)
    assert "From scratch" not in visible_texts(happening)
    assert window.session.project.run is window.session.project.runs[0]


def shown_names(card: CurveCard) -> dict[str, LegendEntry]:
    """Return what the legend names, with its entries."""
    entries = [entry for entry in card.findChildren(LegendEntry) if entry.isVisible()]
    return {entry.accessibleName(): entry for entry in entries}


def test_a_run_is_named(qtbot, runs: MainWindow) -> None:
    window = runs
    table = view(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    dialog = view(window).findChild(RunDialog)
    assert dialog.findChild(QLineEdit).placeholderText() == "From scratch · LeNet-5 (modern)"
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Wespen")
    dialog.findChild(QLineEdit).insert(", größer")  # QTest types ASCII alone
    click(qtbot, dialog, "Save")
    until(qtbot, lambda: cells(window, 0)[0] == "Wespen, größer")
    assert window.page.status()[1] == "For Test and Export: Wespen, größer"
    assert "For Test and Export: Wespen, größer" in visible_texts(window)
    click(qtbot, window.page, "Try an image")
    assert "Uses “Wespen, größer”." in visible_texts(window.page.findChild(TryView))


def test_a_run_is_saved_with_its_name_and_curve(
    qtbot, window: MainWindow, trained_project: Path, tmp_path: Path, monkeypatch
) -> None:
    newest = sorted((trained_project / "runs").iterdir())[-1]
    keep_notes(newest, RunNotes(name="Wespen, größer"))
    open_project(qtbot, window, trained_project)
    show_runs(qtbot, window)
    until(qtbot, lambda: cells(window, 0)[0] == "Wespen, größer")
    file = tmp_path / "läuft.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    choose(open_menu(qtbot, window), "Save as JSON")
    until(qtbot, file.exists)
    content = json.loads(file.read_text("utf-8"))
    assert content["notes"]["name"] == "Wespen, größer"
    assert [p["epoch"] for p in content["curve"] if p["type"] == "epoch"] == [1, 2, 3]


def activate(qtbot, window: MainWindow) -> None:
    """Give the keyboard back to the window, as a desktop does when a dialog is closed."""
    window.activateWindow()
    until(qtbot, window.isActiveWindow)


def test_a_deleted_run_is_brought_back(qtbot, runs: MainWindow) -> None:
    window = runs
    folder = window.session.project.runs[0].folder
    table = view(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    until(qtbot, lambda: len(window.session.project.runs) == 1)
    assert "“From scratch · LeNet-5 (modern)” was deleted." in visible_texts(window.page)
    assert (folder.parents[1] / TRASH / folder.name).is_dir()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: len(window.session.project.runs) == 2)
    assert folder.is_dir()
    assert "was deleted" not in visible_texts(window.page)


def test_a_run_is_looked_into(qtbot, runs: MainWindow) -> None:
    window = runs
    click(qtbot, window.page, "Look inside…")
    dialog = view(window).findChild(InsideDialog)
    until(qtbot, lambda: "Output of “c1” for this image: 6 × 28 × 28." in visible_texts(dialog))
    click(qtbot, dialog, "Filters")
    filters = next(m for m in dialog.findChildren(Mosaic) if m.accessibleName() == "Filters")
    filters.setFocus()
    qtbot.keyClick(filters, Qt.Key.Key_Right)
    click(qtbot, dialog, "Formulas")
    seen = visible_texts(dialog)
    assert "∂L/∂W = Conv(X, ∂L/∂Z)" in seen
    assert "✓ Computed by the formulas, it equals autograd" in seen
    assert "∂L/∂W[1, 0, 0, 0] = Σ x · ∂L/∂z   over 784 positions" in seen
    row = next(f for f in dialog.findChildren(QSpinBox) if f.accessibleName() == "Tap row")
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Up)
    assert "∂L/∂W[1, 0, 1, 0]" in visible_texts(dialog)
    table = dialog.findChild(TableView)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    until(qtbot, lambda: "Select a convolution" in visible_texts(dialog.findChild(TapView)))
    dialog.close()
    until(qtbot, lambda: view(window).findChild(InsideDialog) is None)


def test_trained_again_a_run_comes_out_the_same(qtbot, runs: MainWindow) -> None:
    click(qtbot, runs.page, "Train again")
    until(qtbot, lambda: len(runs.session.project.runs) == 3)
    first, second = runs.session.project.runs[:2]
    assert first.settings.options == second.settings.options
    assert first.settings.seed == second.settings.seed == 1
    assert first.result.validation.accuracy == second.result.validation.accuracy


def test_a_run_is_trained_further(qtbot, runs: MainWindow) -> None:
    menu = open_menu(qtbot, runs)
    further = next(a.menu() for a in menu.actions() if a.menu())
    choose(further, "5 more epochs")
    until(qtbot, lambda: len(runs.session.project.runs) == 3)
    newest = runs.session.project.runs[0]
    assert newest.settings.options["epochs"] == 5
    assert {layer.fit for layer in newest.settings.layers} == {"kept"}


def button(window: MainWindow, name: str):
    from PySide6.QtWidgets import QPushButton

    return next(b for b in window.page.findChildren(QPushButton) if b.text() == name)
