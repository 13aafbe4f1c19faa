"""The table of what the user can do in the window."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gui.owners.actions import ActionSpec
from gui.owners.session import Session
from gui.shell.workspaces import WORKSPACES
from gui.widgets.dialogs.file_questions import (
    open_design,
    open_folder,
    open_image,
    open_model,
    save_design,
    save_design_as,
)


class Window(Protocol):
    """What the actions need of the window."""

    session: Session

    def shows_test(self) -> bool:
        """Return whether the Test page is in sight."""
        ...

    def shows_design(self) -> bool:
        """Return whether the Design page is in sight."""
        ...

    def show_page(self, name: str) -> None:
        """Show a page."""
        ...

    def switch_theme(self) -> None:
        """Change between the light and the dark theme."""
        ...

    def show_keys(self) -> None:
        """List what the keyboard does."""
        ...

    def close(self) -> bool:
        """Close the window."""
        ...


def window_actions(window: Window, parent: QWidget) -> list[ActionSpec]:
    """Return the actions of the window, in the order of the key list.

    Args:
        window: Does them.
        parent: Of the dialogs that ask for files.
    """
    return [
        *_opening(window, parent),
        *_designing(window, parent),
        *_pages(window),
        *_working(window, parent),
        *_window(window),
    ]


def _opening(window: Window, parent: QWidget) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    on_test, on_design = window.shows_test, window.shows_design
    return [
        ActionSpec(
            "open",
            translate("Actions", "Open a folder of images or a project…"),
            ("Ctrl+O",),
            partial(open_folder, parent, window.session),
            window.session.workflow.why_busy,
            icon="folder",
            applies=lambda: not on_test() and not on_design(),
        ),
        ActionSpec(
            "open_image",
            translate("Actions", "Open an image to try (on Test)…"),
            ("Ctrl+O",),
            partial(open_image, parent, window.session),
            icon="image",
            applies=on_test,
        ),
        ActionSpec(
            "open_model",
            translate("Actions", "Open an ONNX file to try…"),
            ("Ctrl+Shift+O",),
            lambda: open_model(parent, window.session, to_design=on_design()),
            icon="open",
        ),
        ActionSpec(
            "paste",
            translate("Actions", "Paste an image to try"),
            ("Ctrl+V",),
            window.session.workflow.paste,
            icon="paste",
            applies=lambda: not on_design(),
        ),
    ]


def _designing(window: Window, parent: QWidget) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    on_design, design = window.shows_design, _Design(window)
    return [
        ActionSpec(
            "open_design",
            translate("Actions", "Open a design or an ONNX file (on Design)…"),
            ("Ctrl+O",),
            partial(open_design, parent, window.session),
            icon="folder",
            applies=on_design,
        ),
        *window.session.history.table,
        ActionSpec(
            "save_design",
            translate("Actions", "Save the design (on Design)"),
            ("Ctrl+S",),
            partial(save_design, parent, window.session),
            design.why_not,
            applies=on_design,
        ),
        ActionSpec(
            "save_design_as",
            translate("Actions", "Save the design as (on Design)…"),
            ("Ctrl+Shift+S",),
            partial(save_design_as, parent, window.session),
            design.why_not,
            applies=on_design,
        ),
    ]


def _pages(window: Window) -> list[ActionSpec]:
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


def _working(window: Window, parent: QWidget) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    workflow, jobs = window.session.workflow, window.session.jobs
    design = _Design(window)

    def nothing_runs() -> str:
        return "" if jobs.busy else translate("Actions", "Nothing is running.")

    return [
        ActionSpec(
            "scan",
            translate("Actions", "Scan the folder again"),
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
            applies=lambda: not window.shows_design(),
        ),
        ActionSpec(
            "train_design",
            translate("Actions", "Train this design (on Design)"),
            ("Ctrl+Return",),
            design.train,
            design.why_not_train,
            icon="play",
            applies=window.shows_design,
        ),
        ActionSpec(
            "export_folder",
            translate("Actions", "Export the run as a folder…"),
            ("Ctrl+E",),
            partial(_export, parent, window.session),
            workflow.why_not_export,
            icon="export",
        ),
        ActionSpec(
            "stop",
            translate("Actions", "Stop the running task"),
            ("Ctrl+.",),
            jobs.stop,
            nothing_runs,
            icon="stop",
        ),
    ]


def _export(parent: QWidget, session: Session) -> None:
    from gui.export.destination import export_folder

    export_folder(parent, session)


class _Design:
    """What the window can do with the design; on other pages none needs to be there.

    Args:
        window: Whose design.
    """

    def __init__(self, window: Window) -> None:
        self._window = window

    def train(self) -> None:
        """Save it and have Train start from it."""
        self._window.session.design.train()

    def why_not(self) -> str:
        """Return why there is nothing to save, or ""."""
        if not self._window.shows_design() or self._window.session.design.document.network.nodes:
            return ""
        return QCoreApplication.translate("Actions", "There is no design yet: open a template.")

    def why_not_train(self) -> str:
        """Return why the design cannot be trained, or ""."""
        return self.why_not() or (
            self._window.session.design.why_not_train() if self._window.shows_design() else ""
        )


def _window(window: Window) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "theme",
            translate("Actions", "Switch between the light and the dark theme"),
            ("Ctrl+Shift+L",),
            window.switch_theme,
        ),
        ActionSpec(
            "keys", translate("Actions", "Show keyboard shortcuts"), ("F1", "?"), window.show_keys
        ),
        ActionSpec("quit", translate("Actions", "Quit"), ("Ctrl+Q",), window.close),
    ]
