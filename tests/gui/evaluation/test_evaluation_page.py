"""The Test page: how far the answers of a run can be trusted, and trying it on images."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.runs.runs import Run
from gui.evaluation.answers_card import AnswersCard
from gui.evaluation.confusion_view import ConfusionView
from gui.evaluation.score_cards import WeakestCard
from gui.evaluation.try_panel import TryPanel
from gui.look.numbers import percent
from gui.shell.main_window import MainWindow
from gui.widgets.images.image_viewer import ImageView, ImageViewer
from gui.widgets.share_bar import ShareBar
from gui.widgets.table import TableView
from tests.gui.conftest import button_called, click, open_project, until, visible_texts


@pytest.fixture
def tested(qtbot, window: MainWindow, trained_project: Path) -> MainWindow:
    """Show the page of a project with two runs."""
    open_project(qtbot, window, trained_project)
    window.show_page("test")
    return window


def run_of(window: MainWindow) -> Run:
    return window.session.project.run


def matrix_of(window: MainWindow) -> list[list[str]]:
    """Return what the confusion matrix shows, row by row."""
    model = window.page.findChild(ConfusionView).model()
    sides = range(model.rowCount())
    return [[model.index(row, column).data() for column in sides] for row in sides]


def test_without_a_run_the_page_leads_to_train(qtbot, window: MainWindow) -> None:
    window.show_page("test")
    assert "No run to test yet" in visible_texts(window.page)
    assert not button_called(window.page, "Open…").isEnabled()
    assert "Train first" in button_called(window.page, "Open…").toolTip()
    click(qtbot, window.page, "Go to Train")
    assert type(window.page).__name__ == "TrainPage"


def test_the_accuracy_comes_with_its_interval_and_the_trivial_answer(tested: MainWindow) -> None:
    result, seen = run_of(tested).result, visible_texts(tested.page)
    assert "Test accuracy (images never used in training)" in seen
    assert percent(result.held_out.accuracy) in seen
    assert "95 % confidence: " in seen
    assert (
        f"Baseline (always “{result.most_frequent}”): {percent(result.held_out.baseline)}" in seen
    )


def test_the_weakest_class_is_the_one_found_least(tested: MainWindow) -> None:
    each = run_of(tested).result.held_out.per_class
    least = min(score.recall for score in each.values())
    seen = visible_texts(tested.page.findChild(WeakestCard)).splitlines()
    name = next(name for name in each if name in seen)
    assert each[name].recall == least
    assert f"finds {round(least * each[name].images)} of {each[name].images}" in seen


def test_the_matrix_counts_the_answers_of_the_run(tested: MainWindow) -> None:
    confusion = run_of(tested).result.held_out.confusion
    assert matrix_of(tested) == [[str(number) for number in row] for row in confusion.matrix]


def test_each_class_has_a_row_with_its_figures(tested: MainWindow) -> None:
    tables = tested.page.findChildren(TableView)
    (table,) = [table for table in tables if table.accessibleName() == "Each class"]
    model, scores = table.model(), run_of(tested).result.held_out.per_class
    shown = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(2)}
    assert shown == {name: percent(score.recall) for name, score in scores.items()}


def test_a_cell_shows_its_images(qtbot, tested: MainWindow) -> None:
    view, card = tested.page.findChild(ConfusionView), tested.page.findChild(AnswersCard)
    view.choose(0, 0)
    view.setFocus()
    for row, column, key in ((0, 1, Qt.Key.Key_Right), (1, 1, Qt.Key.Key_Down)):
        qtbot.keyClick(view, key)
        count = int(matrix_of(tested)[row][column])
        until(qtbot, lambda n=count: card.view.model().rowCount() == n)
    word = "image" if count == 1 else "images"
    assert f"squares recognised – {count} {word}" in visible_texts(card)


def test_an_image_of_a_cell_opens_large(qtbot, tested: MainWindow) -> None:
    view, card = tested.page.findChild(ConfusionView), tested.page.findChild(AnswersCard)
    cells = matrix_of(tested)
    row, column = next((i, j) for i in range(2) for j in range(2) if int(cells[i][j]))
    view.choose(row, column)
    until(qtbot, card.view.model().rowCount)
    card.view.setFocus()
    card.view.setCurrentIndex(card.view.model().index(0, 0))
    qtbot.keyClick(card.view, Qt.Key.Key_Return)
    until(qtbot, lambda: tested.page.findChild(ImageViewer))
    tested.page.findChild(ImageViewer).close()


def test_another_run_has_figures_of_its_own(tested: MainWindow) -> None:
    project = tested.session.project
    project.choose_run(project.runs[1])
    confusion = project.runs[1].result.held_out.confusion
    assert matrix_of(tested) == [[str(number) for number in row] for row in confusion.matrix]
    assert f"Answers: {project.runs[1].title}" in visible_texts(tested.page)


def test_an_opened_image_is_answered(qtbot, tested: MainWindow) -> None:
    images = tested.session.project.project.images_folder
    tested.open_path(images / "circles" / "circles 03.png")
    panel = tested.page.findChild(TryPanel)
    until(qtbot, lambda: "on this CPU" in visible_texts(panel))
    bars = [bar.accessibleName() for bar in panel.findChildren(ShareBar)]
    assert {name.split(" ")[0] for name in bars} == {"circles", "squares"}
    assert panel.findChild(ImageView).isVisible()


def test_what_is_no_image_is_explained(qtbot, tested: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no image")
    tested.open_path(broken)
    panel = tested.page.findChild(TryPanel)
    until(qtbot, lambda: "not an image in a format that Layerloom reads" in visible_texts(panel))
    assert panel.findChildren(ShareBar) == []
