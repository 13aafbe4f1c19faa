"""Accuracy and loss beside each other: of the running training, or of the runs looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.curve_data import CurveData, read_curve_data
from gui.train.curves.curve_actions import CurveActions
from gui.train.curves.curve_card import CurveCard, Shown
from gui.train.curves.curve_window import CurveWindow
from gui.train.runs.run_words import told_apart
from gui.train.runs.runs_shelf import RUNNING, RunsShelf
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.arrangement.turns import in_turns
from gui.widgets.card import column

if TYPE_CHECKING:
    from core.runs.runs import Run, RunSettings
    from core.runs.unfinished import UnfinishedRun
    from gui.train.curves.curve_plot import CurvePlot

MOST_COMPARED = 8
"""Runs whose curves are drawn together: as many as there are colours."""

SHORTEST_AXIS = 10
"""Epochs that the axis of a running training shows at first; twice as many each time it is full."""


class CurvesPanel(QWidget):
    """Decides which curves are shown, and reads those of runs on a thread."""

    shown_changed = Signal()
    """Other curves are shown, or they have grown."""

    plots_made = Signal()
    """From now on there is something that the keyboard can go to."""

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
        self._kept: dict[Path, CurveData | None] = {}  # None: being read
        self._asked = False
        self._window = CurveWindow(self)
        self._cards = (
            CurveCard("accuracy", self.tr("Accuracy"), self._window),
            CurveCard("loss", self.tr("Loss"), self._window),
        )
        self._actions = CurveActions(session, self._window, self)
        for card in self._cards:
            card.menu_wanted.connect(partial(self._show_menu, card))
        column(self).addWidget(AdaptiveRow(self._cards, (1, 1)))
        training.curve_changed.connect(self._refresh_live)
        training.unfinished_changed.connect(self._forget_unfinished)
        shelf.chosen_changed.connect(self._refresh)
        shelf.changed.connect(self._refresh)
        session.appearance.changed.connect(self._dress)
        self._refresh()

    def shown_curve(self) -> CurveData | None:
        """Return the one curve that is shown, or None."""
        chosen = self._chosen()
        return self._curve(chosen[0]) if len(chosen) == 1 else None

    def shown_settings(self) -> RunSettings | None:
        """Return what the one training whose curve is shown was asked to do, if it is known."""
        chosen = self._chosen()
        run = self._run(chosen[0]) if len(chosen) == 1 else None
        return run.settings if run else None

    def _chosen(self) -> tuple[Path, ...]:
        """Return the folders of what is looked at; while nothing is, of what trains."""
        if not self._shelf.chosen and self._training.active:
            return (RUNNING,)
        return self._shelf.chosen[:MOST_COMPARED]

    def _curve(self, folder: Path) -> CurveData | None:
        return self._training.curve if folder == RUNNING else self._kept.get(folder)

    def _run(self, folder: Path) -> Run | UnfinishedRun | None:
        if folder == RUNNING:
            return self._training.running
        runs: list[Run | UnfinishedRun] = [
            *self._session.project.runs,
            *self._training.unfinished,
        ]
        return next((run for run in runs if run.folder == folder), None)

    def _refresh_live(self) -> None:
        if RUNNING in self._chosen():
            self._refresh()

    def _refresh(self) -> None:
        chosen = self._chosen()
        for folder in chosen:
            if folder != RUNNING and folder not in self._kept:
                self._read(folder)
        drawn = [(folder, curve) for folder in chosen if (curve := self._curve(folder))]
        if drawn:
            self._show(chosen, drawn)
        else:
            self._show_nothing(self._why_nothing(chosen))
        self.shown_changed.emit()

    def _show(self, chosen: tuple[Path, ...], drawn: list[tuple[Path, CurveData]]) -> None:
        names = told_apart([self._named(folder) for folder, _ in drawn])
        shown = [Shown(name, curve) for name, (_, curve) in zip(names, drawn, strict=True)]
        live = chosen == (RUNNING,)
        self._fit_window([curve for _, curve in drawn], live=live)
        for card in self._cards:
            card.show_curves(shown, live=live)

    def _fit_window(self, curves: list[CurveData], *, live: bool) -> None:
        """Have the axis go as far as the curves do, and a little further while one grows."""
        if all(curve.strengths for curve in curves):
            last = max(curve.last for curve in curves)
            self._window.fit(0.5, last + 0.5, last)
            return
        last = max(curve.last for curve in curves if not curve.strengths)
        end = max(curve.epoch for curve in curves)
        if live:
            end = _room_for(end, self._training.planned_epochs)
        self._window.fit(0.0, end, last)

    def _why_nothing(self, chosen: tuple[Path, ...]) -> str:
        if RUNNING in chosen and self._training.in_one_go:
            return self.tr(
                "All images pass through the frozen network once. Then this shows how good the "
                "last layer is for each strength of its penalty."
            )
        if RUNNING in chosen:
            return self.tr("The curve starts with the first epoch.")
        if any(self._kept.get(folder) is None for folder in chosen):
            return ""
        if chosen:
            return self.tr("This run has no saved curves: train again to see them.")
        return self.tr("The curves of a training appear here, epoch by epoch.")

    def _show_nothing(self, sentence: str) -> None:
        for card in self._cards:
            card.show_nothing(sentence)

    def _named(self, folder: Path) -> tuple[str, str]:
        """Return a run's title and when it began."""
        run = self._run(folder)
        if run is None:
            return (self.tr("This training"), "")
        return (self._shelf.title(run), run.settings.started)

    def _show_menu(self, card: CurveCard, place: QPoint) -> None:
        menu = self._actions.menu(card)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _read(self, folder: Path) -> None:
        self._kept[folder] = None

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
            from gui.train.curves.curve_plot import CurvePlot

            return CurvePlot

        self._session.background.run(task, self._use_plot, self._session.notices.tell_error)

    def _use_plot(self, plot_class: type[CurvePlot]) -> None:
        steps = [partial(card.use_plot, plot_class) for card in self._cards]
        in_turns(self, [*steps, self.plots_made.emit])

    def showEvent(self, event: QShowEvent) -> None:
        """Have the plot's library imported when the curves are first in sight."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._import_plot()


def _room_for(epochs: float, planned: int) -> float:
    """Return how far the axis goes: as far as planned, but not so far that nothing is seen."""
    end = float(SHORTEST_AXIS)
    while end < epochs:
        end *= 2
    return min(end, planned) if planned else end
