"""The two cards at the top of Test: the accuracy, and the weakest class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.look.appearance import scaled
from gui.look.numbers import count, percent, span
from gui.look.term_tips import meaning, meanings
from gui.widgets.card import PageCard, row
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.evaluation.metrics import Scores
    from core.runs.runs import RunResult


class FigureCard(PageCard):
    """A heading, a big figure, and a remark beside or below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._heading = text("", "muted", wrap=True)
        self._figure = text("", "figure")
        self._remark = text("", "muted", wrap=True)
        self._remark.setMinimumWidth(scaled(100))
        self.body.setSpacing(0)
        line = row(spacing=12)
        line.addWidget(self._figure)
        line.addWidget(self._remark, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self._heading)
        self.body.addLayout(line)
        self.body.addStretch()

    def explain(self, heading: str, remark: str) -> None:
        """Say what the terms in the heading and in the remark mean."""
        self._heading.setToolTip(heading)
        self._remark.setToolTip(remark)

    def say(self, heading: str, figure: str, remark: str) -> None:
        """Show other texts."""
        self._heading.setText(heading)
        self._figure.setText(figure)
        self._remark.setText(remark)


class AccuracyCard(FigureCard):
    """The accuracy with its interval and the trivial baseline."""

    def show_result(self, result: RunResult) -> None:
        """Show the result of a run."""
        scores = result.held_out
        heading = (
            self.tr("Test accuracy (images never used in training)")
            if result.test
            else self.tr("Validation accuracy (images not trained on)")
        )
        low, high = span(scores.interval)
        remark = self.tr("95 % confidence: {0} to {1}").format(low, high)
        trivial = self.tr("Baseline (always “{0}”): {1}")
        remark += "\n" + trivial.format(result.most_frequent, percent(scores.baseline))
        self.say(heading, percent(scores.accuracy), remark)
        terms = self.tr("Accuracy interval"), self.tr("Baseline")
        self.explain(meaning(self.tr("Accuracy")), meanings(*terms))


class WeakestCard(FigureCard):
    """The class that is found least."""

    def show_scores(self, scores: Scores) -> None:
        """Show the class with the lowest recall."""
        known = {
            name: each
            for name, each in scores.per_class.items()
            if each.recall is not None and each.images
        }
        heading = self.tr("Weakest class")
        if not known:
            self.say(heading, "–", "")
            return
        name = min(known, key=lambda each: known[each].recall or 0.0)
        found = round((known[name].recall or 0.0) * known[name].images)
        remark = self.tr("finds {0} of {1}").format(count(found), count(known[name].images))
        self.explain("", meaning(self.tr("Recall")))
        self.say(heading, name, remark)
