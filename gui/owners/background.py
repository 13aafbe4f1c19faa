"""Short work off the window's thread: `run(task, done, failed)`."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from core.errors import LayerloomError

Result = TypeVar("Result")


class Background(QObject):
    """Runs tasks on threads and hands what they return to the window's thread.

    Args:
        parent: Ends this object with itself.
        threads: How many tasks run at a time.
    """

    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._closed = False
        self._ended.connect(self._deliver)

    def run(
        self,
        task: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[LayerloomError], None],
    ) -> None:
        """Run `task` on a thread, then `done` or `failed` on the window's thread.

        An exception that is not meant for the user is raised on the window's thread, where the
        last line of defence shows it.
        """

        def work() -> None:
            try:
                result = task()
            except LayerloomError as error:
                self._ended.emit(failed, error)
            except Exception as error:  # noqa: BLE001 - raised again on the window's thread
                error.add_note(traceback.format_exc())
                self._ended.emit(_raise, error)
            else:
                self._ended.emit(done, result)

        if not self._closed:
            self._pool.start(work)

    def close(self) -> None:
        """Let running tasks end, and drop what they return and what has not begun."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    def _deliver(self, callback: Callable[[Any], None], value: object) -> None:
        if not self._closed:
            callback(value)


def _raise(error: Exception) -> None:
    raise error
