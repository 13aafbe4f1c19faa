"""The table of runs; the selected one is tested and exported, several are compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from core.training.narration import best_epoch
from gui.shell.session import Session
from gui.train.inside_dialog import InsideDialog
from gui.train.run_actions import RunActions
from gui.train.run_words import finished_row, how_far, recipe_title, unfinished_row
from gui.train.runs_shelf import RunsShelf
from gui.train.training import Training
from gui.widgets.buttons import allow, button
from gui.widgets.card import Card, row
from gui.widgets.icons import icon
from gui.widgets.image_model import Index
from gui.widgets.numbers import decimal, percent
from gui.widgets.table import Column, TableView, TextTable
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.training.runs import Run
    from core.training.unfinished import UnfinishedRun


class RunsView(Card):
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
        self._folders: list[Path] = []
        self._model = RunsTable(
            [
                Column(self.tr("Recipe and network")),
                Column(self.tr("Accuracy (95 %)"), figures=True),
                Column(self.tr("Loss"), figures=True),
                Column(self.tr("Parameters"), figures=True),
                Column(self.tr("MACs"), figures=True),
                Column(self.tr("Per image"), figures=True),
                Column(self.tr("Time")),
                Column(self.tr("Begun")),
            ],
            self,
        )
        self.table = TableView(self._model, self.tr("Runs"), selectable=True, first=180)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        ):
            signal.connect(self._refresh)
        session.project.run_changed.connect(self._mark)
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
        signs = ["play"] * len(running) + ["pause"] * len(unfinished) + ["ok"] * len(runs)
        self._folders = [
            *(Path() for _ in running),
            *(run.folder for run in unfinished),
            *(run.folder for run in runs),
        ]
        if self._model.differs(rows, signs):
            self._model.show_runs(rows, signs)
            self._select(self._shelf.chosen)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._mark()
        self._allow()

    def _running_row(self) -> list[tuple[str, ...]]:
        if not self._training.active:
            return []
        best = best_epoch(self._training.curve.epochs)
        accuracy = percent(best.validation_accuracy) if best else "–"
        loss = decimal(best.validation_loss, 3) if best else "–"
        return [(self._running_title(), accuracy, loss, "–", "–", "–", self.tr("running"), "")]

    def _running_title(self) -> str:
        if self._training.running:
            return self._shelf.title(self._training.running)
        job = self._session.jobs.status.job
        return recipe_title(getattr(job, "recipe", "")) or self.tr("Resumed training")

    def _unfinished_row(self, run: UnfinishedRun) -> tuple[str, ...]:
        return unfinished_row(run, self._shelf.title(run), how_far(run))

    def _finished_row(self, run: Run) -> tuple[str, ...]:
        return finished_row(run, self._shelf.title(run), self._shelf.measures.get(run.folder))

    def _mark(self) -> None:
        """Select the run that is looked at, unless it is among several selected ones."""
        run = self._session.project.run
        if run and run.folder not in self._shelf.chosen:
            self._select((run.folder,))

    def _select(self, folders: Sequence[Path]) -> None:
        model = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        model.blockSignals(True)
        model.clearSelection()
        for place, folder in enumerate(self._folders):
            if folder in folders:
                index = self._model.index(place, 0)
                model.select(index, flags.Select | flags.Rows)
                if folder == folders[0]:
                    model.setCurrentIndex(index, flags.NoUpdate)
        model.blockSignals(False)
        self.table.viewport().update()
        present = tuple(folder for folder in folders if folder in self._folders)
        self._shelf.choose(present)
        self._allow()

    def _choose(self) -> None:
        """Look at what the user selected; a single finished run is also tested and exported."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        folders = tuple(self._folders[place] for place in places if self._folders[place] != Path())
        self._shelf.choose(folders)
        runs = self._shelf.chosen_runs()
        if runs and self._session.project.run not in runs:
            self._session.project.choose_run(runs[0])
        self._allow()

    def _allow(self) -> None:
        run = self._run()
        none = "" if run else self.tr("Select one finished run.")
        allow(self._inside, none, self.tr("Filters, feature maps and gradients of each layer"))
        busy = none or self._session.workflow.why_not_train()
        allow(self._again, busy, self.tr("Train once more with the same settings"))
        some = "" if run or self._unfinished() else self.tr("Select a run.")
        allow(self._more, some, self.tr("Name, save, continue or delete the run"))
        for widget in (self._inside, self._again, self._more):
            widget.setVisible(bool(self._folders))
        self._hint.setVisible(len(self._folders) > 1)

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
        if run := self._run():
            InsideDialog(self._session, run, self._shelf.title(run), self).open()

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
            self._actions.menu(run).popup(place)
        elif waiting := self._unfinished():
            self._actions.unfinished_menu(waiting).popup(place)

    def _show_deleted(self) -> None:
        deleted = self._shelf.deleted
        self._deleted.setVisible(bool(deleted))
        self._undo.setVisible(bool(deleted))
        if deleted:
            self._deleted.setText(self.tr("“{0}” was deleted.").format(deleted[-1].title))


class RunsTable(TextTable):
    """Rows of texts with a sign before each."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(columns, parent)
        self._signs: list[str] = []
        self._shown: list[tuple[str, ...]] = []

    def differs(self, rows: list[tuple[str, ...]], signs: list[str]) -> bool:
        """Return whether these are other rows than those shown."""
        return rows != self._shown or signs != self._signs

    def show_runs(self, rows: list[tuple[str, ...]], signs: list[str]) -> None:
        """Show other rows, each with the icon of its state."""
        self._signs, self._shown = signs, rows
        self.show(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, or the sign of a row."""
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            sign = self._signs[index.row()]
            return icon(sign, {"ok": "ok", "play": "accent"}.get(sign, "warning"))
        return super().data(index, role)
