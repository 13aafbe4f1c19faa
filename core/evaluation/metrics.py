"""Accuracy with its interval, the trivial baseline, the confusion matrix, recall and precision."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import msgspec
import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.integer]
Labels = npt.NDArray[np.int64]
"""The class number of each image."""
Probabilities = npt.NDArray[np.float32]
"""(images, classes), 0…1."""


class ClassScore(msgspec.Struct, frozen=True):
    """How well one class is told apart.

    Attributes:
        recall: Share of the class's images that were found, 0…1; None without such images.
        precision: Share of right answers among those that named the class; None if none did.
        images: Images of the class.
    """

    recall: float | None
    precision: float | None
    images: int


class Confusion(msgspec.Struct, frozen=True):
    """How often images of one class were taken for another.

    Attributes:
        labels: The classes, in the order of rows and columns.
        matrix: Counts; row = true class, column = predicted class.
    """

    labels: list[str]
    matrix: list[list[int]]


class Scores(msgspec.Struct, frozen=True):
    """What a network got right on a set of labelled images.

    Attributes:
        accuracy: Share of right answers, 0…1.
        interval: Where the true accuracy lies with 95 % confidence (Wilson).
        baseline: Accuracy of always answering the class that training had most of, 0…1.
        images: How many were tested.
        per_class: Recall and precision of each class.
        confusion: What was taken for what.
    """

    accuracy: float
    interval: tuple[float, float]
    baseline: float
    images: int
    per_class: dict[str, ClassScore]
    confusion: Confusion


def score(
    truth: Integers, predicted: Integers, labels: Sequence[str], most_frequent: int
) -> Scores:
    """Score predicted against true class numbers, both (images,).

    Args:
        truth: Number of the true class of each image.
        predicted: Number of the predicted class of each image.
        labels: Name of each class number.
        most_frequent: The class that training had most images of: the trivial answer.
    """
    count = len(labels)
    matrix = np.zeros((count, count), np.int64)
    np.add.at(matrix, (truth, predicted), 1)
    right, total = int(np.trace(matrix)), int(matrix.sum())
    return Scores(
        accuracy=right / total if total else 0.0,
        interval=wilson_interval(right, total),
        baseline=float(np.mean(truth == most_frequent)) if total else 0.0,
        images=total,
        per_class={name: _class_score(matrix, i) for i, name in enumerate(labels)},
        confusion=Confusion(list(labels), matrix.tolist()),
    )


def wilson_interval(right: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    1927. Unlike the normal approximation it stays inside 0…1 and holds for small samples.
    """
    if total == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = right / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    spread = (
        z
        * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
        / (1 + z * z / total)
    )
    return max(0.0, centre - spread), min(1.0, centre + spread)


def _class_score(matrix: npt.NDArray[np.int64], i: int) -> ClassScore:
    right, images, answers = (int(n) for n in (matrix[i, i], matrix[i].sum(), matrix[:, i].sum()))
    return ClassScore(
        recall=right / images if images else None,
        precision=right / answers if answers else None,
        images=images,
    )
