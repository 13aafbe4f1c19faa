"""Keeping the unsaved design on the disk, at most once a second."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QLockFile, QObject, QTimer

from core.errors import LayerloomError
from core.project.autosave import (
    SUFFIX,
    Autosave,
    autosave_folder,
    forget_autosave,
    write_autosave,
)
from gui.owners.background import Background
from gui.owners.designs.document import Document, Opened
from gui.owners.designs.unsaved_designs import lock_of

Result = TypeVar("Result")

INTERVAL = 0.8
"""Seconds from one writing to the next: with the writing itself, no more than a second is lost.

On a disk that takes longer than that, writings do not queue up: at most what came in this time
and in two writings is lost.
"""


class Autosaver(QObject):
    """Writes the document while it has unsaved changes, and deletes what it wrote once it has none.

    Its file is locked as long as the window lives; what is not locked belongs to a window that is
    no more. Where another design takes the place of an edited one, that one's file stays, locked
    too, until it is undone to and saved. Files are written on a thread, one after the other.

    Args:
        document: The design.
        failed: Told what could not be written.
    """

    def __init__(
        self,
        document: Document,
        failed: Callable[[LayerloomError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._failed = failed
        self._thread = Background(self, threads=1)
        self._file = _new_file()
        self._lock: QLockFile | None = None
        self._put_by: dict[Opened, tuple[Path, QLockFile | None]] = {}
        self._last = 0.0
        self._writing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)
        document.network_changed.connect(self.schedule)
        document.origin_changed.connect(self.schedule)
        document.undo_stack.cleanChanged.connect(self.schedule)
        document.leaving.connect(self._turn_to)

    def schedule(self) -> None:
        """Write soon: at once if the last time was long ago."""
        if not self._timer.isActive() and not self._writing:
            left = self._last + INTERVAL - time.monotonic()
            self._timer.start(max(0, round(left * 1000)))

    @property
    def file(self) -> Path:
        """The file that the document is kept in."""
        return self._file

    def run(self, task: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do something with files of unsaved designs, in turn with writing this one."""
        self._thread.run(task, done, self._failed)

    def adopt(self, file: Path) -> bool:
        """Go on with the file of another unsaved design; what was kept here stays on the disk.

        Returns:
            False if another window has it.
        """
        lock = lock_of(file)
        if not lock.tryLock(0):
            return False
        self._leave()
        self._file, self._lock = file, lock
        return True

    def _turn_to(self, opened: Opened) -> None:
        """Put an edited design by before another one takes its place, which may be one put by."""
        known = self._put_by.pop(opened, None)
        if self._document.modified and self._document.edited:
            self._write_last()
            self._put_by[self._document.opened] = self._file, self._lock
            self._file, self._lock = known or (_new_file(), None)
        elif known:
            self._forget()
            self._unlock(self._lock)
            self._file, self._lock = known

    def _leave(self) -> None:
        """Write what is unsaved a last time, and leave all files to be offered."""
        self._timer.stop()
        if self._document.modified:
            self._write_last()
        for lock in (self._lock, *(lock for _, lock in self._put_by.values())):
            self._unlock(lock)
        self._lock = None
        self._put_by.clear()

    def close(self) -> None:
        """Write what is unsaved now, and leave it to be offered the next time."""
        self._timer.stop()
        self._thread.close()
        if self._document.modified and self._document.network.nodes:
            try:
                write_autosave(self._file, self._content())
            except LayerloomError as error:
                self._failed(error)
        elif self._lock is not None:
            forget_autosave(self._file)
        for lock in (self._lock, *(lock for _, lock in self._put_by.values())):
            if lock is not None:
                lock.unlock()
        self._lock = None

    def _write(self) -> None:
        self._last = time.monotonic()
        if self._document.modified and self._document.network.nodes:
            self._take_lock()
            content, file = self._content(), self._file
            self._writing = True
            self._thread.run(
                lambda: write_autosave(file, content),
                lambda _: self._written(content),
                lambda error: self._written(content, error),
            )
        else:
            self._forget()

    def _write_last(self) -> None:
        """Write the design before its file is left."""
        if self._document.network.nodes:
            self._take_lock()
            content, file = self._content(), self._file
            self._thread.run(lambda: write_autosave(file, content), _nothing, self._failed)

    def _forget(self) -> None:
        if self._lock is not None:
            file = self._file
            self._thread.run(lambda: forget_autosave(file), _nothing, self._failed)

    def _unlock(self, lock: QLockFile | None) -> None:
        """Give a file free once all that is to be done with it is done."""
        if lock is not None:
            self._thread.run(lock.unlock, _nothing, self._failed)

    def _written(self, content: Autosave, error: LayerloomError | None = None) -> None:
        """Write again if the design is another by now, or delete the file if it was saved."""
        self._writing = False
        if error is not None:
            self._failed(error)
        if content != self._content() or not self._document.modified:
            self.schedule()

    def _content(self) -> Autosave:
        origin = self._document.origin
        return Autosave(
            title=origin.title,
            path=str(origin.path or ""),
            weights=str(origin.weights.path) if origin.weights else "",
            network=self._document.network,
        )

    def _take_lock(self) -> None:
        if self._lock is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._lock = lock_of(self._file)
            self._lock.tryLock(0)


def _new_file() -> Path:
    return autosave_folder() / f"{uuid.uuid4().hex}{SUFFIX}"


def _nothing(_: object) -> None:
    pass
