"""The open project: its images, their health, its runs, and which run is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import LayerloomError
from gui.owners.background import Background
from gui.owners.notices import Notices

if TYPE_CHECKING:
    from core.images.scanning import LabelledImage, ScanReport
    from core.project.project import Project
    from core.runs.runs import Run

Loaded = tuple["Project", "list[LabelledImage]", "list[Run]", "list[LayerloomError]"]


class ProjectOwner(QObject):
    """Owns the open project. Files are read on threads; views read what is here.

    Attributes:
        project: The open project, or None.
        images: Its images as last scanned.
        report: What `summarise` says of them; None until known.
        runs: Its finished runs, newest first.
        run: The run that Test and Export are about, or None.
        loading: Whether a project is being opened.
    """

    project_changed = Signal()
    images_changed = Signal()
    report_changed = Signal()
    runs_changed = Signal()
    run_changed = Signal()

    def __init__(
        self, background: Background, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._notices = notices
        self.project: Project | None = None
        self.images: list[LabelledImage] = []
        self.report: ScanReport | None = None
        self.runs: list[Run] = []
        self.run: Run | None = None
        self.loading = False

    @property
    def name(self) -> str:
        """The project's name, or ""."""
        return self.project.record.name if self.project else ""

    def open(self, path: Path) -> None:
        """Open a project by its folder or its file."""
        self._load(lambda: _opened(path))

    def open_images(self, folder: Path) -> None:
        """Open the project of a folder of images, or make it."""
        self._load(lambda: _opened_for_images(folder))

    def close(self) -> None:
        """Have no project open."""
        self.project, self.images, self.report = None, [], None
        self.runs, self.run = [], None
        self._tell_all()

    def reload_images(self, report: ScanReport | None = None) -> None:
        """Read the list of images again; `report` is what the scan said of it."""
        project = self.project
        if project is None:
            return

        def done(images: list[LabelledImage]) -> None:
            if self.project is project:
                self._take_images(images, report)
                self._remember()

        self._background.run(project.images, done, self._notices.tell_error)

    def reload_runs(self, chosen: Path | None = None) -> None:
        """Read the runs again and look at the one in the folder `chosen`, if it is given."""
        project = self.project
        if project is None:
            return

        def done(found: tuple[list[Run], list[LayerloomError]]) -> None:
            if self.project is project:
                self._take_runs(*found, chosen)
                self._remember()

        self._background.run(lambda: _runs(project), done, self._notices.tell_error)

    def choose_run(self, run: Run | None) -> None:
        """Look at another run."""
        if run is not self.run:
            self.run = run
            self.run_changed.emit()

    def _load(self, task: Callable[[], Loaded]) -> None:
        self.loading = True
        self._background.run(task, self._take, self._fail)

    def _take(self, loaded: Loaded) -> None:
        self.loading = False
        self.project, images, runs, errors = loaded
        self.images, self.report, self.runs, self.run = [], None, [], None
        self.project_changed.emit()
        self._take_images(images, None)
        self._take_runs(runs, errors, None)
        for notice in self.project.notices:
            self._notices.tell(notice, "warning")
        self._remember()

    def _fail(self, error: LayerloomError) -> None:
        self.loading = False
        self._notices.tell_error(error)

    def _take_images(self, images: list[LabelledImage], report: ScanReport | None) -> None:
        self.images, self.report = images, report
        self.images_changed.emit()
        self.report_changed.emit()
        if images and report is None:
            self._summarise()

    def _summarise(self) -> None:
        project, images = self.project, self.images
        if project is None:
            return

        def done(report: ScanReport) -> None:
            if self.images is images:
                self.report = report
                self.report_changed.emit()

        folder = project.images_folder
        self._background.run(lambda: _summary(images, folder), done, self._notices.tell_error)

    def _take_runs(
        self, runs: list[Run], errors: list[LayerloomError], chosen: Path | None
    ) -> None:
        self.runs = runs
        wanted = chosen or (self.run.folder if self.run else None)
        self.run = next((run for run in runs if run.folder == wanted), runs[0] if runs else None)
        for error in errors:
            self._notices.tell_error(error)
        self.runs_changed.emit()
        self.run_changed.emit()

    def _remember(self) -> None:
        """Put the project at the head of the recent ones, on a thread."""
        project = self.project
        if project is None:
            return
        readable = sum(not image.problem for image in self.images)
        best = max((run.result.held_out.accuracy for run in self.runs), default=None)
        folder, name = project.folder, project.record.name

        def task() -> None:
            from core.project.recent import remember

            remember(folder, name, images=readable, best_accuracy=best)

        self._background.run(task, lambda _: None, self._notices.tell_error)

    def _tell_all(self) -> None:
        for signal in (
            self.project_changed,
            self.images_changed,
            self.report_changed,
            self.runs_changed,
            self.run_changed,
        ):
            signal.emit()


def _opened(path: Path) -> Loaded:
    from core.project.project import open_project

    project = open_project(path)
    return project, project.images(), *_runs(project)


def _opened_for_images(folder: Path) -> Loaded:
    from core.images.folders import find_images
    from core.project.project import project_for_images

    find_images(folder)  # refuses a folder that holds no images by class before a project is made
    project = project_for_images(folder)
    return project, project.images(), *_runs(project)


def _runs(project: Project) -> tuple[list[Run], list[LayerloomError]]:
    from core.runs.runs import list_runs

    runs, errors = list_runs(project.runs_folder)
    return runs, list(errors)


def _summary(images: list[LabelledImage], folder: Path) -> ScanReport:
    from core.images.scanning import summarise

    return summarise(images, folder)
