"""The open design and its files: opening, saving, and what was left unsaved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import LayerloomError
from core.jobs.messages import Finished, Outcome
from core.network.analysis import analyse
from core.network.layers.ends import Input, Output
from core.network.layout.arrange import arranged
from core.network.layout.opening_view import suggest_groups
from core.network.network import Edge, Network, Node
from core.network.templates import TEMPLATES
from core.opening.network_file import OnnxFile, network_file
from core.opening.open_job import OpenedDesign, OpenNetworkJob
from core.project.designs import (
    Design,
    DesignChangedError,
    design_path,
    list_designs,
    read_design,
    save_design,
)
from gui.owners.background import Background
from gui.owners.designs.document import Document, Origin
from gui.owners.designs.network_timer import NetworkTimer
from gui.owners.designs.recovery import Recovery
from gui.owners.job_owner import JobOwner
from gui.owners.notices import Action, Notices
from gui.owners.project_owner import ProjectOwner


class DesignOwner(QObject):
    """Opens and saves the document. Files are read and written on threads, models in the worker.

    Attributes:
        document: The open design.
        timer: Measures how long it takes for one image.
        recovery: Keeps what is unsaved, and offers what earlier windows left.
    """

    opened = Signal()
    """Another design is open now."""

    training_wanted = Signal(Path)
    """Train is to start from the design in this file."""

    def __init__(
        self,
        background: Background,
        jobs: JobOwner,
        project: ProjectOwner,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = Document(self)
        self._background = background
        self._jobs = jobs
        self._project = project
        self._notices = notices
        self.recovery = Recovery(self.document, notices, self)
        self.recovery.opened.connect(self.opened)
        self.timer = NetworkTimer(self.document, jobs, self)
        self._contents: dict[Path, str] = {}  # of files as they were last read or written here

    def open_template(self, name: str) -> None:
        """Open a template as one step that can be undone."""
        template = TEMPLATES[name]

        def task() -> tuple[Network, Origin]:
            return _readable(template.build(template.classes)), Origin(template.title)

        self._background.run(task, self._take, self._notices.tell_error)

    def open_model(self, name: str, *, with_weights: bool = False) -> None:
        """Open a network of torchvision, or a pretrained one, in the worker."""
        self._start(OpenNetworkJob(name, with_weights))

    def open_file(self, path: Path) -> None:
        """Open a design's file, or an ONNX file in the worker."""
        if isinstance(network_file(path), OnnxFile):
            self._start(OpenNetworkJob(str(path)))
            return

        def task() -> tuple[Network, Design]:
            design = read_design(path)
            return _readable(design.network), design

        def done(made: tuple[Network, Design]) -> None:
            network, design = made
            self._contents[design.path] = design.content
            self._take((network, _origin(design)))
            self.document.undo_stack.setClean()

        self._background.run(task, done, self._notices.tell_error)

    def open_empty(self) -> None:
        """Have a design of an image input and a classifier output alone."""
        image = Node(id="input", name="input", layer=Input(), position=(0, 0))
        end = Node(id="output", name="output", layer=Output(), position=(0, 240))
        network = Network(nodes=(image, end), edges=(Edge("input", "output"),))
        self._take((network, Origin(self.tr("New design"))))

    @property
    def has_place(self) -> bool:
        """Whether `save` knows where: in the design's own file, or in the project."""
        return self.document.origin.path is not None or self._project.project is not None

    def save(self, *, then_train: bool = False) -> None:
        """Save the design in its file; without one, in the project; nowhere if none is open."""
        path = self.document.origin.path
        if path is not None:
            self.save_as(path, then_train=then_train, known=self._contents.get(path, ""))
        elif self._project.project is not None:
            self._save_in(self._project.project.folder, then_train)

    def save_as(self, path: Path, *, then_train: bool = False, known: str = "") -> None:
        """Save the design in a file, and perhaps have Train start from it.

        Args:
            path: The file.
            then_train: Whether Train is to start from it.
            known: Hash of the file that may be replaced without asking; "": whatever is there.
        """
        opened, network = self.document.opened, self.document.network
        weights = opened.origin.weights

        def done(design: Design) -> None:
            self._contents[design.path] = design.content
            self.document.saved(opened, network, _origin(design))
            if then_train:
                self.training_wanted.emit(design.path)

        def failed(error: LayerloomError) -> None:
            if isinstance(error, DesignChangedError):
                action = Action(self.tr("Replace"), lambda: self._replace(path, then_train))
                self._notices.tell(str(error), "warning", action=action)
            else:
                self._notices.tell_error(error)

        self._background.run(lambda: save_design(path, network, weights, known), done, failed)

    def why_not_train(self) -> str:
        """Return why the design cannot be trained, or ""."""
        if self._project.project is None:
            return self.tr("Open a folder of images first.")
        problem = next((p for p in self.document.analysis.problems if not p.advice), None)
        return self.tr("Fix the design first: {0}").format(problem.what) if problem else ""

    def train(self) -> None:
        """Save the design where it is not saved, and have Train start from its file."""
        if self.document.origin.path is None or self.document.modified:
            self.save(then_train=True)
        else:
            self.training_wanted.emit(self.document.origin.path)

    def suggested_path(self) -> Path:
        """Return what a dialog for a new file begins with."""
        origin, project = self.document.origin, self._project.project
        if origin.path is not None:
            return origin.path
        title = origin.title or self.tr("Network")
        if project is not None:
            return design_path(project.folder, title)
        return Path.home() / design_path(Path(), title).name

    def recover(self) -> None:
        """Open what the last window left unsaved, if it left anything."""
        self.recovery.begin()

    def close(self) -> None:
        """Keep what is unsaved; it is offered the next time."""
        self.timer.close()
        self.recovery.close()

    def _start(self, job: OpenNetworkJob) -> None:
        """Open a network in the worker, unless that is at work."""
        running = self._jobs.status.job
        if self._jobs.busy and running is not None:
            sentence = self.tr(
                "“{0}” is running: stop it or wait until it ends, then open the network."
            )
            self._notices.tell(sentence.format(running.title), "warning")
        else:
            self._jobs.start(job, self._take_opened)

    def _replace(self, path: Path, then_train: bool) -> None:
        """Save over what another window or program has written, as the user said."""
        self._notices.dismiss()
        self.save_as(path, then_train=then_train)

    def _save_in(self, project: Path, then_train: bool) -> None:
        """Save under the design's title, or with a number where another design is called that."""
        try:
            taken = {path.name.casefold() for _, path in list_designs(project)}
            title = self.document.origin.title or self.tr("Network")
            path = design_path(project, title)
            number = 2
            while path.name.casefold() in taken:
                path = design_path(project, f"{title} {number}")
                number += 1
        except LayerloomError as error:
            self._notices.tell_error(error)
        else:
            self.save_as(path, then_train=then_train)

    def _take(self, made: tuple[Network, Origin]) -> None:
        """Show another design, as one step that can be undone."""
        network, origin = made
        text = self.tr("Open {0}").format(origin.title)
        self._notices.clear()  # what was told before is of another design
        self.document.enter("")
        self.document.replace(network, origin, text)
        self.opened.emit()

    def _take_opened(self, outcome: Outcome[OpenedDesign]) -> None:
        """Show what the worker has opened."""
        if not isinstance(outcome, Finished):
            return
        result = outcome.result

        def task() -> tuple[Network, Origin]:
            return _readable(result.network), Origin(result.title, None, result.weights)

        self._background.run(task, self._take, self._notices.tell_error)


def _readable(network: Network) -> Network:
    """Return the network with groups and places, where it came without; runs on a thread."""
    analyse(network)  # what layers make of their inputs is known then when the window asks
    if any(node.position is not None for node in network.nodes):
        return network
    return arranged(suggest_groups(network))


def _origin(design: Design) -> Origin:
    return Origin(design.name, design.path, design.weights)
