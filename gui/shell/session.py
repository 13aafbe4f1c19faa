"""The owners of the window's state, made once and handed to every view."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.jobs.supervision import Supervisor
from gui.shell.appearance import Appearance
from gui.shell.background import Background
from gui.shell.job_owner import JobOwner
from gui.shell.notices import Notices
from gui.shell.page_modules import import_pages
from gui.shell.project_owner import ProjectOwner
from gui.shell.settings import Settings
from gui.shell.workflow import Workflow
from gui.test.trial import Trial
from gui.widgets.thumbnail_loader import ThumbnailLoader

WARM_UP = ("core.training.quick",)
"""What the worker imports while it waits, so that the first training starts at once."""


class Session(QObject):
    """One of each kind of state, for as long as the window is open.

    Attributes:
        appearance: Theme and scale.
        settings: What the user has set.
        notices: What the window has to tell.
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
        self.background = Background(self)
        self.thumbnails = ThumbnailLoader(self)
        self.project = ProjectOwner(self.background, self.notices, self)
        self.jobs = JobOwner(Supervisor(WARM_UP), self)
        self.trial = Trial(self.background, self.project, self)
        self.workflow = Workflow(self.project, self.jobs, self.trial, self.notices, self)
        self.project.project_changed.connect(self.thumbnails.forget)
        if settings.notice:
            self.notices.tell(settings.notice, "warning")

    def set_theme(self, choice: str) -> None:
        """Change the theme and keep the choice."""
        self.appearance.choose(choice)
        self.settings["theme"] = choice
        self.background.run(self.settings.keep, lambda _: None, self.notices.tell_error)

    def preload(self) -> None:
        """Import the pages' modules on a thread, so that showing one takes less time."""
        self.background.run(import_pages, lambda _: None, self.notices.tell_error)

    def close(self) -> None:
        """End the worker and wait for threads."""
        self.jobs.close()
        self.background.close()
        self.thumbnails.close()
