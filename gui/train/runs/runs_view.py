"""The table of runs; the selected one is tested and exported, several are compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QWidget

from core.runs.narration import best_epoch
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.inside.inside_dialog import InsideDialog
from gui.train.runs.run_actions import RunActions
from gui.train.runs.run_words import RunRow, finished_row, how_far, recipe_title, unfinished_row
from gui.train.runs.runs_shelf import RUNNING, RunsShelf
from gui.train.runs.runs_table import RunsTable
from gui.widgets.buttons import allow, button
from gui.widgets.card import PageCard, row
from gui.widgets.table import TableColumn, TableView
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.runs.runs import Run
    from core.runs.unfinished import UnfinishedRun


class RunsView(PageCard):
    """Lists the runs, newest first, the unfinished ones above, with what can be done with them."""

    def __init__(
        self,
        session: Session,
        training: Training,
        shelf: RunsShelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._session = session
        self._training = training
        self._shelf = shelf
        self._actions = RunActions(session, training, shelf, self)
        self._model = RunsTable(
            [
                TableColumn(self.tr("Run")),
                TableColumn(self.tr("Accuracy (95 %)"), figures=True),
                TableColumn(self.tr("Loss"), figures=True),
                TableColumn(self.tr("Parameters"), figures=True),
                TableColumn(self.tr("MACs"), figures=True),
                TableColumn(self.tr("Per image"), figures=True),
                TableColumn(self.tr("Time")),
                TableColumn(self.tr("Started")),
            ],
            self,
        )
        self.table = TableView(
            self._model, self.tr("Runs"), selectable=True, first=190, narrowest=300
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._model.sort_by)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._none = text(self.tr("No run yet. The first one takes a few seconds."), "muted")
        self._deleted = text("", "muted")
        self._undo = button(self.tr("Undo"), shelf.undo, kind="link", tip=self.tr("Undo (Ctrl+Z)"))
        self._again = button(self.tr("Train again"), self._train_again)
        self._inside = button(self.tr("Look inside…"), self._look_inside)
        self._more = button(self.tr("More"), self._open_menu)
        self._hint = text(self.tr("Select several to compare their curves."), "muted", wrap=True)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        head = row(spacing=12)
        head.addWidget(text(self.tr("Runs"), "section"))
        head.addStretch()
        head.addWidget(self._deleted)
        head.addWidget(self._undo)
        self.body.addLayout(head)
        self.body.addWidget(self._none)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(self._buttons())
        self.body.addStretch()

    def _buttons(self) -> QHBoxLayout:
        line = row(spacing=8)
        for widget in (self._inside, self._again, self._more):
            line.addWidget(widget)
        line.addWidget(self._hint, 1)
        line.addStretch()
        return line

    def _connect(self) -> None:
        session = self._session
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.customContextMenuRequested.connect(self._open_menu_at)
        for signal in (
            session.project.runs_changed,
            session.jobs.changed,
            self._shelf.changed,
            self._training.unfinished_changed,
            self._training.checkpoint_changed,
        ):
            signal.connect(self._refresh)
        session.project.run_changed.connect(self._mark)
        self._model.sorted.connect(self._refresh)
        self._shelf.chosen_changed.connect(self._show_chosen)
        self._shelf.deleted_changed.connect(self._show_deleted)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (("F2", self._name), ("Del", self._delete), ("Ctrl+Z", self._shelf.undo)):
            QShortcut(QKeySequence(keys), self, do, context=within)
        self._show_deleted()

    def _refresh(self) -> None:
        """Show the runs as they are, and keep what is selected."""
        running = self._running_row()
        unfinished = self._training.unfinished
        runs = self._session.project.runs
        rows = [*running, *map(self._unfinished_row, unfinished), *map(self._finished_row, runs)]
        if self._model.show_runs(rows):
            self._select(self._shelf.chosen)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if not self._shelf.chosen:
            self._mark()
        self._allow()

    def _running_row(self) -> list[RunRow]:
        if not self._training.active:
            return []
        run, best = self._training.running, best_epoch(self._training.curve.epochs)
        started = run.settings.started if run else ""
        title, state = self._running_title(), self.tr("running")
        return [unfinished_row(RUNNING, "play", title, state, started, best)]

    def _running_title(self) -> str:
        if self._training.running:
            return self._shelf.title(self._training.running)
        training = self._session.workflow.training
        recipe = training.recipe if training else ""
        return recipe_title(recipe) or self.tr("Resumed training")

    def _unfinished_row(self, run: UnfinishedRun) -> RunRow:
        title, started = self._shelf.title(run), run.settings.started
        return unfinished_row(run.folder, "pause", title, how_far(run), started, run.best)

    def _finished_row(self, run: Run) -> RunRow:
        return finished_row(run, self._shelf.title(run), self._shelf.measures.get(run.folder))

    def _mark(self) -> None:
        """Select the run that is tested and exported, unless it is among the selected ones."""
        run = self._session.project.run
        if run and run.folder not in self._shelf.chosen:
            self._select((run.folder,))

    def _show_chosen(self) -> None:
        """Select what is looked at, where something else than the table decided it."""
        if {self._model.rows[at].folder for at in self._selected()} != set(self._shelf.chosen):
            self._refresh()  # it may not be listed yet
            self._select(self._shelf.chosen)

    def _selected(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})

    def _select(self, folders: Sequence[Path]) -> None:
        model = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        model.blockSignals(True)
        model.clearSelection()
        for place, run in enumerate(self._model.rows):
            if run.folder in folders:
                index = self._model.index(place, 0)
                model.select(index, flags.Select | flags.Rows)
                if run.folder == folders[0]:
                    model.setCurrentIndex(index, flags.NoUpdate)
        model.blockSignals(False)
        self.table.viewport().update()
        self._shelf.choose(tuple(folders))
        self._allow()

    def _choose(self) -> None:
        """Look at what the user selected; a single finished run is also tested and exported."""
        places = self._selected()
        self._shelf.choose(tuple(self._model.rows[place].folder for place in places))
        runs = self._shelf.chosen_runs()
        if runs and self._session.project.run not in runs:
            self._session.project.choose_run(runs[0])
        self._allow()

    def _allow(self) -> None:
        run = self._run()
        none = "" if run else self.tr("Select one finished run.")
        inside = "" if run or self._with_weights() else self._why_not_inside()
        allow(self._inside, inside, self.tr("Filters, feature maps and gradients of each layer"))
        busy = none or self._session.workflow.why_not_train()
        allow(self._again, busy, self.tr("Train once more with the same settings"))
        allow(self._more, "", self.tr("Name, save, continue or delete the run; sort the table"))
        for widget in (self._inside, self._again, self._more):
            widget.setVisible(bool(self._model.rows))
        self._hint.setVisible(len(self._model.rows) > 1)

    def _why_not_inside(self) -> str:
        if len(self._shelf.chosen) != 1:
            return self.tr("Select one run.")
        return self.tr("It has not saved any weights yet: wait for its first epoch.")

    def _with_weights(self) -> UnfinishedRun | None:
        """Return the one unfinished run that is selected, if it has kept weights."""
        running = self._training.running if self._shelf.chosen == (RUNNING,) else None
        run = running or self._unfinished()
        return run if run and run.written else None

    def _run(self) -> Run | None:
        """Return the one finished run that is selected, or None."""
        runs = self._shelf.chosen_runs()
        return runs[0] if len(runs) == 1 and len(self._shelf.chosen) == 1 else None

    def _unfinished(self) -> UnfinishedRun | None:
        chosen = self._shelf.chosen
        waiting = [run for run in self._training.unfinished if run.folder in chosen]
        return waiting[0] if len(waiting) == 1 and len(chosen) == 1 else None

    def _train_again(self) -> None:
        if run := self._run():
            self._actions.again(run)

    def _look_inside(self) -> None:
        if run := self._run() or self._with_weights():
            title = self._shelf.title(run)
            InsideDialog(self._session, self._training, run, title, self).open()

    def _name(self) -> None:
        if run := self._run():
            self._actions.name(run)

    def _delete(self) -> None:
        if run := self._run() or self._unfinished():
            self._actions.delete(run)

    def _open_menu(self) -> None:
        self._pop_up(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _open_menu_at(self, place: QPoint) -> None:
        self._pop_up(self.table.viewport().mapToGlobal(place))

    def _pop_up(self, place: QPoint) -> None:
        if run := self._run():
            menu = self._actions.menu(run)
        elif waiting := self._unfinished():
            menu = self._actions.unfinished_menu(waiting)
        else:
            menu = QMenu(self)
        self._add_sorting(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _add_sorting(self, menu: QMenu) -> None:
        """Offer to sort by each column, for those who have no mouse to click on its heading."""
        if menu.actions():
            menu.addSeparator()
        sorting = menu.addMenu(self.tr("Sort by"))
        for number, title in enumerate(self._model.titles):
            action = sorting.addAction(title)
            action.setCheckable(True)
            action.setChecked(number == self._model.order[0])
            action.triggered.connect(partial(self._sort_by, number))

    def _sort_by(self, column: int, _checked: bool = False) -> None:
        self._model.sort_by(column)

    def _show_deleted(self) -> None:
        deleted = self._shelf.deleted
        self._deleted.setVisible(bool(deleted))
        self._undo.setVisible(bool(deleted))
        if deleted:
            self._deleted.setText(self.tr("“{0}” was deleted.").format(deleted[-1].title))
