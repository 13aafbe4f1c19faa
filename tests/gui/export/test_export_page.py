"""The Export page: what will be written, the proof of what was, and how it is used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.export.export_job import ExportJob
from core.export.export_report import REPORT_FILE, ExportReport, kept_report
from core.jobs.job import Reporter
from core.runs.runs import list_runs
from gui.export.destination import folder_name, free_folder
from gui.export.export_page import ExportPage
from gui.shell.main_window import MainWindow
from gui.widgets.share_bar import ShareBar
from gui.widgets.table import TableView
from tests.gui.conftest import button_called, click, open_project, until, visible_texts

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, window: MainWindow, trained_project: Path) -> ExportPage:
    """Show the page of a project whose newest run was not exported yet."""
    open_project(qtbot, window, trained_project)
    window.show_page("export")
    return window.page


@pytest.fixture(scope="module")
def exported_once(tmp_path_factory: pytest.TempPathFactory, trained_once: Path) -> Path:
    """Export the newest run of a project once; return the project."""
    folder = tmp_path_factory.mktemp("exported")
    project = Path(shutil.copytree(trained_once, folder / trained_once.name))
    newest = list_runs(project / "runs")[0][0]
    ExportJob(newest.folder, folder / "out" / "shapes").run(Reporter())
    return project


@pytest.fixture
def exported(qtbot, window: MainWindow, exported_once: Path, tmp_path: Path) -> MainWindow:
    """Show the page of a project whose newest run was exported."""
    project = Path(shutil.copytree(exported_once, tmp_path / exported_once.name))
    open_project(qtbot, window, project)
    window.show_page("export")
    return window


def report_of(window: MainWindow) -> ExportReport:
    return kept_report(window.session.project.run.folder)


def rows(page: ExportPage) -> list[list[str]]:
    """Return the table of the proof, row by row."""
    model = page.findChild(TableView).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_without_a_run_the_page_leads_to_train(qtbot, window: MainWindow) -> None:
    window.show_page("export")
    assert "No run to export yet" in visible_texts(window.page)
    click(qtbot, window.page, "Go to Train")
    assert type(window.page).__name__ == "TrainPage"


def test_it_says_what_will_be_written_and_checked(page: ExportPage) -> None:
    seen = visible_texts(page)
    assert "Not exported yet" in seen
    assert "All 8 images set aside will run through the written file" in seen
    assert "shapes/" in seen
    for file in ("model.onnx", "labels.txt", "predict.py", "README.md"):
        assert file in seen
    assert not page.findChild(TableView).isVisible()
    assert "Show in folder" not in seen


def test_the_run_that_is_exported_is_named(window: MainWindow, page: ExportPage) -> None:
    assert window.session.project.run.title in visible_texts(window)
    assert "Exporting never changes the run" in visible_texts(window)


def test_the_button_writes_the_folder_and_the_proof_appears(
    qtbot, window: MainWindow, page: ExportPage, tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "out" / "shapes").mkdir(parents=True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    until(qtbot, lambda: "The file gives the same answer" in visible_texts(page))
    written = tmp_path / "out" / "shapes-2"  # nothing is written over
    assert {path.name for path in written.iterdir()} >= set(report_of(window).files)
    assert f"Exported to {written}" in visible_texts(page)


def test_the_proof_of_the_last_export_is_shown_again(qtbot, exported: MainWindow) -> None:
    page, report = exported.page, report_of(exported)
    until(qtbot, page.findChild(TableView).isVisible)
    seen = visible_texts(page)
    assert "Checked on this computer, with 8 images set aside" in seen
    assert "✓ The file gives the same answer as the program for every image." in seen
    assert report.torch_check is not None
    found = {row[0]: row[1:] for row in rows(page)}
    assert found["Answers that differ from the program's"] == ["–", "0 of 8"]
    assert found["Answers that differ from PyTorch's"] == ["–", "0 of 8"]
    assert found["Accuracy"][0] == found["Accuracy"][1]
    assert "Show in folder" in seen


def test_the_times_of_one_image_are_shown_as_bars(qtbot, exported: MainWindow) -> None:
    page = exported.page
    until(qtbot, lambda: "Time for one image" in visible_texts(page))
    bars = [bar.accessibleName() for bar in page.findChildren(ShareBar)]
    assert [name.split(" ")[0] for name in bars] == ["PyTorch", "ONNX"]
    assert all(name.endswith("ms") for name in bars)


def test_without_pytorch_the_proof_has_a_column_less(qtbot, exported: MainWindow) -> None:
    change_report(exported, torch_check=None)
    page = exported.page
    look_again(qtbot, exported)
    assert {len(row) for row in rows(page)} == {2}
    assert "Answers that differ from PyTorch's" not in [row[0] for row in rows(page)]


def test_changed_answers_are_a_warning(qtbot, exported: MainWindow) -> None:
    parity = {"images": 8, "agreement": 0.875, "changed": 1, "max_probability_difference": 0.5}
    change_report(exported, parity=parity)
    look_again(qtbot, exported)
    seen = visible_texts(exported.page)
    assert "The file changes 1 of 8 answers: do not rely on it." in seen
    assert "The file gives the same answer" not in seen


def change_report(window: MainWindow, **changed) -> None:
    """Have the last export found something else."""
    file = window.session.project.run.folder / REPORT_FILE
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | changed), "utf-8")


def look_again(qtbot, window: MainWindow) -> None:
    """Open the project again and go to the page."""
    folder = window.session.project.project.folder
    window.session.project.close()
    open_project(qtbot, window, folder)
    window.show_page("export")
    until(qtbot, window.page.findChild(TableView).isVisible)


def test_a_folder_that_is_gone_is_explained(qtbot, exported: MainWindow, tmp_path: Path) -> None:
    until(qtbot, lambda: "Show in folder" in visible_texts(exported.page))
    change_report(exported, model=str(tmp_path / "gone" / "model.onnx"))
    look_again(qtbot, exported)
    click(qtbot, exported.page, "Show in folder")
    assert "no longer exists: export again." in visible_texts(exported)


def test_the_command_is_copied(qtbot, page: ExportPage) -> None:
    assert "for example: circles 0.97  squares 0.03" in visible_texts(page)
    click(qtbot, page, "Copy")
    assert QGuiApplication.clipboard().text() == "python predict.py photo.jpg"


def test_another_run_has_a_proof_of_its_own(qtbot, exported: MainWindow) -> None:
    page, project = exported.page, exported.session.project
    until(qtbot, page.findChild(TableView).isVisible)
    project.choose_run(project.runs[1])
    assert "Not exported yet" in visible_texts(page)
    project.choose_run(project.runs[0])
    until(qtbot, lambda: "Checked on this computer" in visible_texts(page))


def test_while_a_job_runs_the_button_says_why_it_waits(window: MainWindow, page) -> None:
    button = button_called(page, "Export folder…")
    assert button.isEnabled()
    window.session.workflow.scan()
    assert not button.isEnabled()
    assert "is running: stop it or wait until it ends." in button.toolTip()


@pytest.mark.parametrize(
    ("project", "folder"),
    [("Shapes", "shapes"), ("Ants & bees (2)", "ants-bees-2"), ("Größe", "größe"), ("…", "model")],
)
def test_a_folder_is_called_like_its_project(project: str, folder: str, tmp_path: Path) -> None:
    assert folder_name(project) == folder
    assert free_folder(tmp_path, project) == tmp_path / folder


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes-2").mkdir()
    assert free_folder(tmp_path, "Shapes") == tmp_path / "shapes-3"
