"""One process at a time trains a run: a lock of the operating system, gone with its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import distributed
from core.errors import StorageError, storage_errors

LOCK = "training.lock"

PATIENCE = 1.0
"""Seconds to wait for the lock: another process may look for a moment whether it is held."""


@contextmanager
def run_lock(run_folder: Path) -> Iterator[None]:
    """Keep all others from training a run; with torchrun the first process does.

    Raises:
        StorageError: Another process trains it, or the lock cannot be written.
    """
    if not distributed.ranks().first:
        yield
        return
    from filelock import FileLock, Timeout

    lock = FileLock(run_folder / LOCK, timeout=PATIENCE)
    with storage_errors(run_folder / LOCK, "locking the run"):
        try:
            lock.acquire()
        except Timeout as error:
            raise StorageError(
                "Another process is training this run",
                run_folder,
                "Pause it there first, or wait until it ends.",
            ) from error
    try:
        yield
    finally:
        lock.release()
        if (run_folder / "result.json").exists():  # nobody trains it any more
            (run_folder / LOCK).unlink(missing_ok=True)


def is_locked(run_folder: Path) -> bool:
    """Return whether a process trains a run at this moment."""
    if not (run_folder / LOCK).exists():
        return False
    from filelock import FileLock, Timeout

    lock = FileLock(run_folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:  # a disk that cannot be written: nobody trains there
        return False
    lock.release()
    return False
