"""The card that says what is happening while a training runs, and what came out of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.runs.narration import Trend, narrate
from gui.look.numbers import count, decimal, percent
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.curves.curves_panel import CurvesPanel
from gui.train.narrative import Narrative
from gui.train.runs.run_words import how_far
from gui.train.runs.runs_shelf import RUNNING, RunsShelf
from gui.train.runs.verdict import mixed_up, verdict
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.runs.runs import Run
    from core.runs.unfinished import UnfinishedRun


class StatusCard(QWidget):
    """Words about the running training, or the accuracy of the selected run and what it means."""

    def __init__(
        self,
        session: Session,
        training: Training,
        shelf: RunsShelf,
        curves: CurvesPanel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._training = training
        self._shelf = shelf
        self._curves = curves
        self._trivial = ""
        self._narrative = Narrative(self)
        self._run = text("", "name", wrap=True)
        self._figure = text("", "figure")
        self._lines = [text("", role, wrap=True) for role in ("plain", "plain", "muted", "muted")]
        self._test = button(
            self.tr("Show details in Test"), lambda: session.workflow.go_to.emit("test")
        )
        self._export = button(self.tr("Export"), lambda: session.workflow.go_to.emit("export"))
        layout = column(self, spacing=8)
        buttons = row()
        buttons.addWidget(self._test)
        buttons.addWidget(self._export)
        buttons.addStretch()
        spoken, *details = self._lines
        for widget in (self._run, self._figure, spoken):
            layout.addWidget(widget)
        layout.addLayout(buttons)  # in sight, however long the details are
        for widget in details:
            layout.addWidget(widget)
        layout.addStretch()
        curves.shown_changed.connect(self._refresh)
        session.project.images_changed.connect(self._count_images)
        session.project.run_changed.connect(self._refresh)
        session.jobs.changed.connect(self._refresh)
        self._count_images()

    def _count_images(self) -> None:
        self._trivial = self._narrative.trivial(self._session.project.images)
        self._refresh()

    def _refresh(self) -> None:
        chosen = self._shelf.chosen
        runs = self._training.active and (RUNNING in chosen or not chosen)
        waiting = [run for run in self._training.unfinished if (run.folder,) == chosen]
        run = None if runs or waiting else self._session.project.run
        for widget in (self._figure, self._test, self._export):
            widget.setVisible(run is not None)
        self._run.setVisible(run is not None and len(chosen) > 1)
        if runs:
            self._say(self._of_training())
        elif waiting:
            self._say(self._of_waiting(waiting[0]))
        elif run:
            self._run.setText(self._shelf.title(run))
            self._figure.setText(percent(run.result.held_out.accuracy))
            self._say(self._of_run(run))
        else:
            self._say([self.tr("After training, this shows how far the answers can be trusted.")])

    def _say(self, sentences: list[str]) -> None:
        filled = [*sentences, "", "", "", ""]
        for label, sentence in zip(self._lines, filled, strict=False):
            label.setText(sentence)
            label.setVisible(bool(sentence))

    def _of_training(self) -> list[str]:
        logs = " ".join(self._session.jobs.status.logs[-2:])
        if self._training.in_one_go:
            return [self._narrative.quick(self._training.curve.strengths), self._trivial, logs]
        said = narrate(self._training.curve.epochs)
        found = " ".join(part for part in (self._narrative.mixed_up(said), self._trivial) if part)
        return [self._narrative.headline(said), self._narrative.outlook(said), found, logs]

    def _of_waiting(self, run: UnfinishedRun) -> list[str]:
        """Say how far a run came that can be resumed."""
        curve = self._curves.shown_curve()
        said = narrate(curve.epochs if curve else [])
        state = self.tr("Interrupted: {0}.").format(how_far(run))
        if said.trend is Trend.WAITING:
            return [state]
        return [state, self._narrative.right(said), self._narrative.mixed_up(said), self._trivial]

    def _of_run(self, run: Run) -> list[str]:
        notes = self._shelf.notes.get(run.folder)
        note = self.tr("Note: {0}").format(notes.note) if notes and notes.note else ""
        curve = self._curves.shown_curve()
        strengths = curve.strengths if curve else []
        learnt = self._narrative.quick(strengths) if strengths else ""
        about = " ".join(part for part in (self._mixed_up(run), learnt, self._speed(run)) if part)
        return [verdict(run.result), " ".join(run.result.notes), note, about]

    def _mixed_up(self, run: Run) -> str:
        pairs = mixed_up(run.result.held_out)
        if not pairs:
            return self.tr("No classes were confused.")
        named = ", ".join(f"{true} → {answer} ({count(times)})" for true, answer, times in pairs)
        return self.tr("Most often confused: {0}. More images of these would help most.").format(
            named
        )

    def _speed(self, run: Run) -> str:
        if speed := run.result.images_per_second:
            words = self.tr("Images were read and computed at {0} per second.")
            return words.format(decimal(speed, 0))
        kept = self.tr("The images' features were reused from an earlier training.")
        return kept if run.settings.recipe == "quick" else ""
