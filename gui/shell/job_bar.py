"""The strip that shows the running job on every page, and what became of it if it went wrong."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from core.errors import LayerloomError
from gui.look.appearance import scaled
from gui.owners.job_owner import ACTIVE, JobOwner, JobState, JobStatus
from gui.owners.workflow import Workflow
from gui.widgets.buttons import allow, button
from gui.widgets.card import row
from gui.widgets.icon_label import IconLabel
from gui.widgets.job_progress import JobProgress
from gui.widgets.texts import text

TROUBLE = frozenset({JobState.FAILED, JobState.DIED, JobState.STOPPED})


class JobBar(QFrame):
    """Progress with Stop; after trouble a sentence with a way on, "Copy details", "Dismiss".

    Args:
        jobs: Runs the job.
        workflow: Goes on with it.
    """

    def __init__(self, jobs: JobOwner, workflow: Workflow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobbar")
        self._jobs = jobs
        self._page_shows_job = False
        self._progress = JobProgress()
        self._sign = IconLabel("info")
        self._sentence = text(wrap=True)
        self._stop = button(self.tr("Stop"), jobs.stop, icon_name="stop")
        self._again = button(self.tr("Try again"), workflow.again, icon_name="refresh")
        self._copy = button(self.tr("Copy details"), self._copy_details)
        self._dismiss = button(self.tr("Dismiss"), jobs.dismiss)
        layout = row(self, spacing=12)
        layout.setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8))
        layout.addWidget(self._sign)
        layout.addWidget(self._progress, 1)
        layout.addWidget(self._sentence, 1)
        for widget in (self._stop, self._again, self._copy, self._dismiss):
            layout.addWidget(widget)
        jobs.changed.connect(self.refresh)
        self.refresh()

    def set_page_shows_job(self, shows: bool) -> None:
        """Leave the running job to the page in sight, or show it here."""
        self._page_shows_job = shows
        self.refresh()

    def refresh(self) -> None:
        """Show the newest job's state."""
        status = self._jobs.status
        active, trouble = status.state in ACTIVE, status.state in TROUBLE
        self.setVisible(trouble or (active and not self._page_shows_job))
        self._progress.setVisible(active)
        self._stop.setVisible(active)
        for widget in (self._sign, self._sentence, self._again, self._dismiss):
            widget.setVisible(trouble)
        self._copy.setVisible(status.state in (JobState.FAILED, JobState.DIED))
        if active:
            self._progress.show_status(status)
            stopping = status.state is JobState.STOPPING
            allow(self._stop, self.tr("It is already stopping.") if stopping else "")
        if trouble:
            self._show_trouble(status)

    def _show_trouble(self, status: JobStatus) -> None:
        name, role = ("info", "accent") if status.state is JobState.STOPPED else ("error", "error")
        self._sign.set_icon(name, role)
        again = self.tr("Resume") if status.kept else self.tr("Try again")
        self._again.setText(again)
        self._again.setAccessibleName(again)
        self._sentence.setText(self._trouble(status))

    def _trouble(self, status: JobStatus) -> str:
        title = status.job.title if status.job else ""
        if status.state is JobState.STOPPED:
            kept = self.tr("“{0}” was stopped. Its progress is saved.")
            nothing = self.tr("“{0}” was stopped. Existing files were not changed.")
            return (kept if status.kept else nothing).format(title)
        if status.state is JobState.DIED and status.kept:
            return self.tr(
                "The worker process ended unexpectedly during “{0}”. Its progress is saved; you "
                "can resume from there."
            ).format(title)
        if status.state is JobState.DIED:
            return self.tr(
                "The worker process ended unexpectedly during “{0}”. Your images and the "
                "project are intact; you can try again."
            ).format(title)
        failure = status.failure
        return str(LayerloomError(failure.what, failure.where, failure.hint)) if failure else ""

    def _copy_details(self) -> None:
        status = self._jobs.status
        details = status.failure.details if status.failure else ""
        QGuiApplication.clipboard().setText(f"{self._trouble(status)}\n{details}".strip())
