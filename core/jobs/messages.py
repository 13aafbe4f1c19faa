"""What the window and the worker process say to each other, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.jobs.job import Job


@dataclass(frozen=True, slots=True)
class Start:
    """To the worker: run this job."""

    job: Job[Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """To the worker: stop the running job at its next report."""


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
class Finished:
    """The job is done; `result` is what its `run` returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job stopped because the user asked."""


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


FromWorker = Progress | Log | Finished | Cancelled | Failed | Died
ToWorker = Start | Stop
