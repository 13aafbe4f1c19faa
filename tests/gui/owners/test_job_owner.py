"""Jobs in the window: progress, stopping, failing, dying."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from core.errors import LayerloomError
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.project.project import open_project
from gui.look.numbers import count
from gui.owners.job_owner import JobState
from gui.shell.main_window import MainWindow
from tests.gui.conftest import click, until, visible_texts


@dataclass(frozen=True, slots=True)
class LongJob:
    """Counts to ten thousand in some minutes."""

    title: str = "Count"

    def run(self, report: Reporter) -> None:
        for i in range(10_000):
            report.progress(Phase.SCANNING, i, 10_000)
            time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class FailingJob:
    """Fails with a sentence."""

    title: str = "Fail"

    def run(self, report: Reporter) -> None:
        raise LayerloomError("The disk is full", "photos", "Free some space.")


def start(qtbot, window: MainWindow) -> None:
    window.session.jobs.start(LongJob())
    until(qtbot, lambda: window.session.jobs.status.progress)


def test_progress_is_shown_with_how_far_and_how_fast(qtbot, window: MainWindow) -> None:
    start(qtbot, window)
    until(qtbot, lambda: "left" in visible_texts(window))
    seen = visible_texts(window)
    assert "Count – scanning images" in seen
    assert f"of {count(10_000)}" in seen
    assert "a second" in seen


def test_stop_stops_and_says_so(qtbot, window: MainWindow) -> None:
    start(qtbot, window)
    click(qtbot, window, "Stop")
    until(qtbot, lambda: window.session.jobs.status.state is JobState.STOPPED)
    assert "“Count” was stopped" in visible_texts(window)
    click(qtbot, window, "Dismiss")
    assert "was stopped" not in visible_texts(window)


def test_an_expected_failure_is_a_sentence_with_its_details(qtbot, qapp, window) -> None:
    window.session.jobs.start(FailingJob())
    until(qtbot, lambda: window.session.jobs.status.state is JobState.FAILED)
    assert "The disk is full (photos). Free some space." in visible_texts(window)
    click(qtbot, window, "Copy details")
    assert "The disk is full" in qapp.clipboard().text()


def test_a_killed_worker_is_told_and_nothing_is_lost(qtbot, opened: MainWindow) -> None:
    folder = opened.session.project.project.folder
    start(qtbot, opened)
    os.kill(opened.session.jobs.worker_process_id, signal.SIGKILL)
    until(qtbot, lambda: opened.session.jobs.status.state is JobState.DIED)
    seen = visible_texts(opened)
    assert "The worker process ended unexpectedly during “Count”." in seen
    assert "Try again" in seen
    project = open_project(folder)
    assert len(project.images()) == 24
    assert project.notices == ()
    click(qtbot, opened, "Try again")
    until(qtbot, lambda: opened.session.jobs.busy)


def test_a_job_blocks_others_with_a_reason(qtbot, opened: MainWindow) -> None:
    start(qtbot, opened)
    action = opened.actions_table["start_training"]
    assert not action.isEnabled()
    assert "“Count” is running" in action.toolTip()


def test_closing_while_a_job_runs_ends_the_worker(qtbot, opened: MainWindow) -> None:
    folder = opened.session.project.project.folder
    start(qtbot, opened)
    process = opened.session.jobs.worker_process_id
    opened.close()
    assert not Path(f"/proc/{process}").exists() or _is_zombie(process)
    assert len(open_project(folder).images()) == 24


def _is_zombie(process: int) -> bool:
    return ") Z " in Path(f"/proc/{process}/stat").read_text()
