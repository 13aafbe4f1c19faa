"""What a job says while it runs, what it is told, and how it ends, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from core.jobs.phases import Phase

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


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
        phase: What is being done.
        done: How many of `total` are done.
        total: How many there are in this phase.
        per_second: How many a second since the phase began; 0 while unknown.
        seconds_left: Estimate for this phase in seconds; None while unknown.
    """

    phase: Phase
    done: int
    total: int
    per_second: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """A sentence worth keeping about the running job."""

    text: str


class Measured(Protocol):
    """What a job has measured as it went: a point of a curve.

    Attributes:
        frequent: Whether so many come that some may be left out.
    """

    frequent: ClassVar[bool]


@dataclass(frozen=True, slots=True)
class Metric:
    """A point of a job's curves."""

    point: Measured


@dataclass(frozen=True, slots=True)
class Kept:
    """From now on the job can be resumed, however it ends.

    Attributes:
        folder: What to go on from: of a training its run's folder, for `ResumeJob`.
    """

    folder: Path


@dataclass(frozen=True, slots=True)
class Finished(Generic[Result_co]):
    """The job is done; `result` is what its `run` returned."""

    result: Result_co


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

Outcome: TypeAlias = Finished[Result] | Cancelled | Paused | Failed | Died
"""How a job ends whose `run` returns a `Result`."""

FromWorker = Telling | Outcome[Any]
