"""Finding the unsaved designs of windows that are no more. Reads files: all of it on a thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from core.errors import LayerloomError
from core.project.autosave import (
    Autosave,
    autosaved_files,
    forget_autosave,
    put_aside,
    read_autosave,
)
from core.project.designs import StoredWeights, stored_weights

MOST = 20
"""How many are offered: those kept last."""


@dataclass(frozen=True, slots=True)
class UnsavedDesign:
    """An unsaved design of a window that is no more.

    Attributes:
        autosave: The design.
        file: Its file.
        weights: What it came with, or None.
        weights_gone: Whether it came with weights whose file is no longer there.
    """

    autosave: Autosave
    file: Path
    weights: StoredWeights | None
    weights_gone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What windows that are no more have left.

    Attributes:
        designs: The newest first.
        damaged: Files that could not be read, under the names they are kept by now.
    """

    designs: tuple[UnsavedDesign, ...]
    damaged: tuple[Path, ...]


def find_unsaved(own: Path) -> Found:
    """Look for unsaved designs whose window is no more.

    Args:
        own: The file of the window that asks.

    Raises:
        StorageError: The folder of unsaved designs cannot be read.
    """
    designs: list[UnsavedDesign] = []
    damaged: list[Path] = []
    for file in autosaved_files():
        lock = lock_of(file)
        if file == own or len(designs) == MOST or not lock.tryLock(0):
            continue
        try:
            designs.append(_read(file))
        except LayerloomError:
            damaged.append(put_aside(file))
        finally:
            lock.unlock()
    return Found(tuple(designs), tuple(damaged))


def forget_unsaved(unsaved: UnsavedDesign) -> None:
    """Delete an unsaved design, unless a window has taken it over meanwhile.

    Raises:
        StorageError: It cannot be deleted.
    """
    lock = lock_of(unsaved.file)
    if lock.tryLock(0):
        try:
            forget_autosave(unsaved.file)
        finally:
            lock.unlock()


def lock_of(file: Path) -> QLockFile:
    """Return the lock on an autosaved design, which its window holds as long as it lives."""
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # a lock is given up when its process has ended, never by its age
    return lock


def _read(file: Path) -> UnsavedDesign:
    autosave = read_autosave(file)
    if not autosave.weights:
        return UnsavedDesign(autosave, file, None, weights_gone=False)
    try:
        return UnsavedDesign(
            autosave, file, stored_weights(Path(autosave.weights)), weights_gone=False
        )
    except LayerloomError:  # the cache was emptied
        return UnsavedDesign(autosave, file, None, weights_gone=True)
