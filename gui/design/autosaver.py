"""Keeping the unsaved design on the disk, at most once a second, and finding it after a crash."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from core.errors import LayerloomError
from core.project.autosave import (
    Autosave,
    autosave_folder,
    autosaved_files,
    forget_autosave,
    put_aside,
    read_autosave,
    write_autosave,
)
from gui.design.document import Document
from gui.shell.background import Background

INTERVAL = 0.8
"""Seconds from one writing to the next: with the writing itself, no more than a second is lost."""


@dataclass(frozen=True, slots=True)
class Left:
    """An unsaved design of a window that is no more.

    Attributes:
        autosave: The design; None where all were damaged.
        file: Its file.
        lock: Held on it.
        more: How many others there may be.
        damaged: Files that could not be read, under the names they are kept by now.
    """

    autosave: Autosave | None
    file: Path
    lock: QLockFile | None
    more: int
    damaged: tuple[Path, ...]


class Autosaver(QObject):
    """Writes the document while it has unsaved changes, and deletes what it wrote once it has none.

    Its file is locked as long as the window lives; what is not locked belongs to a window that is
    no more. Files are written on a thread of its own, one after the other.

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
        self._file = autosave_folder() / f"{uuid.uuid4().hex}.autosave"
        self._lock: QLockFile | None = None
        self._last = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)
        document.network_changed.connect(self.schedule)
        document.origin_changed.connect(self.schedule)
        document.undo_stack.cleanChanged.connect(self.schedule)

    def schedule(self) -> None:
        """Write soon: at once if the last time was long ago."""
        if not self._timer.isActive():
            left = self._last + INTERVAL - time.monotonic()
            self._timer.start(max(0, round(left * 1000)))

    def look_for_left(self, found: Callable[[Left | None], None]) -> None:
        """Look for the unsaved design of a window that is no more; `found` is told of it."""
        own = self._file
        self._thread.run(lambda: find_left(own), found, self._failed)

    def adopt(self, left: Left) -> None:
        """Go on with the file of an unsaved design that was found."""
        self._file, self._lock = left.file, left.lock

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
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _write(self) -> None:
        self._last = time.monotonic()
        if self._document.modified and self._document.network.nodes:
            self._take_lock()
            content, file = self._content(), self._file
            self._thread.run(lambda: write_autosave(file, content), _nothing, self._failed)
        elif self._lock is not None:
            file = self._file
            self._thread.run(lambda: forget_autosave(file), _nothing, self._failed)

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
            self._lock = _lock_of(self._file)
            self._lock.tryLock(0)


def find_left(own: Path) -> Left | None:
    """Take over the newest unsaved design whose window is no more.

    Args:
        own: The file of the window that asks.

    Raises:
        StorageError: The folder of unsaved designs cannot be read.
    """
    damaged: list[Path] = []
    files = [file for file in autosaved_files() if file != own]
    for number, file in enumerate(files, 1):
        lock = _lock_of(file)
        if not lock.tryLock(0):
            continue
        try:
            return Left(read_autosave(file), file, lock, len(files) - number, tuple(damaged))
        except LayerloomError:
            damaged.append(put_aside(file))
            lock.unlock()
    return Left(None, own, None, 0, tuple(damaged)) if damaged else None


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # a lock is given up when its process has ended, never by its age
    return lock


def _nothing(_: object) -> None:
    pass
