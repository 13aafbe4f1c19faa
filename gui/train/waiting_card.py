"""The card of a training that was interrupted: what it is, how far it came, and "Go on"."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.look.numbers import moment, percent
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.runs.run_words import how_far
from gui.train.runs.runs_shelf import Deleted, RunsShelf
from gui.widgets.buttons import allow, button
from gui.widgets.card import PageCard, column, row
from gui.widgets.icon_label import IconLabel
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.runs.unfinished import UnfinishedRun


class WaitingCard(PageCard):
    """Offers to resume the newest unfinished run; the others are in the table.

    A run that was deleted here is brought back here, too: the table may be out of sight.
    """

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
        self._title = text("", "name", wrap=True)
        self._words = text("", "muted", wrap=True)
        self.go_on = button(self.tr("Resume"), self._resume, kind="primary", icon_name="play")
        self._delete = button(self.tr("Delete"), self._delete_run)
        words = column(spacing=4)
        words.addWidget(self._title)
        words.addWidget(self._words)
        self._offer = QWidget()
        line = row(self._offer, spacing=16)
        line.addWidget(IconLabel("pause", "warning"))
        line.addLayout(words, 1)
        line.addWidget(self.go_on)
        line.addWidget(self._delete)
        self.body.addWidget(self._offer)
        self._deleted_here: Path | None = None
        self._sentence = text("", "muted", wrap=True)
        self._undo = button(self.tr("Undo"), shelf.undo, kind="link")
        self._deleted = QWidget()
        line = row(self._deleted, spacing=16)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._undo)
        self.body.addWidget(self._deleted)
        for signal in (
            shelf.deleted_changed,
            training.unfinished_changed,
            session.jobs.changed,
            session.project.images_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the newest run that waits, if nothing trains, and the one that was deleted."""
        run, deleted = self._run(), self._last_deleted()
        if deleted:
            self._sentence.setText(self.tr("“{0}” was deleted.").format(deleted.title))
        if run:
            self._show(run)
        held = self._delete.hasFocus() or self._undo.hasFocus()
        self.setVisible(bool(run or deleted))
        self._offer.setVisible(run is not None)
        self._deleted.setVisible(deleted is not None)
        if held:
            (self._undo if deleted else self.go_on).setFocus()

    def _show(self, run: UnfinishedRun) -> None:
        self._title.setText(self.tr("{0}: interrupted").format(self._shelf.title(run)))
        parts = [how_far(run)]
        if run.written:
            parts.append(self.tr("saved {0}").format(moment(run.written.isoformat())))
        if run.best:
            best = self.tr("best so far: {0} of the validation images right")
            parts.append(best.format(percent(run.best.validation_accuracy)))
        self._words.setText("  ·  ".join(parts))
        tip = self.tr("Resume where it was interrupted; nothing is trained twice.")
        allow(self.go_on, self._session.workflow.why_not_train(), tip)

    def _run(self) -> UnfinishedRun | None:
        if self._training.active or not self._training.unfinished:
            return None
        return self._training.unfinished[0]

    def _last_deleted(self) -> Deleted | None:
        """Return the run that "Undo" brings back, if it was deleted here."""
        last = self._shelf.deleted[-1] if self._shelf.deleted else None
        here = last is not None and last.folder == self._deleted_here
        return last if here and not self._training.active else None

    def _resume(self) -> None:
        if run := self._run():
            self._training.resume(run)

    def _delete_run(self) -> None:
        if run := self._run():
            self._deleted_here = run.folder
            self._shelf.delete(run.folder, self._shelf.title(run))
