"""A run's result in sentences that neither flatter nor hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.look.numbers import count, percent, span

if TYPE_CHECKING:
    from core.evaluation.metrics import Scores
    from core.runs.runs import RunResult

SHOWN = 3
"""How many mixed-up pairs are named."""


def right_answers(scores: Scores) -> int:
    """Return how many images were answered rightly."""
    return sum(row[i] for i, row in enumerate(scores.confusion.matrix))


def verdict(result: RunResult) -> str:
    """Say how good the answers are, how sure that is, and what the trivial answer would get."""
    translate, scores = QCoreApplication.translate, result.held_out
    low, high = span(scores.interval)
    sentences = [
        translate(
            "Verdict", "Of {1} images that it was not trained on, it classifies {0} correctly: {2}."
        ).format(count(right_answers(scores)), count(scores.images), percent(scores.accuracy)),
        translate(
            "Verdict", "With 95 % confidence the true accuracy lies between {0} and {1}\u202f%."
        ).format(low, high),
        translate("Verdict", "Always answering “{0}” would get {1}.").format(
            result.most_frequent, percent(scores.baseline)
        ),
    ]
    return " ".join(sentences)


def mixed_up(scores: Scores) -> list[tuple[str, str, int]]:
    """Return the pairs most often mixed up: true class, answer, how often."""
    labels = scores.confusion.labels
    pairs = [
        (labels[i], labels[j], number)
        for i, row in enumerate(scores.confusion.matrix)
        for j, number in enumerate(row)
        if i != j and number
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:SHOWN]
