"""The project's runs with what the user does with them: name, compare, delete, bring back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from core.runs.run_measures import RunMeasures, measure_run, read_measures
from core.runs.run_notes import RunNotes, keep_notes, read_notes
from core.runs.trash import empty_trash, move_to_trash, restore
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.runs.run_words import usual_title

if TYPE_CHECKING:
    from core.errors import LayerloomError
    from core.runs.runs import Run
    from core.runs.unfinished import UnfinishedRun


RUNNING = Path()
"""Stands for the folder of the training that runs, which has none at first."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A run in the trash.

    Attributes:
        title: As shown.
        folder: Where it was.
        place: Where it lies.
    """

    title: str
    folder: Path
    place: Path


class RunsShelf(QObject):
    """Owns notes, measures, the choice of runs to look at, and the trash.

    Attributes:
        notes: What the user says of a run, by its folder.
        measures: What was measured of a run, by its folder.
        chosen: Folders of the runs selected in the table, the finished, the unfinished and the
            one that trains (`RUNNING`).
        deleted: Runs that can be brought back, the newest last.
    """

    changed = Signal()
    chosen_changed = Signal()
    deleted_changed = Signal()

    def __init__(self, session: Session, training: Training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._measuring = False
        self._failed: set[Path] = set()
        self._project_folder: Path | None = None
        self.notes: dict[Path, RunNotes] = {}
        self.measures: dict[Path, RunMeasures] = {}
        self.chosen: tuple[Path, ...] = ()
        self.deleted: list[Deleted] = []
        session.project.project_changed.connect(self._begin_anew)
        session.project.runs_changed.connect(self._read)
        session.jobs.changed.connect(self._measure_next)
        training.begun.connect(lambda: self.choose((RUNNING,)))
        training.ended.connect(self._keep_looking)
        application = QCoreApplication.instance()
        if application:
            application.aboutToQuit.connect(self._empty)
        self._begin_anew()

    def title(self, run: Run | UnfinishedRun) -> str:
        """Return the name that the user gave a run, or its recipe and network."""
        notes = self.notes.get(run.folder)
        return notes.name if notes and notes.name else usual_title(run.settings)

    def choose(self, folders: tuple[Path, ...]) -> None:
        """Look at these runs."""
        if folders != self.chosen:
            self.chosen = folders
            self.chosen_changed.emit()

    def _keep_looking(self, kept: Path | None) -> None:
        """Look at what is left of the training that ran, if it was looked at."""
        if RUNNING in self.chosen:
            left = (folder for folder in self.chosen if folder != RUNNING)
            self.choose((*((kept,) if kept else ()), *left))

    def chosen_runs(self) -> list[Run]:
        """Return the finished runs that are looked at, in the order of the table."""
        return [run for run in self._session.project.runs if run.folder in self.chosen]

    def note(self, run: Run, notes: RunNotes) -> None:
        """Keep what the user says of a run."""
        folder = run.folder

        def done(_: None) -> None:
            self.notes[folder] = notes
            self.changed.emit()

        self._session.background.run(
            lambda: keep_notes(folder, notes), done, self._session.notices.tell_error
        )

    def delete(self, folder: Path, title: str) -> None:
        """Move a run into the trash; `undo` brings it back until the program ends."""
        project = self._session.project.project
        if project is None:
            return

        def done(place: Path) -> None:
            self.choose(tuple(chosen for chosen in self.chosen if chosen != folder))
            self.deleted.append(Deleted(title, folder, place))
            self.deleted_changed.emit()
            self._session.project.reload_runs()

        project_folder = project.folder
        self._session.background.run(
            lambda: move_to_trash(folder, project_folder), done, self._session.notices.tell_error
        )

    def undo(self) -> None:
        """Bring back the run that was deleted last."""
        if not self.deleted:
            return
        last = self.deleted.pop()

        def done(_: None) -> None:
            self.deleted_changed.emit()
            self._session.project.reload_runs(last.folder)

        def failed(error: LayerloomError) -> None:
            self.deleted.append(last)
            self._session.notices.tell_error(error)

        self._session.background.run(lambda: restore(last.place, last.folder), done, failed)

    def _begin_anew(self) -> None:
        """Forget the runs of another project, and what was deleted in it."""
        self._empty()
        project = self._session.project.project
        self._project_folder = project.folder if project else None
        self.notes, self.measures, self.chosen, self.deleted = {}, {}, (), []
        self._failed = set()
        self._empty()  # what a program that was killed left
        self.deleted_changed.emit()
        self._read()

    def _empty(self) -> None:
        if self._project_folder:
            empty_trash(self._project_folder)

    def _read(self) -> None:
        """Read on a thread what is kept of the runs."""
        folders = [run.folder for run in self._session.project.runs]

        def task() -> list[tuple[Path, RunNotes, RunMeasures | None]]:
            return [(folder, read_notes(folder), read_measures(folder)) for folder in folders]

        def done(found: list[tuple[Path, RunNotes, RunMeasures | None]]) -> None:
            self.notes |= {folder: notes for folder, notes, _ in found}
            self.measures |= {folder: kept for folder, _, kept in found if kept}
            self.changed.emit()
            self._measure_next()

        self._session.background.run(task, done, self._session.notices.tell_error)

    def _measure_next(self) -> None:
        """Measure one run that is not measured yet, on a thread, while nothing else computes."""
        if self._measuring or self._session.jobs.busy:
            return
        run = next((run for run in self._session.project.runs if self._is_open(run.folder)), None)
        if run is None:
            return
        self._measuring = True

        def done(measures: RunMeasures) -> None:
            self._measuring = False
            self.measures[run.folder] = measures
            self.changed.emit()
            self._measure_next()

        def failed(_: object) -> None:
            self._measuring = False
            self._failed.add(run.folder)
            self._measure_next()

        self._session.background.run(lambda: measure_run(run, timed=True), done, failed)

    def _is_open(self, folder: Path) -> bool:
        """Return whether a run's time is still to be measured."""
        kept = self.measures.get(folder)
        return folder not in self._failed and (kept is None or kept.milliseconds is None)
