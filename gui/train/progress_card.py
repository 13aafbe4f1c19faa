"""The card that starts a training and shows how far it is."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from core.images.labelled_image import ImageSplit
from core.runs.curve import EpochPoint
from gui.look.numbers import count, decimal, time_left
from gui.look.term_tips import meanings
from gui.owners.job_owner import JobState
from gui.owners.session import Session
from gui.train.choosing.network_chooser import NetworkChooser
from gui.train.choosing.options_panel import OptionsPanel
from gui.train.current_training import Training
from gui.train.narrative import rate
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.buttons import allow, button
from gui.widgets.card import PageCard, column, row
from gui.widgets.job_progress import JobProgress
from gui.widgets.texts import text

STEPS = 1000


class ProgressCard(PageCard):
    """Network, settings and Start while nothing trains; epoch, rates and Pause while it does."""

    def __init__(self, session: Session, training: Training, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._training = training
        self._ready = text("", "name")
        self._images = text("", "muted", wrap=True)
        self._before = JobProgress()
        self._epochs = EpochProgress()
        self._choices = QWidget()
        self.start_button = button(
            self.tr("Start training"), session.workflow.train, kind="primary", icon_name="play"
        )
        self._pause = button(self.tr("Pause"), session.jobs.pause, icon_name="pause")
        self._finish = button(self.tr("Stop and keep the best"), session.jobs.finish_early)
        self._stop = button(self.tr("Stop"), session.jobs.stop, icon_name="stop")
        self._stack = QStackedWidget()
        self._lay_out()
        for signal in (
            session.jobs.changed,
            session.workflow.choices_changed,
            session.project.images_changed,
            session.project.project_changed,
            training.curve_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the training."""
        trains = self._session.workflow.trains
        self._choices.setVisible(not trains)
        page = (2 if self._training.learns else 1) if trains else 0
        self._stack.setCurrentIndex(page)
        self._show_buttons(trains)
        blocked = self._session.workflow.why_not_start()
        allow(self.start_button, blocked, self.tr("Start training (Ctrl+Return)"))
        if page == 1:
            self._before.show_status(self._session.jobs.status)
        if page == 2:
            self._epochs.show_training(self._training, self._session.jobs.status.state)
        if page == 0:
            self._ready.setText(self.tr("Not ready yet") if blocked else self.tr("Ready to train"))
            self._images.setText(blocked or self._parts())

    def _lay_out(self) -> None:
        waiting = QWidget()
        words = column(waiting, spacing=4)
        words.addWidget(self._ready)
        words.addWidget(self._images)
        for page in (waiting, self._before, self._epochs):
            self._stack.addWidget(page)
        buttons = QWidget()
        line = row(buttons, spacing=16)
        for widget in (self.start_button, self._pause, self._finish, self._stop):
            line.addWidget(widget)
        line.addStretch()
        self.body.addWidget(AdaptiveRow((self._stack, buttons), (1, 0), 16, needs=(420, 330)))
        self.body.addWidget(self._choices)

    def make_choices(self) -> None:
        """Add what the page can be shown without for a moment: the network and the settings."""
        choices = column(self._choices, spacing=8)
        choices.addWidget(NetworkChooser(self._session))
        choices.addWidget(OptionsPanel(self._session))

    def _show_buttons(self, trains: bool) -> None:
        """Show what can be done now; what takes another's place takes over the keyboard."""
        keeps = trains and not self._training.in_one_go
        buttons = {
            self.start_button: not trains,
            self._pause: keeps,
            self._finish: keeps,
            self._stop: trains and not keeps,
        }
        wished = self._wished()
        if any(b.hasFocus() and (wished or not visible) for b, visible in buttons.items()):
            self.setFocus()  # or Qt gives it to something far away
        self._allow_wishes(wished)
        for widget, shown in buttons.items():
            widget.setVisible(shown)
        usable = [b for b, visible in buttons.items() if visible and b.isEnabled()]
        if self.hasFocus() and usable:
            usable[0].setFocus()

    def _wished(self) -> str:
        """Return what was asked of the training and is not done yet, or ""."""
        words = {
            JobState.STOPPING: self.tr("It is already stopping."),
            JobState.PAUSING: self.tr("It pauses after the current batch."),
            JobState.FINISHING: self.tr("It is already stopping and keeps the best epoch."),
        }
        return words.get(self._session.jobs.status.state, "")

    def _allow_wishes(self, wished: str) -> None:
        pause = self.tr("Save everything and free the computer; resume whenever you like.")
        finish = self.tr("Stop now; the best epoch so far is the result.")
        allow(self._pause, wished, pause)
        allow(self._finish, wished or self._why_no_best(), finish)
        allow(self._stop, wished)

    def _why_no_best(self) -> str:
        first = self.tr("The first epoch is not finished yet: there is nothing to keep.")
        return "" if self._training.curve.epochs else first

    def _parts(self) -> str:
        readable = [image for image in self._session.project.images if not image.problem]
        splits = Counter(image.split for image in readable)
        kept = splits[ImageSplit.VALIDATION] + splits[ImageSplit.TEST]
        sentence = self.tr("It trains on {0} images; {1} are set aside for validation and test.")
        return sentence.format(count(splits[ImageSplit.TRAINING]), count(kept))


class EpochProgress(QWidget):
    """Which epoch, how fast, how long still, and how patient it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epoch = text("", "name", wrap=True)
        self._figures = text("", "muted")
        self._state = text("", "muted", wrap=True)
        self._state.setToolTip(meanings(self.tr("Learning rate"), self.tr("Patience")))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, STEPS)
        self._bar.setAccessibleName(self.tr("Progress"))
        head = row(spacing=12)
        head.addWidget(self._epoch, 1)
        head.addWidget(self._figures)
        layout = column(self, spacing=6)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._state)

    def show_training(self, training: Training, state: JobState) -> None:
        """Show how far a training is."""
        curve = training.curve
        newest = curve.epochs[-1] if curve.epochs else None
        planned = training.planned_epochs
        done = curve.epoch
        present = min(planned or int(done) + 1, int(done) + 1)
        words = self.tr("Training: epoch {0} of {1}").format(present, planned or "–")
        self._epoch.setText(words)
        self._bar.setValue(round(STEPS * done / planned) if planned else 0)
        self._state.setText(self._rate_and_patience(training, newest))
        self._figures.setText(self._speed(training, state))

    def _rate_and_patience(self, training: Training, newest: EpochPoint | None) -> str:
        moment = training.curve.newest_batch or newest
        parts = []
        if moment:
            parts.append(self.tr("learning rate {0}").format(rate(moment.learning_rate)))
        if newest and newest.patience_left is not None:
            parts.append(self.tr("patience left: %n epoch(s)", "", newest.patience_left))
        return "  ·  ".join(parts)

    def _speed(self, training: Training, state: JobState) -> str:
        curve = training.curve
        endings = {
            JobState.PAUSING: self.tr("pausing…"),
            JobState.STOPPING: self.tr("stopping…"),
            JobState.FINISHING: self.tr("saving the best…"),
        }
        if state in endings:
            return endings[state]
        newest = curve.newest_batch or (curve.epochs[-1] if curve.epochs else None)
        parts = []
        if newest:
            parts.append(self.tr("{0} images/s").format(decimal(newest.images_per_second, 0)))
        if (seconds := training.seconds_left()) is not None:
            parts.append(time_left(seconds))
        return "  ·  ".join(parts)
