"""The start page: three ways to begin, and the projects that were open lately."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from core.project.project import create_project
from core.project.recent import recent_projects, remember
from core.project.sample_job import SampleJob
from gui.look.appearance import current_theme
from gui.shell.main_window import MainWindow
from gui.start.recent_row import RecentRow
from gui.start.start_page import SHOWN
from tests.gui.conftest import button_called, click, open_project, until, visible_texts

LEFT = Qt.MouseButton.LeftButton


def recents(window: MainWindow) -> list[str]:
    """Return what a screen reader says of the recent projects, from the top."""
    return [row.accessibleName() for row in window.page.findChildren(RecentRow) if row.isVisible()]


def show_again(qtbot, window: MainWindow) -> None:
    """Come back to the page, which then reads the recent projects."""
    window.show_page("data")
    window.show_page("start")
    until(qtbot, lambda: recents(window))


def test_without_projects_nothing_is_called_recent(window: MainWindow) -> None:
    assert "Recent" not in visible_texts(window.page).splitlines()
    assert recents(window) == []


def test_a_recent_project_says_what_is_in_it(
    qtbot, window: MainWindow, trained_project: Path
) -> None:
    open_project(qtbot, window, trained_project)
    best = max(run.result.held_out.accuracy for run in window.session.project.runs)
    until(qtbot, lambda: recent_projects() and recent_projects()[0].best_accuracy == best)
    show_again(qtbot, window)
    (row,) = recents(window)
    assert row.startswith("Shapes, 24 images · best ")
    assert row.endswith("%, today")
    assert "Recent" in visible_texts(window.page).splitlines()


def test_a_click_on_a_recent_project_opens_it(
    qtbot, window: MainWindow, trained_project: Path
) -> None:
    remember(trained_project, "Shapes", images=24)
    show_again(qtbot, window)
    (row,) = window.page.findChildren(RecentRow)
    assert row.toolTip() == str(trained_project)
    qtbot.mouseClick(row, LEFT)
    until(qtbot, lambda: window.session.project.runs)
    assert window.session.project.project.folder == trained_project
    assert type(window.page).__name__ == "DataPage"


def test_the_newest_projects_come_first_and_only_so_many(
    qtbot, window: MainWindow, images: Path, tmp_path: Path
) -> None:
    for number in range(SHOWN + 2):
        remember(create_project(tmp_path / f"P{number}", images).folder, f"P{number}", images=24)
    show_again(qtbot, window)
    shown = [row.split(",")[0] for row in recents(window)]
    assert shown == [f"P{number}" for number in range(SHOWN + 1, 1, -1)]


def test_a_project_that_is_gone_is_not_offered(
    qtbot, window: MainWindow, images: Path, tmp_path: Path
) -> None:
    folders = [create_project(tmp_path / name, images).folder for name in ("Kept", "Gone")]
    for folder in folders:
        remember(folder, folder.name, images=24)
    shutil.rmtree(folders[1])
    show_again(qtbot, window)
    assert [row.split(",")[0] for row in recents(window)] == ["Kept"]


def test_start_asks_for_a_folder_of_images(
    qtbot, window: MainWindow, images: Path, monkeypatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(images))
    qtbot.mouseClick(button_called(window.page, "Train on my images: start"), LEFT)
    until(qtbot, lambda: window.session.project.images)
    assert window.session.project.name == "Shapes"


def test_start_leads_to_an_empty_design(qtbot, window: MainWindow) -> None:
    qtbot.mouseClick(button_called(window.page, "Design a network: start"), LEFT)
    assert type(window.page).__name__ == "DesignPage"


def test_start_makes_the_sample_and_the_buttons_say_what_they_wait_for(
    qtbot, window: MainWindow
) -> None:
    qtbot.mouseClick(button_called(window.page, "Try the sample: start"), LEFT)
    assert isinstance(window.session.jobs.status.job, SampleJob)
    for name in ("Train on my images: start", "Try the sample: start"):
        assert not button_called(window.page, name).isEnabled()
        assert "is running" in button_called(window.page, name).toolTip()
    assert button_called(window.page, "Design a network: start").isEnabled()
    window.session.jobs.stop()
    until(qtbot, lambda: not window.session.jobs.busy)
    assert button_called(window.page, "Try the sample: start").isEnabled()


def test_the_themes_button_names_the_other_theme(qtbot, window: MainWindow) -> None:
    before = current_theme().name
    other = {"dark": "light", "light": "dark"}[before]
    click_theme = button_called(window.page, f"Use the {other} theme")
    qtbot.mouseClick(click_theme, LEFT)
    assert current_theme().name == other
    assert click_theme.accessibleName() == f"Use the {before} theme"


def test_the_keys_are_listed(qtbot, window: MainWindow) -> None:
    qtbot.mouseClick(button_called(window.page, "Keyboard shortcuts (F1)"), LEFT)
    until(qtbot, lambda: "Close" in visible_texts(window))
    click(qtbot, window, "Close")
