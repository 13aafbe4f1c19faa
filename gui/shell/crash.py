"""The last line of defence: unexpected errors go to the log and to a dialog in plain words."""

from __future__ import annotations

import datetime
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from core.paths import log_folder
from gui.look.appearance import dress

LOG_NAME = "window.log"


def install(show: Callable[[str], None] | None = None) -> None:
    """Send every exception that reaches the top to the log and to a dialog.

    Args:
        show: Shows the details to the user; a dialog by default.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            write_log(details)
            (show or _show)(details)

    sys.excepthook = hook


def write_log(details: str) -> None:
    """Add an error to the log file; a disk that refuses it changes nothing else."""
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        with (log_folder() / LOG_NAME).open("a", encoding="utf-8") as file:
            file.write(f"{now}\n{details}\n")
    except OSError as error:
        print(f"The log could not be written: {error}", file=sys.stderr)  # noqa: T201


def _show(details: str) -> None:
    if QApplication.instance() is None:
        return
    translate = QCoreApplication.translate
    box = QMessageBox(QApplication.activeWindow())
    dress(box)
    box.setWindowTitle("Layerloom")
    box.setText(
        translate("Crash", "An unexpected error occurred. Your images and project are safe.")
    )
    box.setInformativeText(
        translate("Crash", "Details are in the log: {0}").format(log_folder() / LOG_NAME)
    )
    copy = box.addButton(translate("Crash", "Copy details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(details))
    box.exec()
