"""The window: what a person sees, clicks, types and drops."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from core.project.recent import recent_projects
from gui.look.appearance import current_theme
from gui.shell.keys_dialog import KeysDialog
from gui.shell.main_window import MainWindow
from gui.shell.workspaces import WORKSPACES
from tests.gui.conftest import click, until, visible_texts

ROOT = Path(__file__).resolve().parents[3]


def drop(window: MainWindow, *paths: Path) -> None:
    """Send the events that dragging files onto the window and letting go sends."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def test_the_start_page_leads_in(window: MainWindow) -> None:
    seen = visible_texts(window)
    assert "Teach your computer to recognise your own images." in seen
    assert "Train on my images" in seen
    assert "Design a network" in seen


def test_keys_lead_to_every_page(qtbot, window: MainWindow) -> None:
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    for key, workspace in zip(keys, WORKSPACES, strict=True):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert isinstance(window.page, workspace.page())
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert "Train on my images" in visible_texts(window)


def test_every_page_says_what_to_do_while_it_is_empty(window: MainWindow) -> None:
    for workspace in WORKSPACES:
        window.show_page(workspace.id)
        seen = visible_texts(window.page)
        assert any(word in seen for word in ("Choose a folder…", "Go to Train", "Empty design")), (
            workspace.id
        )


def test_a_disabled_control_says_why(window: MainWindow) -> None:
    window.show_page("train")
    action = window.actions_table["start_training"]
    assert not action.isEnabled()
    assert action.toolTip() == "Open a folder of images first."


def test_the_key_list_has_every_action(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(KeysDialog)
    seen = visible_texts(dialog)
    for spec in window.actions_table.table:
        assert spec.text.rstrip("…") in seen
    click(qtbot, dialog, "Close")


def test_the_theme_changes_at_run_time_and_is_kept(qtbot, window: MainWindow, home: Path) -> None:
    before = current_theme().name
    qtbot.keyClick(
        window,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert current_theme().name != before
    kept = home / "settings" / "settings.json"
    until(qtbot, lambda: kept.exists() and current_theme().name in kept.read_text())


def test_a_dropped_folder_becomes_a_project(qtbot, window: MainWindow, images: Path) -> None:
    drop(window, images)
    until(qtbot, lambda: window.session.project.report)
    seen = visible_texts(window)
    assert "24 images in 2 classes" in seen
    assert "24 images" in visible_texts(window.page)
    assert window.windowTitle() == "Shapes – Layerloom"
    assert sorted(path.name for path in images.iterdir()) == ["circles", "squares"]


def test_a_dropped_project_opens_again(qtbot, opened: MainWindow) -> None:
    session = opened.session
    folder = session.project.project.folder
    session.project.close()
    drop(opened, folder / "Shapes.layerloom")
    until(qtbot, lambda: session.project.project and session.project.images)
    assert session.project.name == "Shapes"


def test_a_dropped_folder_without_images_is_explained(
    qtbot, window: MainWindow, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    until(qtbot, lambda: window.session.notices.current)
    assert "The folder contains no images" in visible_texts(window)
    assert not (home / "projects").exists()
    click(qtbot, window, "Dismiss")
    assert "The folder contains no images" not in visible_texts(window)


def test_choosing_a_folder_opens_it(qtbot, window: MainWindow, images: Path, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(images))
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.session.project.images)
    assert window.session.project.name == "Shapes"


def test_the_opened_project_is_on_the_start_page(qtbot, opened: MainWindow) -> None:
    until(qtbot, recent_projects)
    opened.show_page("start")
    until(qtbot, lambda: "Shapes" in visible_texts(opened.page))
    seen = visible_texts(opened.page)
    assert "24 images" in seen
    assert "today" in seen


def test_a_broken_settings_file_is_told(qtbot, qapp, home: Path) -> None:
    from gui.shell.application import make_application, make_window

    (home / "settings").mkdir(parents=True)
    (home / "settings" / "settings.json").write_text("{")
    window = make_window(make_application())
    qtbot.addWidget(window)
    window.show()
    assert "The settings were damaged" in visible_texts(window)
    window.close()


def test_the_window_needs_no_heavy_library(home: Path) -> None:
    code = (
        "import sys\n"
        "from gui.shell.application import make_application, make_window\n"
        "app = make_application(); window = make_window(app); window.show()\n"
        "app.processEvents(); window.close()\n"
        "heavy = {'torch', 'sklearn', 'onnxruntime', 'onnx', 'scipy', 'qtawesome'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_everything_works_at_the_smallest_size(window: MainWindow) -> None:
    window.resize(1024, 700)
    for workspace in WORKSPACES:
        window.show_page(workspace.id)
        assert (window.width(), window.height()) == (1024, 700), workspace.id
