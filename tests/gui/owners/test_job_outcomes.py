"""Whoever starts a job is told how it ended, and nobody else is."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from core.errors import LayerloomError, Paused
from core.jobs import messages
from core.jobs.job import Reporter
from core.jobs.messages import Cancelled, Died, Failed, Finished, Outcome
from core.jobs.phases import Phase
from core.jobs.supervision import Supervisor
from gui.owners.job_owner import JobOwner, JobState
from tests.gui.conftest import until


@dataclass(frozen=True, slots=True)
class Double:
    """Doubles a number."""

    number: int
    title: str = "Double"

    def run(self, report: Reporter) -> int:
        return 2 * self.number


@dataclass(frozen=True, slots=True)
class Wait:
    """Waits for a wish, and keeps what it has in a folder if there is one."""

    folder: Path | None = None
    title: str = "Wait"

    def run(self, report: Reporter) -> None:
        if self.folder:
            report.kept(self.folder)
        for number in range(100_000):
            try:
                report.progress(Phase.COMPUTING, number, 100_000)
            except Paused:
                raise Paused(self.folder) from None
            time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Refuse:
    """Cannot be done."""

    title: str = "Refuse"

    def run(self, report: Reporter) -> None:
        raise LayerloomError("It rained", "garden", "Wait.")


class Starter(QObject):
    """Keeps what it is told, and what the owner said and on which thread that was."""

    def __init__(self, jobs: JobOwner) -> None:
        super().__init__()
        self.jobs = jobs
        self.outcomes: list[Outcome[int]] = []
        self.seen: list[tuple[JobState, bool]] = []

    def take(self, outcome: Outcome[int]) -> None:
        on_its_thread = QThread.currentThread() is self.thread()
        self.outcomes.append(outcome)
        self.seen.append((self.jobs.status.state, on_its_thread))


@pytest.fixture
def jobs(qapp) -> Iterator[JobOwner]:
    made = JobOwner(Supervisor())
    yield made
    made.close()


@pytest.fixture
def starter(jobs: JobOwner) -> Starter:
    return Starter(jobs)


def test_a_job_that_is_done_gives_what_it_returned(qtbot, jobs: JobOwner, starter) -> None:
    jobs.start(Double(21), starter.take)
    until(qtbot, lambda: starter.outcomes)
    assert starter.outcomes == [Finished(42)]
    assert starter.seen == [(JobState.FINISHED, True)]


def test_a_job_that_was_stopped_or_paused_says_so(qtbot, jobs, starter, tmp_path: Path) -> None:
    for wish in (jobs.stop, jobs.pause):
        jobs.start(Wait(tmp_path), starter.take)
        until(qtbot, lambda: jobs.status.progress)
        wish()
        until(qtbot, lambda: not jobs.busy)
    assert starter.outcomes == [Cancelled(), messages.Paused(tmp_path)]
    assert [state for state, _ in starter.seen] == [JobState.STOPPED, JobState.PAUSED]
    assert jobs.status.kept == tmp_path


def test_a_job_that_failed_says_why(qtbot, jobs: JobOwner, starter) -> None:
    jobs.start(Refuse(), starter.take)
    until(qtbot, lambda: starter.outcomes)
    assert starter.outcomes == [Failed("It rained", "garden", "Wait.")]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_job_whose_process_was_killed_has_died(qtbot, jobs: JobOwner, starter) -> None:
    jobs.start(Wait(), starter.take)
    until(qtbot, lambda: jobs.status.progress)
    os.kill(jobs.worker_process_id, signal.SIGKILL)
    until(qtbot, lambda: starter.outcomes)
    assert starter.outcomes == [Died(-signal.SIGKILL)]


def test_each_starter_is_told_of_its_own_job_alone(qtbot, jobs: JobOwner, starter) -> None:
    other = Starter(jobs)
    jobs.start(Double(1), starter.take)
    jobs.start(Double(2), other.take)  # while another runs: nothing happens
    until(qtbot, lambda: not jobs.busy)
    jobs.start(Double(3), other.take)
    until(qtbot, lambda: not jobs.busy)
    assert (starter.outcomes, other.outcomes) == ([Finished(2)], [Finished(6)])


def test_who_is_told_of_an_end_may_start_the_next_job(qtbot, jobs: JobOwner, starter) -> None:
    def go_on(outcome: Outcome[int]) -> None:
        assert isinstance(outcome, Finished)
        jobs.start(Double(outcome.result), starter.take)

    jobs.start(Double(5), go_on)
    until(qtbot, lambda: starter.outcomes)
    assert starter.outcomes == [Finished(20)]


def test_one_that_starts_a_job_at_the_end_of_another_does_not_take_its_outcome(
    qtbot, jobs: JobOwner, starter
) -> None:
    quick = Starter(jobs)

    def follow() -> None:
        if jobs.status.state is JobState.FINISHED and not quick.outcomes:
            jobs.start(Double(4), quick.take)

    jobs.changed.connect(follow)
    jobs.start(Double(1), starter.take)
    until(qtbot, lambda: quick.outcomes)
    assert (starter.outcomes, quick.outcomes) == ([Finished(2)], [Finished(8)])


def test_a_job_outlives_its_starter_without_harm(qtbot, jobs: JobOwner, starter) -> None:
    gone = Starter(jobs)
    jobs.start(Wait(), gone.take)
    until(qtbot, lambda: jobs.status.progress)
    shiboken6.delete(gone)
    jobs.stop()
    until(qtbot, lambda: not jobs.busy)
    assert not gone.outcomes
    jobs.start(Double(1), starter.take)
    until(qtbot, lambda: starter.outcomes)
    assert starter.outcomes == [Finished(2)]


def test_a_job_that_runs_again_tells_the_same_starter(qtbot, jobs: JobOwner, starter) -> None:
    jobs.start(Refuse(), starter.take)
    until(qtbot, lambda: starter.outcomes)
    jobs.again()
    until(qtbot, lambda: len(starter.outcomes) == 2)
    assert starter.outcomes[0] == starter.outcomes[1]


def test_nobody_is_told_after_the_end_of_the_owner(qtbot, jobs: JobOwner, starter) -> None:
    jobs.start(Double(1), starter.take)
    jobs.close()
    jobs.start(Double(2))
    until(qtbot, lambda: jobs.status.state is JobState.FINISHED)
    assert not starter.outcomes
