"""The card that says what came out of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.shell.project_owner import ProjectOwner
from gui.shell.workflow import Workflow
from gui.train.verdict import mixed_up, verdict
from gui.widgets.buttons import button
from gui.widgets.card import Card, row
from gui.widgets.numbers import count, decimal, percent
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.training.runs import Run


class ResultCard(Card):
    """The accuracy, what it means, what is mixed up, and where to go next."""

    def __init__(
        self, project: ProjectOwner, workflow: Workflow, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._project = project
        self._accuracy = text("", "figure")
        self._verdict = text("", wrap=True)
        self._mixed_up = text("", "muted", wrap=True)
        self._speed = text("", "muted", wrap=True)
        self._test = button(self.tr("Look closer in Test"), lambda: workflow.go_to.emit("test"))
        self._export = button(self.tr("Export"), lambda: workflow.go_to.emit("export"))
        self.body.addWidget(text(self.tr("What came out"), "section"))
        for widget in (self._accuracy, self._verdict, self._mixed_up, self._speed):
            self.body.addWidget(widget)
        buttons = row()
        buttons.addWidget(self._test)
        buttons.addWidget(self._export)
        buttons.addStretch()
        self.body.addLayout(buttons)
        self.body.addStretch()
        project.run_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        run = self._project.run
        for widget in (self._accuracy, self._mixed_up, self._speed, self._test, self._export):
            widget.setVisible(run is not None)
        if run is None:
            self._verdict.setText(
                self.tr("After training, this says how far the answers can be trusted.")
            )
            return
        scores = run.result.held_out
        self._accuracy.setText(percent(scores.accuracy))
        self._verdict.setText(verdict(scores))
        self._mixed_up.setText(self._mixed_up_sentence(run))
        self._speed.setText(self._speed_sentence(run))

    def _mixed_up_sentence(self, run: Run) -> str:
        pairs = mixed_up(run.result.held_out)
        if not pairs:
            return self.tr("Nothing was mixed up.")
        named = ", ".join(f"{true} → {answer} ({count(times)})" for true, answer, times in pairs)
        return self.tr("Most mixed up: {0}. More images of these would help most.").format(named)

    def _speed_sentence(self, run: Run) -> str:
        speed = run.result.images_per_second
        notes = " ".join(run.result.notes)
        if not speed:
            return self.tr("The images' features were kept from before. {0}").format(notes).strip()
        return (
            self.tr("Images were read and computed at {0} a second. {1}")
            .format(decimal(speed, 0), notes)
            .strip()
        )
