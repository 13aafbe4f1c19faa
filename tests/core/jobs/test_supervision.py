import os
import signal
import sys
import time
from dataclasses import dataclass

import pytest

from core.errors import LayerloomError
from core.jobs import supervision
from core.jobs.job import Reporter
from core.jobs.messages import Cancelled, Died, Failed, Finished, Log, Progress
from core.jobs.supervision import Supervisor


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
            report.progress("Counting", number + 1, self.to)
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


def messages_of(supervisor, until=(Finished, Failed, Cancelled, Died), seconds=30):
    messages = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        messages += supervisor.poll()
        if messages and isinstance(messages[-1], until):
            return messages
        time.sleep(0.01)
    raise AssertionError(f"no end after {seconds} s: {messages}")


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
    os.kill(supervisor.process_id, signal.SIGKILL)
    time.sleep(0.2)
    supervisor.start(Count(3))
    assert messages_of(supervisor)[-1] == Finished(3)
