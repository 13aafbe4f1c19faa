"""Accuracy and loss beside each other: of the running training, or of the runs looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.shell.session import Session
from gui.train.curve_card import CurveCard, Shown
from gui.train.curve_data import CurveData, read_curve_data
from gui.train.run_words import told_apart
from gui.train.runs_shelf import RunsShelf
from gui.train.training import Training
from gui.widgets.adaptive_row import AdaptiveRow
from gui.widgets.card import column

if TYPE_CHECKING:
    from core.training.runs import Run, RunSettings
    from core.training.unfinished import UnfinishedRun
    from gui.train.curve_plot import CurvePlot

MOST_COMPARED = 8
"""Runs whose curves are drawn together: as many as there are colours."""


class CurvesPanel(QWidget):
    """Decides which curves are shown, and reads those of runs on a thread."""

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
        self._kept: dict[Path, CurveData] = {}
        self._asked = False
        self._cards = (
            CurveCard("accuracy", self.tr("Accuracy")),
            CurveCard("loss", self.tr("Loss")),
        )
        column(self).addWidget(AdaptiveRow(self._cards, (1, 1)))
        training.curve_changed.connect(self._refresh)
        training.unfinished_changed.connect(self._forget_unfinished)
        shelf.chosen_changed.connect(self._refresh)
        shelf.changed.connect(self._refresh)
        session.appearance.changed.connect(self._dress)
        self._refresh()

    def shown_curve(self) -> CurveData | None:
        """Return the one curve that is shown, or None."""
        if self._training.active:
            return self._training.curve
        chosen = self._shelf.chosen
        return self._kept.get(chosen[0]) if len(chosen) == 1 else None

    def shown_settings(self) -> RunSettings | None:
        """Return what the one training whose curve is shown was asked to do, if it is known."""
        if self._training.active:
            return self._training.running.settings if self._training.running else None
        folder = self._shelf.chosen[0] if len(self._shelf.chosen) == 1 else None
        runs: list[Run | UnfinishedRun] = [
            *self._session.project.runs,
            *self._training.unfinished,
        ]
        return next((run.settings for run in runs if run.folder == folder), None)

    def _refresh(self) -> None:
        if self._training.active:
            self._show_live()
            return
        chosen = self._shelf.chosen[:MOST_COMPARED]
        for folder in chosen:
            if folder not in self._kept:
                self._read(folder)
        drawn = [folder for folder in chosen if self._kept.get(folder)]
        names = told_apart([self._named(folder) for folder in drawn])
        shown = [Shown(name, self._kept[folder]) for name, folder in zip(names, drawn, strict=True)]
        if not shown:
            self._show_nothing(self._why_nothing(bool(chosen)))
            return
        planned = max((s.curve.epochs[-1].epochs if s.curve.epochs else 0) for s in shown)
        longest = max(round(s.curve.epoch) for s in shown)
        for card in self._cards:
            card.show_curves(shown, planned if len(shown) == 1 else longest)

    def _show_live(self) -> None:
        curve = self._training.curve
        if not curve:
            self._show_nothing(self.tr("The curve begins with the first epoch."))
            return
        planned = curve.epochs[-1].epochs if curve.epochs else 0
        for card in self._cards:
            card.show_curves([Shown(self.tr("This training"), curve)], planned, live=True)

    def _why_nothing(self, chosen: bool) -> str:
        if chosen:
            return self.tr(
                "This run has no curve: the quick recipe computes its last layer in one go."
            )
        return self.tr("The curves of a training appear here, epoch by epoch.")

    def _show_nothing(self, sentence: str) -> None:
        for card in self._cards:
            card.show_nothing(sentence)

    def _named(self, folder: Path) -> tuple[str, str]:
        """Return a run's title and when it began."""
        runs: list[Run | UnfinishedRun] = [
            *self._session.project.runs,
            *self._training.unfinished,
        ]
        run = next((run for run in runs if run.folder == folder), None)
        return (self._shelf.title(run), run.settings.started) if run else ("", "")

    def _read(self, folder: Path) -> None:
        self._kept[folder] = CurveData()

        def done(curve: CurveData) -> None:
            self._kept[folder] = curve
            self._refresh()

        self._session.background.run(
            partial(read_curve_data, folder), done, self._session.notices.tell_error
        )

    def _forget_unfinished(self) -> None:
        """Read the curves of runs that may have grown anew."""
        self._kept = {}
        self._refresh()

    def _dress(self) -> None:
        for card in self._cards:
            card.dress()

    def _import_plot(self) -> None:
        """Import the plot's library on a thread: it takes most of a second."""

        def task() -> type[CurvePlot]:
            from gui.train.curve_plot import CurvePlot

            return CurvePlot

        def done(plot_class: type[CurvePlot]) -> None:
            for card in self._cards:
                card.use_plot(plot_class)

        self._session.background.run(task, done, self._session.notices.tell_error)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the plot's library imported when the curves are first in sight."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._import_plot()
