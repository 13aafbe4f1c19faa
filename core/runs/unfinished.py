"""Runs that have not come to their end: paused, stopped, killed, or training at this moment."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.errors import LayerloomError, StorageError
from core.recipes.recipes import recipe_named
from core.runs.checkpoint import Best, newest_record
from core.runs.curve import CurvePoint, read_curve
from core.runs.run_files import CURVE, is_finished, is_planned
from core.runs.run_lock import is_locked
from core.runs.runs import RunSettings, read_settings


@dataclass(frozen=True, slots=True)
class UnfinishedRun:
    """A run without a result that can be resumed.

    Attributes:
        folder: Of the run, for `ResumeJob`.
        settings: What it was asked to do.
        epoch: Epochs done, 2.25 = a quarter through the third; 0 before the first checkpoint.
        epochs: Planned at most.
        best: The best epoch so far, or None.
        written: When the newest checkpoint was written; None before the first one.
    """

    folder: Path
    settings: RunSettings
    epoch: float
    epochs: int
    best: Best | None
    written: datetime.datetime | None

    def curve(self) -> list[CurvePoint]:
        """Return the points of the run's curves so far."""
        return read_curve(self.folder / CURVE)


def list_unfinished(runs_folder: Path) -> list[UnfinishedRun]:
    """Return the runs that wait to be resumed, newest first.

    Damaged ones are passed over, and those that a process trains at this moment.
    """
    folders = sorted(runs_folder.iterdir(), reverse=True) if runs_folder.is_dir() else []
    found = (find_unfinished(folder) for folder in folders if not is_locked(folder))
    return [run for run in found if run]


def find_unfinished(folder: Path) -> UnfinishedRun | None:
    """Return the unfinished run in a folder, or None if there is none or it is damaged."""
    try:
        return open_unfinished(folder)
    except StorageError:
        return None


def open_unfinished(folder: Path) -> UnfinishedRun:
    """Return the unfinished run in a folder.

    Raises:
        StorageError: There is none, or it is damaged.
    """
    if is_finished(folder):
        raise StorageError("This run is finished", folder, "Start a new training from it instead.")
    if not is_planned(folder):
        raise StorageError(
            "There is no training in this folder that can be resumed",
            folder,
            "Choose a folder inside a project's folder “runs”.",
        )
    settings = _checked(folder, read_settings(folder))
    epochs = int(settings.options.get("epochs", 0))
    record = newest_record(folder)
    if record is None:
        return UnfinishedRun(folder, settings, 0.0, epochs, None, None)
    return UnfinishedRun(
        folder, settings, record.epochs_done, epochs, record.best, _moment(record.written)
    )


def _checked(folder: Path, settings: RunSettings) -> RunSettings:
    """Return settings that the recipe can take.

    Raises:
        StorageError: It cannot take these.
    """
    try:
        options = recipe_named(settings.recipe).settings(settings.options)
    except LayerloomError as error:
        raise StorageError(
            f"The settings of this run cannot be used: {error.what}", folder, "Train again."
        ) from error
    return msgspec.structs.replace(settings, options=options)


def _moment(iso: str) -> datetime.datetime | None:
    """Return a moment, or None where a record was damaged."""
    try:
        return datetime.datetime.fromisoformat(iso)
    except ValueError:
        return None
