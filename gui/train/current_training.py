"""The training that runs or waits to be resumed, as the Train page sees it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.jobs.phases import Phase
from core.runs.curve import CurvePoint
from gui.owners.session import Session
from gui.train.curve_data import CurveData

if TYPE_CHECKING:
    from core.runs.unfinished import UnfinishedRun

LOOK_INTERVAL = 2000
"""Milliseconds between two looks at a running training's folder."""


class Training(QObject):
    """Owns the live curve and the list of unfinished runs; views read them.

    Attributes:
        curve: The points of the running training; empty while none runs.
        unfinished: Runs that can be resumed, newest first; the running one is not among them.
        running: The running training's folder and newest checkpoint; None until it is known.
    """

    curve_changed = Signal()
    unfinished_changed = Signal()
    checkpoint_changed = Signal()
    begun = Signal()

    ended = Signal(object)
    """The training does not run any more; the folder that it can be resumed from, or None."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._trained = False
        self._looked_at: Path | None = None
        self.curve = CurveData()
        self.unfinished: list[UnfinishedRun] = []
        self.running: UnfinishedRun | None = None
        self._timer = QTimer(self, interval=LOOK_INTERVAL)
        self._timer.timeout.connect(self.look)
        session.jobs.points.connect(self._add)
        session.jobs.changed.connect(self._follow)
        session.project.project_changed.connect(self._begin_anew)
        session.project.runs_changed.connect(self.look)
        self._begin_anew()
        self._follow()

    @property
    def active(self) -> bool:
        """Whether a training runs."""
        return self._session.workflow.trains

    @property
    def in_one_go(self) -> bool:
        """Whether the newest training is one without epochs."""
        training = self._session.workflow.training
        return training is not None and not training.in_epochs

    @property
    def folder(self) -> Path | None:
        """The folder of the running training, once it has one."""
        return self._session.jobs.status.kept if self.active else None

    @property
    def learns(self) -> bool:
        """Whether epochs are under way: not still reading images, nor testing already."""
        progress = self._session.jobs.status.progress
        return bool(self.curve) and (progress is None or progress.phase is Phase.TRAINING)

    @property
    def seconds_since_saved(self) -> float | None:
        """How old the running training's newest checkpoint is, or None."""
        if self.running is None or self.running.written is None:
            return None
        passed = datetime.datetime.now(datetime.UTC) - self.running.written
        return max(0.0, passed.total_seconds())

    @property
    def answering(self) -> UnfinishedRun | None:
        """The running training, once it has kept weights that can answer."""
        return self.running if self.running and self.running.best else None

    @property
    def planned_epochs(self) -> int:
        """How many epochs the running training has at most; 0 where unknown."""
        if self.curve.epochs:
            return self.curve.epochs[-1].epochs
        if self.running:
            return self.running.epochs
        training = self._session.workflow.training
        return training.epochs if training else 0

    def seconds_left(self) -> float | None:
        """Return how long the running training still takes at most, by its pace so far."""
        epochs = self.curve.epochs
        if not epochs or not self.active:
            return None
        progress = self._session.jobs.status.progress
        if progress and progress.phase is Phase.TRAINING and progress.seconds_left is not None:
            return progress.seconds_left
        newest = epochs[-1]
        pace = newest.seconds / newest.epoch
        if len(epochs) > 1:  # the first one also warms up
            pace = (newest.seconds - epochs[-2].seconds) / (newest.epoch - epochs[-2].epoch)
        return max(0.0, (newest.epochs - self.curve.epoch) * pace)

    def resume(self, run: UnfinishedRun) -> None:
        """Go on with a run."""
        from core.training.train_job import ResumeJob

        if not self._session.workflow.why_not_train():
            self._session.workflow.start_training(ResumeJob(run.folder))

    def look(self) -> None:
        """Read on a thread which runs are unfinished, and what the running one has kept."""
        project = self._session.project.project
        if project is None:
            return
        runs_folder, folder = project.runs_folder, self.folder
        self._looked_at = folder

        def task() -> tuple[UnfinishedRun | None, list[UnfinishedRun]]:
            from core.runs.unfinished import find_unfinished, list_unfinished

            running = find_unfinished(folder) if folder else None
            return running, [run for run in list_unfinished(runs_folder) if run.folder != folder]

        def done(found: tuple[UnfinishedRun | None, list[UnfinishedRun]]) -> None:
            if self._session.project.project is project and folder == self.folder:
                self._take(*found)

        self._session.background.run(task, done, self._session.notices.tell_error)

    def _take(self, running: UnfinishedRun | None, waiting: list[UnfinishedRun]) -> None:
        self.running = running
        if running:
            self.checkpoint_changed.emit()
        if waiting != self.unfinished:
            self.unfinished = waiting
            self.unfinished_changed.emit()

    def _follow(self) -> None:
        """Notice the beginning and the end of a training."""
        if self.active == self._trained:
            if self.folder != self._looked_at:  # now it is known what it trains
                self.look()
            return
        self._trained = self.active
        self.running = None
        if self.active:
            self._timer.start()
            self._read_resumed()
        else:
            self._timer.stop()
        self.look()
        self.curve_changed.emit()
        if self.active:
            self.begun.emit()
        else:
            self.ended.emit(self._session.jobs.status.kept)

    def _read_resumed(self) -> None:
        """Begin with an empty curve, or with what a resumed run has of it."""
        self.curve = CurveData()
        training = self._session.workflow.training
        resumed = training.run_folder if training else None
        run = next((run for run in self.unfinished if run.folder == resumed), None)
        if run is None:
            return

        def done(points: list[CurvePoint]) -> None:
            if self._session.workflow.training is training:
                came = self.curve.epochs  # while the file was read
                self.curve = CurveData(points)
                self.curve.add(came)
                self.curve_changed.emit()

        self._session.background.run(run.curve, done, self._session.notices.tell_error)

    def _add(self, points: list[CurvePoint]) -> None:
        self.curve.add(points)
        self.curve_changed.emit()

    def _begin_anew(self) -> None:
        self.curve, self.unfinished = CurveData(), []
        self.unfinished_changed.emit()
        self.curve_changed.emit()
        self.look()
