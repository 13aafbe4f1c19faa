"""The Train page: recipes, progress, runs and what came out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from gui.shell.page import Page
from gui.shell.session import Session
from gui.train.progress_card import ProgressCard
from gui.train.recipe_card import RecipeCard
from gui.train.result_card import ResultCard
from gui.train.runs_view import RunsView
from gui.widgets.adaptive_row import AdaptiveRow
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_area import page_area


class TrainPage(Page):
    """Trains the open project."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._progress = ProgressCard(session)
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            "train",
            self.tr("There is nothing to learn from yet"),
            self.tr("Open a folder of images first: one sub-folder for each class."),
            button(
                self.tr("Choose a folder…"), session.workflow.ask_for_folder.emit, kind="primary"
            ),
        )
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page_area(self._content()))
        column(self).addWidget(self._stack)
        session.project.project_changed.connect(self._refresh)
        session.jobs.changed.connect(self.status_changed)
        session.project.run_changed.connect(self.status_changed)
        self._refresh()

    def status(self) -> tuple[str, str]:
        """Say what a crash would cost."""
        left = self.tr("Training runs in its own process: this window stays free")
        run = self._session.project.run
        return left, self.tr("Selected run: {0}").format(run.title) if run else ""

    def first_control(self) -> QWidget | None:
        """Return the button that starts a training."""
        return self._progress.start_button

    def shows_job(self) -> bool:
        """Return whether a training runs: its progress is on the page."""
        return self._session.jobs.runs("TrainJob")

    def _content(self) -> QWidget:
        content = QWidget()
        layout = column(content, margins=18, spacing=14)
        layout.addLayout(self._recipes())
        layout.addWidget(self._progress)
        runs = RunsView(self._session.project)
        result = ResultCard(self._session.project, self._session.workflow)
        layout.addWidget(AdaptiveRow((runs, result), (6, 5)), 1)
        return content

    def _recipes(self) -> QHBoxLayout:
        from core.training.recipes import RECIPES

        holder = row(spacing=14)
        for name, recipe in RECIPES.items():
            card = RecipeCard(recipe)
            card.setChecked(name == self._session.workflow.recipe)
            card.clicked.connect(
                lambda _checked=False, chosen=name: self._session.workflow.choose_recipe(chosen)
            )
            holder.addWidget(card, 1)
        for _ in range(3 - len(RECIPES)):
            holder.addStretch(1)
        return holder

    def _refresh(self) -> None:
        self._stack.setCurrentIndex(int(self._session.project.project is not None))
        self.status_changed.emit()
