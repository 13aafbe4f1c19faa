"""When Python looks for garbage: not while somebody waits for the window."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

NEVER = 2**30
AT_LATEST = 10 * 60 * 1000
"""Milliseconds after which all is looked through even though the window is still in use."""


class GarbageCollector(QObject):
    """Looks through all objects when the user turns to another program, or after minutes.

    By itself Python does so whenever their number has grown by a quarter, at any moment: a window
    with a large design stands still for a tenth of a second then. Garbage that is young is still
    collected as it comes up, in some milliseconds.

    Args:
        application: Whose windows are waited for.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, NEVER)
        self._timer = QTimer(self, interval=AT_LATEST)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        application.applicationStateChanged.connect(self._leave)

    def _leave(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._collect()

    def _collect(self) -> None:
        gc.collect()
        self._timer.start()
