"""The table of what the user can do in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.shell.actions import ActionSpec
from gui.shell.workspaces import WORKSPACES

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow


def window_actions(window: MainWindow) -> list[ActionSpec]:
    """Return the actions of the window, in the order of the key list."""
    return [*_opening(window), *_pages(window), *_working(window), *_window(window)]


def _opening(window: MainWindow) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    on_test = window.shows_test
    return [
        ActionSpec(
            "open",
            translate("Actions", "Open a folder of images or a project…"),
            ("Ctrl+O",),
            window.choose_folder,
            window.session.workflow.why_busy,
            icon="folder",
            applies=lambda: not on_test(),
        ),
        ActionSpec(
            "open_image",
            translate("Actions", "Open an image to try (on Test)…"),
            ("Ctrl+O",),
            window.choose_image,
            icon="image",
            applies=on_test,
        ),
        ActionSpec(
            "open_model",
            translate("Actions", "Open an ONNX file to try…"),
            ("Ctrl+Shift+O",),
            window.choose_model,
            icon="open",
        ),
        ActionSpec(
            "paste",
            translate("Actions", "Paste an image to try"),
            ("Ctrl+V",),
            window.paste,
            icon="paste",
        ),
    ]


def _pages(window: MainWindow) -> list[ActionSpec]:
    go_to = window.show_page
    pages = [
        ActionSpec(
            workspace.id,
            workspace.title,
            (f"Ctrl+{number}",),
            partial(go_to, workspace.id),
            icon=workspace.id,
        )
        for number, workspace in enumerate(WORKSPACES, 1)
    ]
    title = QCoreApplication.translate("Actions", "Start page")
    return [ActionSpec("start", title, ("Ctrl+0",), partial(go_to, "start"), icon="home"), *pages]


def _working(window: MainWindow) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    workflow, jobs = window.session.workflow, window.session.jobs

    def nothing_runs() -> str:
        return "" if jobs.busy else translate("Actions", "Nothing is running.")

    return [
        ActionSpec(
            "scan",
            translate("Actions", "Read the folder again"),
            ("F5",),
            workflow.scan,
            workflow.why_not_scan,
            icon="refresh",
        ),
        ActionSpec(
            "start_training",
            translate("Actions", "Train with the chosen recipe"),
            ("Ctrl+Return",),
            workflow.train,
            workflow.why_not_start,
            icon="play",
        ),
        ActionSpec(
            "export_folder",
            translate("Actions", "Export the run as a folder…"),
            ("Ctrl+E",),
            window.choose_export,
            workflow.why_not_export,
            icon="export",
        ),
        ActionSpec(
            "stop",
            translate("Actions", "Stop what is running"),
            ("Ctrl+.",),
            jobs.stop,
            nothing_runs,
            icon="stop",
        ),
    ]


def _window(window: MainWindow) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "theme",
            translate("Actions", "Change between the light and the dark theme"),
            ("Ctrl+Shift+L",),
            window.switch_theme,
        ),
        ActionSpec(
            "keys", translate("Actions", "Show this list of keys"), ("F1", "?"), window.show_keys
        ),
        ActionSpec("quit", translate("Actions", "Quit"), ("Ctrl+Q",), window.close),
    ]
