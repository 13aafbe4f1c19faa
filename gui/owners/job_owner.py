"""The one job that runs in the worker process, as the window sees it."""

from __future__ import annotations

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
    Paused,
    Progress,
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

TRAININGS = frozenset({"TrainJob", "ResumeJob"})
"""The classes of jobs that train."""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """The newest job and how far it is.

    Attributes:
        state: What has become of it.
        job: The job; None while there was none.
        progress: Its newest progress.
        failure: Why it failed, where it failed.
        logs: What it found worth saying.
        kept: The folder that it can be gone on with from, if any.
    """

    state: JobState = JobState.NONE
    job: Job[Any] | None = None
    progress: Progress | None = None
    failure: Failed | None = None
    logs: tuple[str, ...] = ()
    kept: Path | None = None


class JobOwner(QObject):
    """Owns the worker process; views read `status` and connect to `changed`."""

    changed = Signal()
    finished = Signal(object, object)
    """The job and what its `run` returned."""

    points = Signal(list)
    """New points of a training's curves, in order."""

    def __init__(self, supervisor: Supervisor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._supervisor = supervisor
        self._status = JobStatus()
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

    def runs(self, kind: str) -> bool:
        """Return whether the running job is of this class ("TrainJob")."""
        return self.busy and type(self._status.job).__name__ == kind

    @property
    def trains(self) -> bool:
        """Whether the running job is a training."""
        return self.busy and type(self._status.job).__name__ in TRAININGS

    def warm_up(self) -> None:
        """Start the worker ahead of the first job."""
        if not self.busy:
            self._supervisor.start_ahead()

    def start(self, job: Job[Any]) -> None:
        """Run a job; while another runs, nothing happens (its controls are disabled then)."""
        if self.busy:
            return
        self._supervisor.start(job)
        self._timer.start()
        self._set(JobStatus(JobState.RUNNING, job))

    def stop(self) -> None:
        """Ask the running job to stop."""
        if self.busy and self._status.state is not JobState.STOPPING:
            self._supervisor.stop()
            self._set(replace(self._status, state=JobState.STOPPING))

    def pause(self) -> None:
        """Ask the running job to end so that it can be gone on with."""
        if self._status.state is JobState.RUNNING:
            self._supervisor.pause()
            self._set(replace(self._status, state=JobState.PAUSING))

    def finish_early(self) -> None:
        """Ask the running training to stop learning and to keep the best so far."""
        if self._status.state is JobState.RUNNING:
            self._supervisor.finish_early()
            self._set(replace(self._status, state=JobState.FINISHING))

    def again(self) -> None:
        """Go on with the newest job where it was interrupted, or start it once more."""
        from core.training.train_job import ResumeJob

        if self._status.kept:
            self.start(ResumeJob(self._status.kept))
        elif self._status.job:
            self.start(self._status.job)

    def dismiss(self) -> None:
        """Forget what became of the newest job."""
        if not self.busy:
            self._set(JobStatus())

    def close(self) -> None:
        """End the worker, whatever it is doing; what is kept is whole at any moment."""
        self._timer.stop()
        self._supervisor.close()
        self._status = JobStatus()

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
            case Finished(result=result):
                job = self._status.job
                self._set(JobStatus(JobState.FINISHED, job, logs=self._status.logs))
                self.finished.emit(job, result)
            case Cancelled():
                self._set(replace(self._status, state=JobState.STOPPED))
            case Failed():
                self._set(replace(self._status, state=JobState.FAILED, failure=message))
            case Died(exit_code=exit_code):
                failure = Failed("", details=f"The worker process ended with code {exit_code}.")
                self._set(replace(self._status, state=JobState.DIED, failure=failure))
            case Paused():
                self._set(replace(self._status, state=JobState.PAUSED))
            case Kept(folder=folder):
                self._set(replace(self._status, kept=folder))
            case Log(text=text):
                self._set(replace(self._status, logs=(*self._status.logs, text)))

    def _set(self, status: JobStatus) -> None:
        self._status = status
        self.changed.emit()
