"""What the window and the worker process say to each other, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.jobs.job import Job
    from core.runs.curve import CurvePoint


@dataclass(frozen=True, slots=True)
class Start:
    """To the worker: run this job."""

    job: Job[Any]


class Wish(Enum):
    """To the worker: what the user wants of the running job, granted at its next report.

    STOP ends it, with `Cancelled`. PAUSE ends it so that another job can go on from there, with
    `Paused`; a job that keeps nothing to go on from ends with `Cancelled`. FINISH asks a training
    to stop learning now and to keep the best so far; other jobs take no notice.
    """

    STOP = "stop"
    PAUSE = "pause"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        phase: What is being done, for a user to read ("Reading images").
        done: How many of `total` are done.
        total: How many there are in this phase.
        per_second: How many a second since the phase began; 0 while unknown.
        seconds_left: Estimate for this phase in seconds; None while unknown.
    """

    phase: str
    done: int
    total: int
    per_second: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """A sentence worth keeping about the running job."""

    text: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A point of a training's curves."""

    point: CurvePoint


@dataclass(frozen=True, slots=True)
class Kept:
    """From now on the job can be gone on with, however it ends.

    Attributes:
        folder: What to go on from: of a training its run's folder, for `ResumeJob`.
    """

    folder: Path


@dataclass(frozen=True, slots=True)
class Finished:
    """The job is done; `result` is what its `run` returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job stopped because the user asked."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The job ended because the user asked for a pause; memory and processor are free.

    Attributes:
        folder: What to go on from: of a training its run's folder, for `ResumeJob`.
    """

    folder: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """The job could not be done.

    Attributes:
        what: One sentence for the user.
        where: The file or folder concerned, or "".
        hint: What can be done, or "".
        details: The traceback, for the log and "Copy details"; "" for expected errors.
    """

    what: str
    where: str = ""
    hint: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Died:
    """The worker process ended in the middle of a job (made by the supervisor)."""

    exit_code: int | None


Telling = Progress | Log | Metric | Kept
"""What a job says while it runs."""

FromWorker = Telling | Finished | Cancelled | Paused | Failed | Died
ToWorker = Start | Wish
