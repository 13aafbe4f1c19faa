"""What the user says of a run, what is measured of it, and how it is deleted and restored."""

from __future__ import annotations

import shutil
import time
from math import log
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from core.atomic import write_atomically
from core.decoding import decode
from core.errors import StorageError, storage_errors
from core.runs.run_lock import is_locked

if TYPE_CHECKING:
    from core.runs.runs import Run

NOTES, MEASURES = "notes.json", "measures.json"
TRASH = "trash"
"""Sub-folder of a project in which deleted runs lie until the program ends."""

LEAST_SHARE = 1e-12
"""Probability below which the loss does not grow further."""

MOST_LETTERS = 2000
"""Longest name or note that is kept."""

TIMED, WARM_UP = 15, 3
"""Images that a run is timed with, and those before them that are not counted."""

TIMED_SIZE = (480, 640)
"""Height and width in pixels of the picture a run is timed with, preparation included."""


class RunNotes(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of a run.

    Attributes:
        name: Shown instead of the recipe and network, or "".
        note: A text, or "".
    """

    name: str = ""
    note: str = ""


class RunMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured of a finished run.

    Attributes:
        parameters: Of all layers.
        multiply_adds: For one image.
        loss: Mean cross-entropy of its answers on the images its accuracy is about.
        milliseconds: From pixels to probabilities on one core, the median of several images; None
            where it was not measured yet.
    """

    parameters: int
    multiply_adds: int
    loss: float
    milliseconds: float | None = None


def read_notes(run_folder: Path) -> RunNotes:
    """Return what the user says of a run; nothing where the file is missing or damaged."""
    try:
        return decode((run_folder / NOTES).read_bytes(), RunNotes)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return RunNotes()


def keep_notes(run_folder: Path, notes: RunNotes) -> None:
    """Keep what the user says of a run.

    Raises:
        StorageError: It cannot be written, or the run is gone.
    """
    if not run_folder.is_dir():
        raise StorageError("The run no longer exists", run_folder)
    trimmed = RunNotes(name=notes.name.strip()[:MOST_LETTERS], note=notes.note[:MOST_LETTERS])
    write_atomically(run_folder / NOTES, msgspec.json.format(msgspec.json.encode(trimmed)))


def read_measures(run_folder: Path) -> RunMeasures | None:
    """Return what is kept of a run's measures, or None."""
    try:
        return decode((run_folder / MEASURES).read_bytes(), RunMeasures)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def measure_run(run: Run, *, timed: bool) -> RunMeasures:
    """Return a run's measures, taken if they are not kept yet, and keep them.

    Args:
        run: A finished run.
        timed: Whether to measure the time too; on a machine that trains it would say nothing.

    Raises:
        LayerloomError: A file of the run is damaged or cannot be written.
    """
    kept = read_measures(run.folder)
    if kept and (kept.milliseconds is not None or not timed):
        return kept
    measures = _measured(run, timed=timed)
    write_atomically(run.folder / MEASURES, msgspec.json.encode(measures))
    return measures


def _measured(run: Run, *, timed: bool) -> RunMeasures:
    from core.network.analysis import analyse
    from core.network.network import read_network

    analysis = analyse(read_network(run.folder / "network.json"))
    return RunMeasures(
        parameters=analysis.parameters,
        multiply_adds=analysis.multiply_adds,
        loss=_loss(run),
        milliseconds=_milliseconds(run) if timed else None,
    )


def _loss(run: Run) -> float:
    """Return the mean of −ln of the probability that the true class was given."""
    split = "test" if run.result.test else "validation"
    number = {name: i for i, name in enumerate(run.result.labels)}
    given = [
        answer.probabilities[number[answer.class_name]]
        for answer in run.predictions()
        if answer.split == split and answer.class_name in number
    ]
    return fmean(-log(max(share, LEAST_SHARE)) for share in given) if given else 0.0


def _milliseconds(run: Run) -> float:
    from core.inference.classifier import Classifier

    classifier = Classifier.from_run(run, one_at_a_time=False)  # one core
    pixels = np.random.default_rng(0).integers(0, 256, (*TIMED_SIZE, 3), np.uint8)
    times = []
    for _ in range(WARM_UP + TIMED):
        began = time.perf_counter()
        classifier.predict(pixels)
        times.append(1000 * (time.perf_counter() - began))
    return median(times[WARM_UP:])


def put_away(run_folder: Path, project_folder: Path) -> Path:
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


def bring_back(place: Path, run_folder: Path) -> None:
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
