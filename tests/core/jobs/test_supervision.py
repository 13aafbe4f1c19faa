import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import LayerloomError, Paused
from core.jobs import messages, supervision
from core.jobs.job import Reporter
from core.jobs.messages import Cancelled, Died, Failed, Finished, Log, Progress
from core.jobs.phases import Phase
from core.jobs.supervision import Supervisor
from core.runs.curve import BatchPoint


@dataclass(frozen=True)
class Count:
    """A job that counts, reporting as it goes."""

    to: int
    pause: float = 0.0
    title: str = "Count"

    def run(self, report: Reporter) -> int:
        report.log("begun")
        for number in range(self.to):
            time.sleep(self.pause)
            report.progress(Phase.SCANNING, number + 1, self.to)
        return self.to


@dataclass(frozen=True)
class Raise:
    error: Exception
    title: str = "Raise"

    def run(self, report: Reporter) -> None:
        raise self.error


@dataclass(frozen=True)
class Deaf:
    """A job that never reports."""

    title: str = "Deaf"

    def run(self, report: Reporter) -> None:
        time.sleep(60)


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    supervisor.close()


def messages_of(supervisor, until=(Finished, Failed, Cancelled, Died), seconds=120):
    received = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        received += supervisor.poll()
        if received and isinstance(received[-1], until):
            return received
        time.sleep(0.01)
    raise AssertionError(f"no end after {seconds} s: {received}")


def test_a_job_reports_and_finishes(supervisor):
    supervisor.start(Count(40, 0.005))
    assert supervisor.busy
    messages = messages_of(supervisor)
    assert messages[0] == Log("begun")
    assert messages[-1] == Finished(40)
    progress = [m for m in messages if isinstance(m, Progress)]
    assert progress[-1].done == progress[-1].total == 40
    assert progress[-1].per_second > 0
    assert not supervisor.busy


def test_one_worker_serves_many_jobs(supervisor):
    supervisor.start(Count(1))
    messages_of(supervisor)
    process = supervisor.process_id
    supervisor.start(Count(2))
    assert messages_of(supervisor)[-1] == Finished(2)
    assert supervisor.process_id == process


def test_a_job_stops_when_asked(supervisor):
    supervisor.start(Count(10_000, 0.01))
    messages_of(supervisor, until=(Progress,))
    supervisor.stop()
    assert messages_of(supervisor)[-1] == Cancelled()


def test_a_job_that_does_not_listen_is_killed(supervisor, monkeypatch):
    monkeypatch.setattr(supervision, "STOP_PATIENCE", 0.2)
    supervisor.start(Deaf())
    supervisor.stop()
    assert messages_of(supervisor)[-1] == Cancelled()
    supervisor.start(Count(1))
    assert messages_of(supervisor)[-1] == Finished(1)


def test_an_expected_error_arrives_as_its_sentence(supervisor):
    supervisor.start(Raise(LayerloomError("It rained", "a/b", "Wait.")))
    assert messages_of(supervisor)[-1] == Failed("It rained", "a/b", "Wait.")


def test_an_unexpected_error_arrives_with_its_traceback(supervisor):
    supervisor.start(Raise(KeyError("nut")))
    failed = messages_of(supervisor)[-1]
    assert isinstance(failed, Failed)
    assert "KeyError" in failed.details


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_worker_is_noticed_and_replaced(supervisor):
    supervisor.start(Count(10_000, 0.01))
    messages_of(supervisor, until=(Progress,))
    os.kill(supervisor.process_id, signal.SIGKILL)
    assert messages_of(supervisor)[-1] == Died(-signal.SIGKILL)
    supervisor.start(Count(1))
    assert messages_of(supervisor)[-1] == Finished(1)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_worker_that_died_while_idle_is_replaced(supervisor):
    supervisor.start_ahead()
    killed = supervisor.process_id
    os.kill(killed, signal.SIGKILL)
    while killed in [child.pid for child in multiprocessing.active_children()]:
        time.sleep(0.01)
    supervisor.start(Count(3))
    assert messages_of(supervisor)[-1] == Finished(3)


@dataclass(frozen=True)
class Learn:
    """A job that pauses where it is told to, finishes early, and sends points."""

    folder: Path
    title: str = "Learn"

    def run(self, report: Reporter) -> int:
        for step in range(100_000):
            time.sleep(0.001)
            report.point(BatchPoint(
                step=step, epoch=0.0, loss=1.0, accuracy=0.5, learning_rate=0.1,
                images_per_second=1.0,
            ))  # fmt: skip
            try:
                report.check()
            except Paused:
                raise Paused(self.folder) from None
            if report.finish_early:
                return step
        return -1


def test_a_job_pauses_and_says_where_to_go_on_from(supervisor, tmp_path):
    supervisor.start(Learn(tmp_path))
    messages_of(supervisor, until=(messages.Metric,))
    supervisor.pause()
    assert messages_of(supervisor, until=(messages.Paused,))[-1] == messages.Paused(tmp_path)
    assert not supervisor.busy


def test_a_job_that_keeps_nothing_is_cancelled_by_a_pause(supervisor):
    supervisor.start(Count(10_000, 0.01))
    messages_of(supervisor, until=(Progress,))
    supervisor.pause()
    assert messages_of(supervisor)[-1] == Cancelled()


def test_a_training_finishes_early_and_sends_at_most_20_points_a_second(supervisor, tmp_path):
    began = time.monotonic()
    supervisor.start(Learn(tmp_path))
    received = []
    for _ in range(5):
        received += messages_of(supervisor, until=(messages.Metric,))
    supervisor.finish_early()
    received += messages_of(supervisor)
    assert isinstance(received[-1], Finished)
    assert received[-1].result > 0
    points = [m for m in received if isinstance(m, messages.Metric)]
    assert 5 <= len(points) <= 20 * (time.monotonic() - began) + 1
