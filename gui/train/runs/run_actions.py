"""What can be done with the selected run."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from core.runs.run_notes import RunNotes
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.runs.run_dialog import RunDialog
from gui.train.runs.run_words import usual_title
from gui.train.runs.runs_shelf import RunsShelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.runs.runs import Run
    from core.runs.unfinished import UnfinishedRun

MORE_EPOCHS = (5, 10, 20, 50)


class RunActions(QObject):
    """Does things with runs: again, further, save, name, delete.

    Args:
        session: The window's state.
        training: Goes on with runs.
        shelf: Keeps them.
        window: Parent of dialogs.
    """

    def __init__(
        self, session: Session, training: Training, shelf: RunsShelf, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._training = training
        self._shelf = shelf
        self._window = window

    def again(self, run: Run) -> None:
        """Train once more with the same settings."""
        self._start(run, run.settings.network, {})

    def more(self, run: Run, epochs: int) -> None:
        """Go on from what a run has learnt, for some epochs."""
        self._start(run, str(run.folder), {"epochs": epochs})

    def why_not_more(self, run: Run) -> str:
        """Return why a run cannot be trained further, or ""."""
        from core.recipes.recipes import RECIPES

        recipe = RECIPES.get(run.settings.recipe)
        if recipe is None or not any(option.name == "epochs" for option in recipe.options):
            return self.tr("The quick recipe has no epochs: its last layer is already the best.")
        return self._session.workflow.why_not_train()

    def save(self, run: Run, kind: str) -> None:
        """Ask for a file, and write the run into it as "json" or "csv"."""
        from core.runs.run_export import export_csv, export_json

        name = f"{self._shelf.title(run).replace('/', '-')}.{kind}"
        kinds = self.tr("JSON (*.json)") if kind == "json" else self.tr("Table (*.csv)")
        path, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the run"), name, kinds)
        if not path:
            return
        write = export_json if kind == "json" else export_csv
        told = self.tr("The run was saved as {0}.").format(path)
        self._session.background.run(
            partial(write, run, Path(path)),
            lambda _: self._session.notices.tell(told),
            self._session.notices.tell_error,
        )

    def name(self, run: Run) -> None:
        """Ask for a name and a note."""
        notes = self._shelf.notes.get(run.folder, RunNotes())
        dialog = RunDialog(usual_title(run.settings), notes, self._window)
        dialog.accepted.connect(lambda: self._shelf.note(run, dialog.notes()))
        dialog.open()

    def delete(self, run: Run | UnfinishedRun) -> None:
        """Put a run into the trash."""
        self._shelf.delete(run.folder, self._shelf.title(run))

    def menu(self, run: Run) -> QMenu:
        """Return the menu of a finished run."""
        menu = QMenu(self._window)
        busy = self._session.workflow.why_not_train()
        add = partial(_add, menu)
        add(self.tr("Train again with these settings"), lambda: self.again(run), busy)
        further = menu.addMenu(self.tr("Continue with more epochs"))
        blocked = self.why_not_more(run)
        further.setEnabled(not blocked)
        further.menuAction().setToolTip(blocked)
        for epochs in MORE_EPOCHS:
            entry = self.tr("%n more epoch(s)", "", epochs)
            _add(further, entry, partial(self.more, run, epochs), "")
        menu.addSeparator()
        add(self.tr("Name and note…"), lambda: self.name(run), "", "F2")
        add(self.tr("Save as JSON…"), lambda: self.save(run, "json"), "")
        add(self.tr("Save as tables (CSV)…"), lambda: self.save(run, "csv"), "")
        menu.addSeparator()
        add(self.tr("Delete"), lambda: self.delete(run), "", "Del")
        menu.setToolTipsVisible(True)
        return menu

    def unfinished_menu(self, run: UnfinishedRun) -> QMenu:
        """Return the menu of a run that has not come to its end."""
        menu = QMenu(self._window)
        blocked = self._session.workflow.why_not_train()
        _add(menu, self.tr("Resume"), lambda: self._training.resume(run), blocked)
        _add(menu, self.tr("Delete"), lambda: self.delete(run), "", "Del")
        menu.setToolTipsVisible(True)
        return menu

    def _start(self, run: Run, network: str, changed: dict[str, int]) -> None:
        from core.recipes.recipes import RECIPES
        from core.training.train_job import TrainJob

        project = self._session.project.project
        recipe = RECIPES.get(run.settings.recipe)
        if project is None or recipe is None:
            return
        known = {option.name for option in recipe.options}
        given = {name: value for name, value in run.settings.options.items() if name in known}
        self._session.workflow.start_training(
            TrainJob(
                project.folder, recipe.name, network, run.settings.seed, options=given | changed
            )
        )


def _add(menu: QMenu, entry: str, do: Callable[[], object], blocked: str, keys: str = "") -> None:
    action = menu.addAction(f"{entry}\t{keys}" if keys else entry)
    action.setEnabled(not blocked)
    action.setToolTip(blocked)
    action.triggered.connect(lambda _checked=False: do())
