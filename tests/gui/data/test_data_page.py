"""The Data page: classes, images, health."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from gui.data.class_panel import ClassPanel
from gui.data.grid_panel import GridPanel
from gui.shell.main_window import MainWindow
from gui.widgets.images.image_viewer import ImageViewer
from tests.gui.conftest import click, make_images, until, visible_texts


def grid(window: MainWindow) -> GridPanel:
    return window.page.findChild(GridPanel)


def test_a_class_is_chosen_with_the_keyboard(qtbot, opened: MainWindow) -> None:
    classes = opened.page.findChild(ClassPanel).list
    classes.setFocus()
    qtbot.keyClick(classes, Qt.Key.Key_Down)
    assert {image.class_name for image in grid(opened).images} == {"circles"}
    qtbot.keyClick(classes, Qt.Key.Key_Down)
    assert {image.class_name for image in grid(opened).images} == {"squares"}
    qtbot.keyClick(classes, Qt.Key.Key_Home)
    assert len(grid(opened).images) == 24


def test_thumbnails_come_and_are_painted(qtbot, opened: MainWindow) -> None:
    loader, view = opened.session.thumbnails, grid(opened).view
    first = grid(opened).images[0].path
    until(qtbot, lambda: loader.pixmap(first, None) is not None)
    tile = view.visualRect(view.model().index(0, 0))
    painted = view.viewport().grab().toImage().pixelColor(tile.center())
    assert painted.lightness() > 0
    assert loader.bytes_kept > 0


def test_the_keyboard_moves_and_enter_shows_the_image_large(qtbot, opened: MainWindow) -> None:
    view = grid(opened).view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1 + view.columns
    qtbot.keyClick(view, Qt.Key.Key_Return)
    viewer = opened.page.findChild(ImageViewer)
    until(qtbot, lambda: viewer.picture.image)
    name = grid(opened).images[1 + view.columns].path.name
    assert name in visible_texts(viewer)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert grid(opened).images[2 + view.columns].path.name in visible_texts(viewer)
    viewer.accept()


def test_ctrl_a_selects_all_and_says_how_many(qtbot, opened: MainWindow) -> None:
    view = grid(opened).view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "24 images · 24 selected" in visible_texts(opened.page)


def test_clicks_select_with_shift_and_ctrl(qtbot, opened: MainWindow) -> None:
    view = grid(opened).view
    modifiers = Qt.KeyboardModifier

    def click_tile(row: int, modifier=modifiers.NoModifier) -> None:
        centre: QPoint = view.visualRect(view.model().index(row, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, centre)

    click_tile(0)
    click_tile(2, modifiers.ControlModifier)
    rows = sorted(index.row() for index in view.selectionModel().selectedIndexes())
    assert rows == [0, 2]


def test_unreadable_and_copied_files_are_listed_and_left_alone(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    folder = make_images(tmp_path / "Mixed", {"a": 8, "b": 8})
    (folder / "a" / "broken.png").write_bytes(b"not an image")
    shutil.copy(folder / "b" / "b 00.png", folder / "b" / "copy.png")
    window.open_path(folder)
    until(qtbot, lambda: window.session.project.report and not window.session.jobs.busy)
    until(qtbot, lambda: "file cannot be read" in visible_texts(window.page))
    seen = visible_texts(window.page)
    assert "classes with few images: a (8), b (9)" in seen
    click(qtbot, window.page, "Show")
    (shown,) = grid(window).images
    assert shown.path.name == "broken.png"
    assert "not an image" in shown.problem
    assert (folder / "a" / "broken.png").read_bytes() == b"not an image"
    click(qtbot, window.page, "Back to all images")
    assert len(grid(window).images) == 18


def test_a_folder_that_cannot_be_learnt_from_is_explained(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    folder = make_images(tmp_path / "Half", {"good": 4})
    (folder / "bad").mkdir()
    for number in range(2):
        (folder / "bad" / f"{number}.png").write_text("no image")
    window.open_path(folder)
    until(qtbot, lambda: "The class “bad” has 0 readable images" in visible_texts(window))
    assert "Scan folder" in visible_texts(window.page)


def test_a_folder_with_one_class_is_refused_and_no_project_made(
    qtbot, window: MainWindow, tmp_path: Path, home: Path
) -> None:
    window.open_path(make_images(tmp_path / "Single", {"only": 4}))
    until(qtbot, lambda: "There is only one class, “only”" in visible_texts(window))
    assert "Try the sample" in visible_texts(window.page)
    assert not (home / "projects").exists()
