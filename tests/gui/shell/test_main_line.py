"""The main line in the window: train, look, try, export."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from gui.evaluation.answers_card import AnswersCard
from gui.evaluation.confusion_view import ConfusionView
from gui.shell.main_window import MainWindow
from tests.gui.conftest import click, until, visible_texts

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def trained(qtbot, opened: MainWindow) -> MainWindow:
    """Train the project by its button."""
    opened.show_page("train")
    click(qtbot, opened.page, "Start training")
    until(qtbot, lambda: opened.session.project.run)
    return opened


def test_a_person_trains_tests_tries_and_exports(
    qtbot, qapp, trained: MainWindow, images: Path, tmp_path: Path, monkeypatch
) -> None:
    seen = visible_texts(trained.page)
    assert "images that it was not trained on" in seen
    assert "With 95 % confidence the true accuracy lies between" in seen
    assert "Always answering" in seen
    check_test_page(qtbot, trained)
    check_trying(qtbot, qapp, trained, images)
    check_export(qtbot, trained, tmp_path, monkeypatch)
    check_reopening(qtbot, trained)


def check_test_page(qtbot, window: MainWindow) -> None:
    window.show_page("test")
    assert "Weakest class" in visible_texts(window.page)
    matrix = window.page.findChild(ConfusionView)
    card = window.page.findChild(AnswersCard)
    for row in range(2):
        for column in range(2):
            matrix.choose(row, column)
            shown = int(matrix.model().index(row, column).data())
            until(qtbot, lambda n=shown: card.view.model().rowCount() == n)


def check_trying(qtbot, qapp, window: MainWindow, images: Path) -> None:
    trial = window.session.trial
    window.open_path(images / "circles" / "circles 03.png")
    until(qtbot, lambda: trial.answer)
    seen = visible_texts(window.page)
    assert "circles" in seen
    assert "on this CPU" in seen
    assert sum(share for _, share in trial.answer.ranking) == pytest.approx(1, abs=1e-4)
    first = trial.answer
    # Not setMimeData: the clipboard would free the Python object after Python has ended.
    qapp.clipboard().setImage(QImage(str(images / "squares" / "squares 05.png")))
    qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    until(qtbot, lambda: trial.answer and trial.answer is not first)
    assert trial.name == "Pasted image"


def check_export(qtbot, window: MainWindow, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    window.show_page("export")
    assert "Not exported yet" in visible_texts(window.page)
    click(qtbot, window.page, "Export folder…")
    until(qtbot, lambda: "The file gives the same answer" in visible_texts(window.page))
    model = tmp_path / "out" / "shapes" / "model.onnx"
    assert model.exists()
    assert "Show in folder" in visible_texts(window.page)
    window.open_path(model)
    until(qtbot, lambda: window.session.trial.answer)
    assert "Answers: model.onnx" in visible_texts(window.page)


def check_reopening(qtbot, window: MainWindow) -> None:
    project = window.session.project
    folder, run = project.project.folder, project.run.folder
    project.close()
    window.open_path(folder)
    until(qtbot, lambda: project.run)
    assert project.run.folder == run
    window.show_page("export")
    until(qtbot, lambda: "The file gives the same answer" in visible_texts(window.page))
