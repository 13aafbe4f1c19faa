"""The table of runs; the selected one is the run that Test and Export are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QModelIndex
from PySide6.QtWidgets import QWidget

from gui.shell.project_owner import ProjectOwner
from gui.widgets.card import Card
from gui.widgets.numbers import duration, moment, percent, span
from gui.widgets.table import Column, TableView, TextTable
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.training.runs import Run


class RunsView(Card):
    """Lists the finished runs, newest first."""

    def __init__(self, project: ProjectOwner, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._project = project
        self._model = TextTable(
            [
                Column(self.tr("Recipe and network")),
                Column(self.tr("Accuracy (95 %)"), figures=True),
                Column(self.tr("Time")),
                Column(self.tr("Trained")),
            ],
            self,
        )
        self.table = TableView(self._model, self.tr("Runs"), selectable=True)
        self._none = text(self.tr("No run yet. The first one takes a few seconds."), "muted")
        self.body.addWidget(
            text(self.tr("Runs (the selected one is tested and exported)"), "section")
        )
        self.body.addWidget(self._none)
        self.body.addWidget(self.table, 1)
        self.body.addStretch()
        self.table.selectionModel().selectionChanged.connect(self._choose)
        project.runs_changed.connect(self._refresh)
        project.run_changed.connect(self._mark)
        self._refresh()
        self._mark()

    def _refresh(self) -> None:
        runs = self._project.runs
        self._model.show([_row(run) for run in runs])
        self._none.setVisible(not runs)
        self.table.setVisible(bool(runs))

    def _mark(self) -> None:
        """Select the run that is looked at."""
        runs = self._project.runs
        row = next((i for i, run in enumerate(runs) if run is self._project.run), -1)
        index = self._model.index(row, 0) if row >= 0 else QModelIndex()
        if self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(index)

    def _choose(self, selected: QItemSelection) -> None:
        if rows := selected.indexes():
            self._project.choose_run(self._project.runs[rows[0].row()])


def _row(run: Run) -> tuple[str, str, str, str]:
    scores = run.result.held_out
    low, high = span(scores.interval)
    return (
        run.title,
        f"{percent(scores.accuracy)}  ({low}–{high})",
        duration(run.result.seconds.total),
        moment(run.settings.started),
    )
