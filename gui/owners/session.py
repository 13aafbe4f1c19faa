"""The owners of the window's state, made once and handed to every view."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.jobs.supervision import Supervisor
from gui.look.appearance import Appearance
from gui.owners.background import Background
from gui.owners.history import History
from gui.owners.job_owner import JobOwner
from gui.owners.notices import Notices
from gui.owners.project_owner import ProjectOwner
from gui.owners.settings import Settings
from gui.owners.thumbnail_loader import ThumbnailLoader
from gui.owners.trial import Trial
from gui.owners.workflow import Workflow

if TYPE_CHECKING:
    from gui.owners.designs.design_owner import DesignOwner

WARM_UP = ("core.training.quick", "sklearn.linear_model", "sklearn.model_selection")
"""What the worker imports while it waits, so that the first training starts at once."""


class Session(QObject):
    """One of each kind of state, for as long as the window is open.

    Attributes:
        appearance: Theme and scale.
        settings: What the user has set.
        notices: What the window has to tell.
        history: Undo and redo on the page in sight.
        background: Short work on threads.
        thumbnails: Pictures of images.
        project: The open project.
        jobs: The worker process.
        trial: The image being tried, and the model that answers.
        workflow: What leads from one workspace to the next.
    """

    def __init__(self, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self.appearance = appearance
        self.settings = settings
        self.notices = Notices(self)
        self.history = History(self)
        self.background = Background(self)
        self.thumbnails = ThumbnailLoader(self)
        self.project = ProjectOwner(self.background, self.notices, self)
        self.jobs = JobOwner(Supervisor(WARM_UP), self)
        self.trial = Trial(self.background, self.project, self)
        self.workflow = Workflow(
            self.project, self.jobs, self.trial, lambda: self.design, self.notices, self
        )
        self.project.project_changed.connect(self.thumbnails.forget)
        if settings.notice:
            self.notices.tell(settings.notice, "warning")

    @cached_property
    def design(self) -> DesignOwner:
        """The open design and its files; made, with all it imports, when it is first needed."""
        from gui.owners.designs.design_owner import DesignOwner

        made = DesignOwner(self.background, self.jobs, self.project, self.notices, self)
        made.opened.connect(lambda: self.workflow.go_to.emit("design"))
        made.training_wanted.connect(self._train_from)
        return made

    def _train_from(self, design: Path) -> None:
        """Have Train start from a design's file.

        One without weights is trained from scratch; one with weights is not, so that they count.
        """
        choices = self.workflow.choices
        has_weights = self.design.document.origin.weights is not None
        if choices:
            recipe = choices.recipe if has_weights else "scratch"
            if has_weights and recipe == "scratch":
                recipe = "balanced"
            self.workflow.choose_network(str(design), recipe)
        self.workflow.go_to.emit("train")

    def set_theme(self, choice: str) -> None:
        """Change the theme and keep the choice."""
        self.appearance.choose(choice)
        self.settings["theme"] = choice
        self.keep_settings()

    def keep_settings(self) -> None:
        """Write the settings, on a thread."""
        self.background.run(self.settings.keep, lambda _: None, self.notices.tell_error)

    def close(self) -> None:
        """End the worker, keep what is unsaved, and wait for threads."""
        self.jobs.close()
        if "design" in self.__dict__:
            self.design.close()
        self.background.close()
        self.thumbnails.close()
