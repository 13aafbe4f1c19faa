"""Deleted runs, which can be restored until the program ends."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.errors import StorageError, storage_errors
from core.runs.run_lock import is_locked

TRASH = "trash"
"""Sub-folder of a project in which deleted runs lie until the program ends."""


def move_to_trash(run_folder: Path, project_folder: Path) -> Path:
    """Move a run into the project's trash and return where it lies now.

    Raises:
        StorageError: It cannot be moved, or is being trained; it is then still where it was.
    """
    if is_locked(run_folder):
        raise StorageError("This run is being trained now", run_folder, "Stop the training first.")
    trash = project_folder / TRASH
    names = (run_folder.name, *(f"{run_folder.name} ({n})" for n in range(2, 1000)))
    with storage_errors(run_folder, "deleting the run"):
        trash.mkdir(exist_ok=True)
        place = next(trash / name for name in names if not (trash / name).exists())
        run_folder.rename(place)
    return place


def restore(place: Path, run_folder: Path) -> None:
    """Move a run out of the trash to where it was.

    Raises:
        StorageError: It cannot be moved, or something else has taken its place.
    """
    if run_folder.exists():
        raise StorageError("Another run has taken its place", run_folder)
    with storage_errors(run_folder, "restoring the run"):
        place.rename(run_folder)


def empty_trash(project_folder: Path) -> None:
    """Delete what lies in the project's trash; what cannot be deleted stays."""
    shutil.rmtree(project_folder / TRASH, ignore_errors=True)
