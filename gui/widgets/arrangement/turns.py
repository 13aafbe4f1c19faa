"""Work that is shared out over turns of the event loop, so that the window stays free."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

PAUSE = 1
"""Milliseconds between two steps: with 0, Qt would do all before it looks at keys and mouse."""


def in_turns(owner: QObject, steps: Sequence[Callable[[], object]]) -> None:
    """Do steps one after another, each in a turn of its own; none once the owner is gone."""
    if not steps:
        return

    def step() -> None:
        steps[0]()
        in_turns(owner, steps[1:])

    QTimer.singleShot(PAUSE, owner, step)
