"""How far a job is: phase, bar, how many, how fast, how long still."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from core.jobs.messages import Progress
from gui.look.core_texts import translated
from gui.look.numbers import count, decimal, time_left
from gui.owners.job_owner import JobState, JobStatus
from gui.widgets.card import column, row
from gui.widgets.texts import text

_STEPS = 1000


class JobProgress(QWidget):
    """Shows the progress in a `JobStatus`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase = text("", "name", wrap=True)
        self._figures = text("", "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress"))
        head = row(spacing=12)
        head.addWidget(self._phase, 1)
        head.addWidget(self._figures)
        layout = column(self, spacing=6)
        layout.addLayout(head)
        layout.addWidget(self._bar)

    def show_status(self, status: JobStatus) -> None:
        """Show how far the job is."""
        title = status.job.title if status.job else ""
        progress = status.progress
        self._phase.setText(self._heading(title, status))
        known = progress is not None and progress.total > 0
        self._bar.setRange(0, _STEPS if known else 0)
        if progress and known:
            self._bar.setValue(round(_STEPS * progress.done / progress.total))
        self._figures.setText(self._how_far(progress) if progress else "")

    def _heading(self, title: str, status: JobStatus) -> str:
        if status.state is JobState.STOPPING:
            return self.tr("{0}: stopping…").format(title)
        progress = status.progress
        phase = translated(progress.phase.text) if progress else self.tr("starting…")
        return f"{title} – {phase[:1].lower()}{phase[1:]}"

    def _how_far(self, progress: Progress) -> str:
        parts = []
        if progress.total > 1:
            parts.append(self.tr("{0} of {1}").format(count(progress.done), count(progress.total)))
        if progress.per_second >= 1:
            parts.append(self.tr("{0} a second").format(decimal(progress.per_second, 0)))
        if progress.seconds_left is not None and progress.done < progress.total:
            parts.append(time_left(progress.seconds_left))
        return "  ·  ".join(parts)
