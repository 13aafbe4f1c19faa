"""The one job that runs in the worker process, as the window sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from core.jobs.job import Job
from core.jobs.messages import (
    Cancelled,
    Died,
    Failed,
    Finished,
    FromWorker,
    Kept,
    Log,
    Metric,
    Outcome,
    Paused,
    Progress,
    Result,
)
from core.jobs.supervision import Supervisor

POLL_INTERVAL = 50
"""Milliseconds between two looks at the worker: 20 a second is what an eye can use."""


class JobState(Enum):
    """What has become of the newest job."""

    NONE = "none"
    RUNNING = "running"
    STOPPING = "stopping"
    PAUSING = "pausing"
    FINISHING = "finishing"
    FINISHED = "finished"
    STOPPED = "stopped"
    PAUSED = "paused"
    FAILED = "failed"
    DIED = "died"


ACTIVE = frozenset({JobState.RUNNING, JobState.STOPPING, JobState.PAUSING, JobState.FINISHING})


@dataclass(frozen=True, slots=True)
class JobStatus:
    """The newest job and how far it is.

    Attributes:
        state: What has become of it.
        job: The job; None while there was none.
        progress: Its newest progress.
        failure: Why it failed, where it failed.
        logs: What it found worth saying.
        kept: The folder that it can be resumed from, if any.
    """

    state: JobState = JobState.NONE
    job: Job[Any] | None = None
    progress: Progress | None = None
    failure: Failed | None = None
    logs: tuple[str, ...] = ()
    kept: Path | None = None


class _Ending(QObject):
    """Hands the outcome of a job to its starter, unless Qt has deleted that by then."""

    came = Signal(object)


class JobOwner(QObject):
    """Owns the worker process; views read `status` and connect to `changed`."""

    changed = Signal()

    points = Signal(list)
    """New points of the running job's curves, in order."""

    def __init__(self, supervisor: Supervisor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._supervisor = supervisor
        self._status = JobStatus()
        self._ending = _Ending()
        self._timer = QTimer(self, interval=POLL_INTERVAL)
        self._timer.timeout.connect(self._poll)

    @property
    def status(self) -> JobStatus:
        """The newest job and how far it is."""
        return self._status

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._status.state in ACTIVE

    @property
    def worker_process_id(self) -> int | None:
        """The worker's process id, or None while there is no worker."""
        return self._supervisor.process_id

    def warm_up(self) -> None:
        """Start the worker ahead of the first job."""
        if not self.busy:
            self._supervisor.start_ahead()

    def start(
        self, job: Job[Result], done: Callable[[Outcome[Result]], None] | None = None
    ) -> None:
        """Run a job; while another runs, nothing happens (its controls are disabled then).

        Args:
            job: What to do.
            done: Told how the job ended, on the window's thread, when `status` says it already. A
                method of a `QObject` is not called once that has been deleted; none is after
                `close`.
        """
        if self.busy:
            return
        ending = _Ending()
        if done:
            ending.came.connect(done)
        self._begin(job, ending)

    def stop(self) -> None:
        """Ask the running job to stop."""
        if self.busy and self._status.state is not JobState.STOPPING:
            self._supervisor.stop()
            self._set(replace(self._status, state=JobState.STOPPING))

    def pause(self) -> None:
        """Ask the running job to end so that it can be resumed."""
        if self._status.state is JobState.RUNNING:
            self._supervisor.pause()
            self._set(replace(self._status, state=JobState.PAUSING))

    def finish_early(self) -> None:
        """Ask the running training to stop learning and to keep the best so far."""
        if self._status.state is JobState.RUNNING:
            self._supervisor.finish_early()
            self._set(replace(self._status, state=JobState.FINISHING))

    def again(self) -> None:
        """Run the newest job once more, for whoever started it."""
        if self._status.job and not self.busy:
            self._begin(self._status.job, self._ending)

    def dismiss(self) -> None:
        """Forget what became of the newest job."""
        if not self.busy:
            self._set(JobStatus())

    def close(self) -> None:
        """End the worker, whatever it is doing; what is kept is whole at any moment."""
        self._timer.stop()
        self._supervisor.close()
        self._status = JobStatus()

    def _begin(self, job: Job[Any], ending: _Ending) -> None:
        self._supervisor.start(job)
        self._ending = ending
        self._timer.start()
        self._set(JobStatus(JobState.RUNNING, job))

    def _poll(self) -> None:
        messages = self._supervisor.poll()
        if points := [message.point for message in messages if isinstance(message, Metric)]:
            self.points.emit(points)
        newest = next((m for m in reversed(messages) if isinstance(m, Progress)), None)
        for message in messages:
            if not isinstance(message, Progress) or message is newest:  # the others are out of date
                self._take(message)
        if not self.busy:
            self._timer.stop()

    def _take(self, message: FromWorker) -> None:
        match message:
            case Progress():
                self._set(replace(self._status, progress=message))
            case Kept(folder=folder):
                self._set(replace(self._status, kept=folder))
            case Log(text=text):
                self._set(replace(self._status, logs=(*self._status.logs, text)))
            case Finished() | Cancelled() | Paused() | Failed() | Died():
                ending = self._ending  # of this job: who sees the change may start another one
                self._set(_ended(self._status, message))
                ending.came.emit(message)

    def _set(self, status: JobStatus) -> None:
        self._status = status
        self.changed.emit()


def _ended(status: JobStatus, outcome: Outcome[Any]) -> JobStatus:
    """Return what has become of a running job."""
    match outcome:
        case Finished():
            return JobStatus(JobState.FINISHED, status.job, logs=status.logs)
        case Cancelled():
            return replace(status, state=JobState.STOPPED)
        case Paused():
            return replace(status, state=JobState.PAUSED)
        case Failed():
            return replace(status, state=JobState.FAILED, failure=outcome)
        case Died(exit_code=exit_code):
            failure = Failed("", details=f"The worker process ended with code {exit_code}.")
            return replace(status, state=JobState.DIED, failure=failure)
