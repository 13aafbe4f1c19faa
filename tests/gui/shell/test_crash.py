"""Unexpected errors: in the log, and in plain words in front of the user."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from core.errors import LayerloomError
from gui.owners.background import Background
from gui.shell import crash
from tests.gui.conftest import until


def test_an_unexpected_error_is_logged_and_shown(qtbot, home: Path, monkeypatch, capsys) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    crash.install(shown.append)
    try:
        raise ZeroDivisionError("a slip")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "ZeroDivisionError: a slip" in shown[0]
    assert "a slip" in (home / "log" / "window.log").read_text()
    capsys.readouterr()


def test_background_work_returns_on_the_windows_thread(qtbot, qapp) -> None:
    background = Background()
    answers: list[object] = []
    background.run(lambda: 6 * 7, answers.append, answers.append)

    def fail() -> None:
        raise LayerloomError("no such thing")

    background.run(fail, answers.append, lambda error: answers.append(error.what))
    until(qtbot, lambda: len(answers) == 2)
    assert set(answers) == {42, "no such thing"}
    background.close()


def test_what_returns_after_closing_is_dropped(qtbot, qapp) -> None:
    background = Background()
    answers: list[object] = []
    background.run(lambda: 1, answers.append, answers.append)
    background.close()
    done = []
    QTimer.singleShot(50, lambda: done.append(True))
    until(qtbot, lambda: done)
    assert answers == []
