"""What leads from a folder of images to an exported model: which job, when, and where to next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.errors import LayerloomError
from core.jobs.job import Job
from core.jobs.messages import Finished, Outcome, Result
from core.opening.network_file import DesignFile, OnnxFile, network_file
from gui.look.core_texts import translated
from gui.owners.drops import dropped_image, dropped_path
from gui.owners.job_owner import JobOwner
from gui.owners.notices import Notices
from gui.owners.project_owner import ProjectOwner

if TYPE_CHECKING:
    from core.export.export_report import ExportReport
    from core.images.scanning import ScanReport
    from core.project.scan_job import ScanJob
    from core.recipes.choices import TrainingChoices
    from core.runs.runs import Run
    from core.training.train_job import TrainingJob
    from gui.owners.designs.design_owner import DesignOwner
    from gui.owners.trial import Trial


def _may_be_opened(path: Path) -> bool:
    """Return whether a file is called like an image or a project."""
    from core.images.reading import SUFFIXES

    return path.suffix.lower() in (*SUFFIXES, ".layerloom")


@cache
def _has_torch() -> bool:
    """Return whether PyTorch is installed, without importing it."""
    return find_spec("torch") is not None


class Workflow(QObject):
    """Starts jobs, and takes what they return to its owner and the user to its page.

    Args:
        project: The open project.
        jobs: Runs the jobs.
        trial: The image being tried.
        design: Returns the owner of the open design, which is made when it is first asked for.
        notices: What the window has to tell.

    Attributes:
        choices: What Train uses; None until a project is open.
        unfit: Why the chosen recipe cannot train the chosen network, or "".
    """

    go_to = Signal(str)
    """The page to show: a workspace's id, or "start"."""

    choices_changed = Signal(bool)
    """Another recipe, network or option is in use; True: because the user chose it."""

    exported = Signal()

    def __init__(
        self,
        project: ProjectOwner,
        jobs: JobOwner,
        trial: Trial,
        design: Callable[[], DesignOwner],
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._jobs = jobs
        self._trial = trial
        self._design = design
        self._notices = notices
        self._scan: ScanJob | None = None
        self._training: TrainingJob | None = None
        self._after_scan = ""
        self._next_page = "data"
        self.choices: TrainingChoices | None = None
        self.unfit = ""
        project.project_changed.connect(self._welcome)
        project.images_changed.connect(self._scan_if_new)

    @property
    def scanning(self) -> bool:
        """Whether the folder of images is being read."""
        return self._jobs.busy and self._jobs.status.job is self._scan

    @property
    def training(self) -> TrainingJob | None:
        """The newest job, if that is a training."""
        return self._training if self._jobs.status.job is self._training else None

    @property
    def trains(self) -> bool:
        """Whether the running job is a training."""
        return self._jobs.busy and self.training is not None

    def open(self, path: Path, *, to_design: bool = False) -> None:
        """Open what was given: a project, a folder of images, a design, an ONNX file, an image.

        Args:
            path: What was dropped or chosen.
            to_design: Whether an ONNX file is to be looked into, instead of tried; what is neither
                that nor a design nor an image is refused then.
        """
        file = network_file(path) if path.is_file() else None
        if isinstance(file, DesignFile) or (file and to_design):
            self._design().open_file(path)
        elif isinstance(file, OnnxFile):
            self._trial.use_file(path)
            self.go_to.emit("test")
        elif to_design and path.is_file() and not _may_be_opened(path):
            sentence = self.tr("“{0}” is neither a design (.json) nor an ONNX file (.onnx).")
            self._notices.tell(sentence.format(path.name), "warning")
        elif path.is_file() and path.suffix != ".layerloom":
            self._trial.try_image(path)
            self.go_to.emit("test")
        elif self._jobs.busy:
            self._notices.tell(self.why_busy(), "warning")
        elif path.suffix == ".layerloom" or any(path.glob("*.layerloom")):
            self._project.open(path)
        else:
            self._project.open_images(path)

    def take(self, data: QMimeData, *, to_design: bool = False) -> bool:
        """Open the file that was dropped or copied, or try the picture; False: it is neither."""
        if (path := dropped_path(data)) is not None:
            self.open(path, to_design=to_design)
        elif image := dropped_image(data):
            self._trial.try_image(image)
            self.go_to.emit("test")
        else:
            return False
        return True

    def paste(self) -> None:
        """Try the picture on the clipboard, or the file copied there."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._notices.tell(self.tr("There is no image on the clipboard."))

    def try_sample(self) -> None:
        """Write the sample out, then open, scan and offer to train it."""
        from core.project.sample_job import SampleJob

        self._start(SampleJob(), self._take_sample)

    def scan(self) -> None:
        """Read the folder of images (again)."""
        from core.project.scan_job import ScanJob

        if self._project.project and not self._jobs.busy:
            self._scan = ScanJob(self._project.project.folder)
            self._start(self._scan, self._take_scan)

    def train(self) -> None:
        """Train with what was chosen."""
        from core.opening.beginning import kept_beginning
        from core.training.train_job import TrainJob

        if self._project.project and self.choices and not self.why_not_start():
            folder, chosen = self._project.project.folder, self.choices
            try:
                network = kept_beginning(chosen.network, folder, folder)
            except LayerloomError as error:
                self._notices.tell_error(error)
                return
            self.start_training(
                TrainJob(folder, chosen.recipe, network, options=dict(chosen.given()))
            )

    def start_training(self, job: TrainingJob) -> None:
        """Start or resume a training, and show it."""
        if not self.why_not_train():
            self.go_to.emit("train")
            self._train(job)

    def again(self) -> None:
        """Go on with the newest job where it was interrupted, or start it once more."""
        from core.training.train_job import ResumeJob

        if self._jobs.busy:
            return
        if kept := self._jobs.status.kept:
            self._train(ResumeJob(kept))
        else:
            self._jobs.again()

    def export(self, out: Path) -> None:
        """Write the exported folder of the run that is looked at."""
        from core.export.export_job import ExportJob

        if self._project.run and not self.why_not_export():
            self._start(ExportJob(self._project.run.folder, out), self._take_export)

    def choose(self, choices: TrainingChoices) -> None:
        """Have Train use something else."""
        if choices != self.choices:
            self.choices = choices
            self.choices_changed.emit(True)

    def set_unfit(self, why: str) -> None:
        """Say why what was chosen cannot be trained; "" where it can."""
        if why != self.unfit:
            self.unfit = why
            self.choices_changed.emit(False)

    def choose_network(self, network: str, recipe: str) -> None:
        """Have Train start from another network: its name, or the path of a design's file."""
        project = self._project.project
        if project is None or self.choices is None:
            return
        path = Path(network)
        if path.is_relative_to(project.folder):
            network = path.relative_to(project.folder).as_posix()
        self.choose(replace(self.choices, network=network, recipe=recipe))

    def why_busy(self) -> str:
        """Return why no job can be started now, or ""."""
        job = self._jobs.status.job
        if self._jobs.busy and job:
            return self.tr("“{0}” is running: stop it or wait until it ends.").format(job.title)
        return ""

    def why_not_scan(self) -> str:
        """Return why the folder cannot be read now, or ""."""
        return self.why_busy() or self._why_no_project()

    def why_not_train(self) -> str:
        """Return why training cannot start now, or ""."""
        if reason := self.why_not_scan():
            return reason
        return "" if self._project.images else self.tr("There are no images to train on yet.")

    def why_not_start(self) -> str:
        """Return why a training with what was chosen cannot start now, or ""."""
        return self.why_not_train() or self._why_no_torch() or self.unfit

    def why_not_export(self) -> str:
        """Return why nothing can be exported now, or ""."""
        if reason := self.why_busy():
            return reason
        return "" if self._project.run else self.tr("Train first: there is no run to export yet.")

    def _why_no_torch(self) -> str:
        from core.recipes.recipes import RECIPES

        recipe = RECIPES[self.choices.recipe] if self.choices else None
        if recipe and recipe.needs_torch and not _has_torch():
            sentence = self.tr("“{0}” needs PyTorch, which is not installed.")
            return sentence.format(translated(recipe.title))
        return ""

    def _why_no_project(self) -> str:
        return "" if self._project.project else self.tr("Open a folder of images first.")

    def _start(self, job: Job[Result], done: Callable[[Outcome[Result]], None]) -> None:
        self._notices.clear()
        self._jobs.start(job, done)

    def _train(self, job: TrainingJob) -> None:
        self._training = job
        self._start(job, self._take_run)

    def _welcome(self) -> None:
        """Show the project that was opened, and have the worker ready for it."""
        from core.recipes.choices import read_choices

        if self._project.project:
            self.choices = read_choices(self._project.project.folder)
            self.choices_changed.emit(False)
            self._notices.clear()
            self._jobs.dismiss()
            self.go_to.emit(self._next_page)
            self._jobs.warm_up()

    def _scan_if_new(self) -> None:
        """Scan a project that has no images yet, once."""
        if self._project.project and not self._project.images and not self._jobs.busy:
            self.scan()

    def _take_sample(self, outcome: Outcome[Path]) -> None:
        if isinstance(outcome, Finished):
            self._after_scan = "train"
            self._project.open_images(outcome.result)

    def _take_scan(self, outcome: Outcome[ScanReport]) -> None:
        if isinstance(outcome, Finished):
            self._project.reload_images(outcome.result)
            if self._after_scan:
                self.go_to.emit(self._after_scan)
            self._after_scan = ""

    def _take_run(self, outcome: Outcome[Run]) -> None:
        if isinstance(outcome, Finished):
            self._project.reload_images(self._project.report)
            self._project.reload_runs(outcome.result.folder)

    def _take_export(self, outcome: Outcome[ExportReport]) -> None:
        if isinstance(outcome, Finished):
            self.exported.emit()
