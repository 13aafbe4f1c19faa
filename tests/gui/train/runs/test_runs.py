"""Runs are compared, named, saved, deleted, brought back, repeated, and looked into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QSpinBox

from core.runs.trash import TRASH
from core.training.train_job import TrainJob
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
from tests.gui.conftest import click, until, visible_texts


@pytest.fixture
def runs(qtbot, opened: MainWindow) -> MainWindow:
    """Train twice, with different seeds."""
    opened.show_page("train")
    project, jobs = opened.session.project, opened.session.jobs
    for seed in (0, 1):
        opened.session.workflow.start_training(
            TrainJob(project.project.folder, "scratch", "lenet5", seed, options={"epochs": 3})
        )
        until(qtbot, lambda: not jobs.busy)
        until(qtbot, lambda n=seed: len(project.runs) == n + 1)
    return opened


def view(window: MainWindow) -> RunsView:
    return window.page.findChild(RunsView)


def cells(window: MainWindow, row: int) -> list[str]:
    model = view(window).table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_runs_are_kept_and_used(qtbot, runs: MainWindow, tmp_path: Path, monkeypatch) -> None:
    check_figures(qtbot, runs)
    check_sorting(qtbot, runs)
    check_comparing(qtbot, runs)
    check_naming(qtbot, runs)
    check_saving(qtbot, runs, tmp_path, monkeypatch)
    check_deleting(qtbot, runs)
    check_inside(qtbot, runs)
    check_again(qtbot, runs)


def check_figures(qtbot, window: MainWindow) -> None:
    until(qtbot, lambda: all("ms" in cells(window, row)[5] for row in range(2)))
    title, accuracy, loss, parameters, macs, *_ = cells(window, 0)
    assert title == "From scratch · LeNet-5 (modern)"
    assert "%" in accuracy
    assert float(loss.replace(",", ".")) > 0
    assert parameters.replace(",", "") == "61026"
    assert macs.replace(",", "") == "415848"


def check_sorting(qtbot, window: MainWindow) -> None:
    """Sort by a heading with the mouse, and from the menu with the keyboard."""
    header = view(window).table.horizontalHeader()

    def column(number: int) -> list[str]:
        return [cells(window, row)[number] for row in range(2)]

    def click_losses() -> None:
        place = QPoint(header.sectionViewportPosition(2) + 5, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    newest_first, losses = column(7), column(2)
    click_losses()
    assert column(2) == sorted(losses, key=float, reverse=True)
    assert view(window).table.model().headerData(2, Qt.Orientation.Horizontal) == "Loss ↓"
    click_losses()
    assert column(2) == sorted(losses, key=float)
    more = button(window, "More")
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Up)  # the last entry: Sort by
    qtbot.keyClick(menu, Qt.Key.Key_Right)
    sorting = QApplication.activePopupWidget()
    qtbot.keyClick(sorting, Qt.Key.Key_Up)  # the last entry: Begun
    qtbot.keyClick(sorting, Qt.Key.Key_Return)
    assert column(7) == newest_first
    assert view(window).table.model().headerData(7, Qt.Orientation.Horizontal) == "Started ↓"
    activate(qtbot, window)


def check_comparing(qtbot, window: MainWindow) -> None:
    table = view(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    card = window.page.findChildren(CurveCard)[0]
    until(qtbot, lambda: card.summary().count("after epoch 3") == 2)
    names = [shown.name for shown in card.shown]
    assert len(set(names)) == 2
    for name in names:
        assert "From scratch · LeNet-5 (modern)" in name
        entry = next(e for e in card.findChildren(LegendEntry) if e.accessibleName() == name)
        until(qtbot, entry.isVisible)
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


def check_naming(qtbot, window: MainWindow) -> None:
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
    assert "“Wespen, größer” answers." in visible_texts(window.page.findChild(TryView))
    click(qtbot, window.page, "Status")


def check_saving(qtbot, window: MainWindow, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "läuft.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    run = window.session.project.runs[0]
    menu = view(window)._actions.menu(run)
    next(a for a in menu.actions() if a.text().startswith("Save as JSON")).trigger()
    until(qtbot, file.exists)
    content = json.loads(file.read_text("utf-8"))
    assert content["notes"]["name"] == "Wespen, größer"
    assert [p["epoch"] for p in content["curve"] if p["type"] == "epoch"] == [1, 2, 3]
    menu.deleteLater()


def activate(qtbot, window: MainWindow) -> None:
    """Give the keyboard back to the window, as a desktop does when a dialog is closed."""
    window.activateWindow()
    until(qtbot, window.isActiveWindow)


def check_deleting(qtbot, window: MainWindow) -> None:
    activate(qtbot, window)
    folder = window.session.project.runs[0].folder
    table = view(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    until(qtbot, lambda: len(window.session.project.runs) == 1)
    assert "“Wespen, größer” was deleted." in visible_texts(window.page)
    assert (folder.parents[1] / TRASH / folder.name).is_dir()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: len(window.session.project.runs) == 2)
    assert folder.is_dir()
    assert "was deleted" not in visible_texts(window.page)


def check_inside(qtbot, window: MainWindow) -> None:
    until(qtbot, lambda: cells(window, 0)[0] == "Wespen, größer")
    click(qtbot, window.page, "Look inside…")
    dialog = view(window).findChild(InsideDialog)
    until(qtbot, lambda: "What “c1” gives for this image: 6 × 28 × 28." in visible_texts(dialog))
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
    table = dialog._table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    until(qtbot, lambda: "Choose a convolution" in visible_texts(dialog.findChild(TapView)))
    dialog.close()
    until(qtbot, lambda: view(window).findChild(InsideDialog) is None)


def check_again(qtbot, window: MainWindow) -> None:
    activate(qtbot, window)
    click(qtbot, window.page, "Train again")
    until(qtbot, lambda: len(window.session.project.runs) == 3)
    first, second = window.session.project.runs[:2]
    assert first.settings.options == second.settings.options
    assert first.settings.seed == second.settings.seed == 1
    assert first.result.validation.accuracy == second.result.validation.accuracy
    until(qtbot, lambda: not window.session.jobs.busy)
    menu = view(window)._actions.menu(first)
    further = next(a.menu() for a in menu.actions() if a.menu())
    next(a for a in further.actions() if a.text() == "5 more epochs").trigger()
    until(qtbot, lambda: len(window.session.project.runs) == 4)
    newest = window.session.project.runs[0]
    assert newest.settings.options["epochs"] == 5
    assert {layer.fit for layer in newest.settings.layers} == {"kept"}
    menu.deleteLater()


def button(window: MainWindow, name: str):
    from PySide6.QtWidgets import QPushButton

    return next(b for b in window.page.findChildren(QPushButton) if b.text() == name)
