"""The card that says what is happening while a training runs, and what came out of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.training.narration import narrate
from gui.shell.session import Session
from gui.train.narrative import Narrative
from gui.train.runs_shelf import RunsShelf
from gui.train.training import Training
from gui.train.verdict import mixed_up, verdict
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.numbers import count, decimal, percent
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.training.runs import Run


class HappeningCard(QWidget):
    """Words about the running training, or the accuracy of the selected run and what it means."""

    def __init__(
        self,
        session: Session,
        training: Training,
        shelf: RunsShelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._training = training
        self._shelf = shelf
        self._narrative = Narrative(self)
        self._figure = text("", "figure")
        self._lines = [text("", role, wrap=True) for role in ("plain", "plain", "muted", "muted")]
        self._test = button(
            self.tr("Look closer in Test"), lambda: session.workflow.go_to.emit("test")
        )
        self._export = button(self.tr("Export"), lambda: session.workflow.go_to.emit("export"))
        layout = column(self, spacing=8)
        for widget in (self._figure, *self._lines):
            layout.addWidget(widget)
        buttons = row()
        buttons.addWidget(self._test)
        buttons.addWidget(self._export)
        buttons.addStretch()
        layout.addLayout(buttons)
        layout.addStretch()
        training.curve_changed.connect(self._refresh)
        shelf.changed.connect(self._refresh)
        session.project.run_changed.connect(self._refresh)
        session.jobs.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        run = None if self._training.active else self._session.project.run
        for widget in (self._figure, self._test, self._export):
            widget.setVisible(run is not None)
        if run:
            self._figure.setText(percent(run.result.held_out.accuracy))
            self._say(self._of_run(run))
        elif self._training.active:
            self._say(self._of_training())
        else:
            self._say([self.tr("After training, this says how far the answers can be trusted.")])

    def _say(self, sentences: list[str]) -> None:
        filled = [*sentences, "", "", "", ""]
        for label, sentence in zip(self._lines, filled, strict=False):
            label.setText(sentence)
            label.setVisible(bool(sentence))

    def _of_training(self) -> list[str]:
        said = narrate(self._training.curve.epochs)
        logs = " ".join(self._session.jobs.status.logs[-2:])
        found = " ".join(
            part
            for part in (
                self._narrative.mixed_up(said),
                self._narrative.trivial(self._session.project.images),
            )
            if part
        )
        return [self._narrative.headline(said), self._narrative.outlook(said), found, logs]

    def _of_run(self, run: Run) -> list[str]:
        notes = self._shelf.notes.get(run.folder)
        note = self.tr("Note: {0}").format(notes.note) if notes and notes.note else ""
        return [verdict(run.result.held_out), note, self._mixed_up(run), self._speed(run)]

    def _mixed_up(self, run: Run) -> str:
        pairs = mixed_up(run.result.held_out)
        if not pairs:
            return self.tr("Nothing was mixed up.")
        named = ", ".join(f"{true} → {answer} ({count(times)})" for true, answer, times in pairs)
        return self.tr("Most mixed up: {0}. More images of these would help most.").format(named)

    def _speed(self, run: Run) -> str:
        speed = run.result.images_per_second
        notes = " ".join(run.result.notes)
        if not speed:
            kept = self.tr("The images' features were kept from before. {0}")
            return (kept if run.settings.recipe == "quick" else "{0}").format(notes).strip()
        return (
            self.tr("Images were read and computed at {0} a second. {1}")
            .format(decimal(speed, 0), notes)
            .strip()
        )
