"""The card that starts a training and shows how far it is."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.shell.job_owner import JobState
from gui.shell.session import Session
from gui.widgets.buttons import allow, button
from gui.widgets.card import Card, column, row
from gui.widgets.job_progress import JobProgress
from gui.widgets.numbers import count
from gui.widgets.texts import text


class ProgressCard(Card):
    """Start while nothing trains; phase, rate, time left and Stop while it does."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._ready = text("", "name")
        self._images = text("", "muted", wrap=True)
        self._progress = JobProgress()
        self.start_button = button(
            self.tr("Start training"), session.workflow.train, kind="primary", icon_name="play"
        )
        self._stop = button(self.tr("Stop"), session.jobs.stop, icon_name="stop")
        self._stack = QStackedWidget()
        waiting = QWidget()
        words = column(waiting, spacing=4)
        words.addWidget(self._ready)
        words.addWidget(self._images)
        self._stack.addWidget(waiting)
        self._stack.addWidget(self._progress)
        line = row(spacing=16)
        line.addWidget(self._stack, 1)
        line.addWidget(self.start_button)
        line.addWidget(self._stop)
        self.body.addLayout(line)
        for signal in (
            session.jobs.changed,
            session.project.images_changed,
            session.project.project_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the training."""
        jobs, workflow = self._session.jobs, self._session.workflow
        trains = jobs.runs("TrainJob")
        self._stack.setCurrentIndex(int(trains))
        self._show_button(trains)
        blocked = workflow.why_not_train()
        allow(self.start_button, blocked, self.tr("Start training (Ctrl+Return)"))
        stopping = jobs.status.state is JobState.STOPPING
        allow(self._stop, self.tr("It is stopping already.") if stopping else "")
        if trains:
            self._progress.show_status(jobs.status)
        self._ready.setText(self.tr("Not ready yet") if blocked else self.tr("Ready to train"))
        self._images.setText(blocked or self._parts())

    def _show_button(self, trains: bool) -> None:
        """Show Start or Stop; the one takes the keyboard over from the other."""
        shown, hidden = self._stop, self.start_button
        if not trains:
            shown, hidden = hidden, shown
        had_keyboard = hidden.hasFocus()
        shown.setVisible(True)
        if had_keyboard:
            shown.setEnabled(True)
            shown.setFocus()
        hidden.setVisible(False)

    def _parts(self) -> str:
        readable = [image for image in self._session.project.images if not image.problem]
        splits = Counter(image.split.value for image in readable if image.split)
        kept = splits["validation"] + splits["test"]
        return self.tr("It learns from {0} images; {1} are kept aside to test it.").format(
            count(splits["train"]), count(kept)
        )
