"""The Train page: recipes, progress, curves, runs and what is happening."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.recipes.choices import keep_choices
from gui.look.numbers import duration
from gui.owners.actions import ActionSpec
from gui.owners.session import Session
from gui.train.choosing.recipe_row import RecipeRow
from gui.train.current_training import Training
from gui.train.curves.curves_panel import CurvesPanel
from gui.train.layers_view import LayersView
from gui.train.progress_card import ProgressCard
from gui.train.runs.runs_shelf import RunsShelf
from gui.train.runs.runs_view import RunsView
from gui.train.status_card import StatusCard
from gui.train.try_view import TryView
from gui.train.waiting_card import WaitingCard
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.arrangement.tab_order import in_layout_order
from gui.widgets.arrangement.turns import in_turns
from gui.widgets.buttons import button
from gui.widgets.card import column
from gui.widgets.dialogs.file_questions import open_folder
from gui.widgets.empty_state import EmptyState
from gui.widgets.page import Page
from gui.widgets.tabs import TabCard


class TrainPage(Page):
    """Trains the open project."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._training = Training(session, self)
        self._shelf = RunsShelf(session, self._training, self)
        self._progress = ProgressCard(session, self._training)
        self._waiting = WaitingCard(session, self._training, self._shelf)
        self._curves = CurvesPanel(session, self._training, self._shelf)
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            "train",
            self.tr("There are no images to train on yet"),
            self.tr("Open a folder of images first: one sub-folder for each class."),
            button(
                self.tr("Choose a folder…"), partial(open_folder, self, session), kind="primary"
            ),
        )
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page_area(self._content()))
        column(self).addWidget(self._stack)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.status_changed)
        session.project.project_changed.connect(self._refresh)
        session.jobs.changed.connect(self._follow)
        session.project.run_changed.connect(self.status_changed)
        self._shelf.changed.connect(self.status_changed)
        session.workflow.choices_changed.connect(self._keep)
        self._training.checkpoint_changed.connect(self.status_changed)
        self._training.unfinished_changed.connect(self._lead_on)
        self._curves.plots_made.connect(lambda: in_layout_order(self._whole))
        self._refresh()

    def status(self) -> tuple[str, str]:
        """Say what a crash would cost, and how old the newest checkpoint is."""
        left = self.tr("Training runs in its own process: this window stays usable")
        if (age := self._training.seconds_since_saved) is not None:
            left = self.tr(
                "Training runs in its own process: this window stays usable, and a crash loses "
                "nothing"
            )
            return left, self._age(age)
        if run := self._session.project.run:
            return left, self.tr("For Test and Export: {0}").format(self._shelf.title(run))
        return left, ""

    def _age(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("checkpoint saved {0} s ago").format(int(seconds))
        return self.tr("checkpoint saved {0} ago").format(duration(seconds))

    def first_control(self) -> QWidget | None:
        """Return the button that resumes a training, or the one that starts one."""
        if not self._waiting.isHidden():
            return self._waiting.go_on
        return self._progress.start_button

    def keys(self) -> Sequence[ActionSpec]:
        """Return what the keyboard does in the table of runs and on the curves."""

        def said(name: str, words: str, *keys: str) -> ActionSpec:
            return ActionSpec(name, words, keys, lambda: None)

        return (
            said("name-run", self.tr("Name the run or edit its note"), "F2"),
            said("delete-run", self.tr("Delete the run"), "Del"),
            said("read-curve", self.tr("Read the curves epoch by epoch"), "Left", "Right"),
            said("zoom-curve", self.tr("Zoom the curves (Ctrl + mouse wheel)"), "+", "-"),
            said("move-curve", self.tr("Move along the curves"), "Shift+Left", "Shift+Right"),
            said("whole-curve", self.tr("Show the whole curves (mouse: double click)"), "0"),
        )

    def shows_job(self) -> bool:
        """Return whether a training runs: its progress is on the page."""
        return self._session.workflow.trains

    def _content(self) -> QWidget:
        self._whole = content = QWidget()
        layout = column(content, margins=18, spacing=14)
        layout.addWidget(RecipeRow(self._session, self._training))
        layout.addWidget(self._waiting)
        layout.addWidget(self._progress)
        layout.addWidget(self._curves, 1)
        self._lower = column()
        layout.addLayout(self._lower, 1)
        # The upper part is in sight before.
        in_turns(self, (self._progress.make_choices, self._make_runs, self._make_tabs, self._add))
        return content

    def _make_runs(self) -> None:
        self._runs = RunsView(self._session, self._training, self._shelf)

    def _make_tabs(self) -> None:
        self._tabs = self._made_tabs()

    def _add(self) -> None:
        self._lower.addWidget(AdaptiveRow((self._runs, self._tabs), (14, 5), needs=(930, 340)))
        in_layout_order(self._whole)

    def _made_tabs(self) -> QWidget:
        status = StatusCard(self._session, self._training, self._shelf, self._curves)
        return TabCard(
            (
                (self.tr("Status"), status),
                (self.tr("Layers"), LayersView(self._curves)),
                (self.tr("Try an image"), TryView(self._session, self._training, self._shelf)),
            )
        )

    def _follow(self) -> None:
        """Let the checkpoint's age grow while a training runs."""
        if self._training.active == self._clock.isActive():
            return
        if self._training.active:
            self._clock.start()
        else:
            self._clock.stop()
        self.status_changed.emit()

    def _keep(self, by_user: bool) -> None:
        """Remember what was chosen, with the project."""
        self.status_changed.emit()
        project, choices = self._session.project.project, self._session.workflow.choices
        if by_user and project and choices:
            self._session.background.run(
                lambda: keep_choices(project.folder, choices),
                lambda _: None,
                self._session.notices.tell_error,
            )

    def _lead_on(self) -> None:
        """After a pause, have the keyboard at the button that resumes, not at a new training's."""
        if self._progress.start_button.hasFocus() and not self._waiting.isHidden():
            self._waiting.go_on.setFocus()

    def _refresh(self) -> None:
        self._stack.setCurrentIndex(int(self._session.project.project is not None))
