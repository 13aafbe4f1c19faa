"""A new last layer, fitted on features: multinomial logistic regression.

scikit-learn, which takes seconds to import, is imported where a layer is fitted: trainings from
scratch, and all that only reads what a run answered, go without it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from core.errors import LayerloomError
from core.evaluation.metrics import Labels, Probabilities
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.parallel import map_in_order
from core.runs.curve import StrengthPoint

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

Features = npt.NDArray[np.float32]

STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
"""Inverse strengths of the L2 penalty that are tried, on standardised features."""

FOLDS = 5
LEAST_DEVIATION = 0.1
"""Least standard deviation a feature is divided by, as a share of the mean one.

A feature that is almost always 0 in training would otherwise get a huge weight, and decide alone
when another image sets it off.
"""

LEAST_PROBABILITY = 1e-12
"""Below it the loss does not grow further."""

UNCHOSEN = 1e-2
"""Strength where the images are too few to choose it."""

MOST_FOR_CHOOSING = 4000
"""Images that the strength is chosen on; more would take minutes and change nothing."""


@dataclass(frozen=True, slots=True)
class Head:
    """A linear layer from features to the classes' scores, standardisation merged in.

    Attributes:
        weight: (classes, features), float32.
        bias: (classes,), float32.
        strength: The inverse strength of the penalty that was chosen.
    """

    weight: Features
    bias: Features
    strength: float

    def judge(self, features: Features, labels: Labels) -> tuple[float, float]:
        """Return the mean cross-entropy and the share of right answers; 0 without images."""
        if not len(labels):
            return 0.0, 0.0
        probabilities = self.probabilities(features)
        of_truth = probabilities[np.arange(len(labels)), labels].astype(np.float64)
        right = float((probabilities.argmax(axis=1) == labels).mean())
        return float(-np.log(of_truth.clip(LEAST_PROBABILITY)).mean()), right

    def probabilities(self, features: Features) -> Probabilities:
        """Return the softmax of the scores: (images, features) to (images, classes)."""
        scores = features @ self.weight.T + self.bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: Probabilities = powers / powers.sum(axis=1, keepdims=True)
        return result


def fit_head(
    features: Features,
    labels: Labels,
    groups: Labels,
    seed: int,
    report: Reporter,
    *,
    classes_alike: bool = False,
    tell: Callable[[StrengthPoint], object] = lambda _: None,
) -> Head:
    """Fit the layer on the training images.

    The strength of the penalty is chosen by cross-validation within them, look-alikes kept in one
    fold, for the smallest log loss.

    Args:
        features: (images, features).
        labels: Class number of each image; every class from 0 on has one image or more.
        groups: Images with the same number look alike.
        seed: Decides the folds.
        report: Told how far the fitting is.
        classes_alike: Whether each class counts alike, however many images it has.
        tell: Told how good each strength is, once that is known.

    Raises:
        LayerloomError: Some features are no numbers.
        Stopped: The user asked to stop.
    """
    from sklearn.exceptions import ConvergenceWarning

    if not np.isfinite(features).all():
        raise LayerloomError(
            "The numbers in this network grow without limit for these images",
            hint="Its weights are damaged or belong to another network.",
        )
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    deviation = np.maximum(deviation, LEAST_DEVIATION * deviation.mean())
    deviation[deviation == 0] = 1  # every feature is the same for all images
    standardised = (features - mean) / deviation
    weights = even_weights(labels) if classes_alike else np.ones(len(labels))
    # One thread for each fit: matrices this narrow take 3 to 5 times as long on two.
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # 300 steps are enough to classify
        strength = _choose_strength(standardised, labels, groups, weights, seed, report, tell)
        report.progress(Phase.FITTING_LAST_LAYER, 0, 1)
        weight, bias = _as_layer(_fit(standardised, labels, weights, strength))
        report.progress(Phase.FITTING_LAST_LAYER, 1, 1)
    weight = weight / deviation
    bias = bias - weight @ mean
    return Head(
        np.ascontiguousarray(weight, np.float32), np.ascontiguousarray(bias, np.float32), strength
    )


def even_weights(labels: Labels) -> npt.NDArray[np.float64]:
    """Return a weight for each image, so that all classes weigh the same; their mean is 1."""
    counts = np.bincount(labels)
    weights: npt.NDArray[np.float64] = len(labels) / ((counts > 0).sum() * counts[labels])
    return weights


def _choose_strength(
    features: Features,
    labels: Labels,
    groups: Labels,
    weights: npt.NDArray[np.float64],
    seed: int,
    report: Reporter,
    tell: Callable[[StrengthPoint], object],
) -> float:
    """Return the strength with the smallest cross-validated log loss."""
    from sklearn.model_selection import StratifiedGroupKFold

    chosen = np.random.default_rng(seed).permutation(len(labels))[:MOST_FOR_CHOOSING]
    features, labels, groups = features[chosen], labels[chosen], groups[chosen]
    weights = weights[chosen]
    counts = np.bincount(labels)
    folds = min(FOLDS, int(counts[counts > 0].min()), len(set(groups.tolist())))
    if folds < 2:  # a class with one training image: nothing to choose by
        return UNCHOSEN
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    parts = [
        (learn, judge)
        for learn, judge in splitter.split(features, labels, groups)
        if len(set(labels[learn].tolist())) > 1
    ]
    if not parts:  # the images of each class all look alike
        return UNCHOSEN
    trials = [(strength, part) for strength in STRENGTHS for part in parts]

    def judge(trial: tuple[float, tuple[Labels, Labels]]) -> _Fold:
        strength, (learn, left_out) = trial
        model = _fit(features[learn], labels[learn], weights[learn], strength)
        learnt, asked = (
            _judged(model, features[inside], labels[inside], weights[inside])
            for inside in (learn, left_out)
        )
        return learnt, asked

    points: list[StrengthPoint] = []
    folded: list[_Fold] = []
    for done, result in enumerate(map_in_order(judge, trials), 1):
        folded.append(result)
        report.progress(Phase.CHOOSING_STRENGTH, done, len(trials))
        if len(folded) == len(parts):
            points.append(_over_folds(STRENGTHS[len(points)], folded))
            tell(points[-1])
            folded = []
    return min(points, key=lambda point: point.validation_loss).strength


def _fit(
    features: Features, labels: Labels, weights: npt.NDArray[np.float64], strength: float
) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=300).fit(features, labels, weights)


@dataclass(frozen=True, slots=True)
class _Judged:
    """How good a fit is on some images: sums over them.

    Attributes:
        loss: Weighted.
        weight: Of the images.
        right: Right answers.
        images: How many.
    """

    loss: float
    weight: float
    right: int
    images: int


_Fold = tuple[_Judged, _Judged]
"""On the images that were learnt from, and on those left out."""


def _judged(
    model: LogisticRegression,
    features: Features,
    labels: Labels,
    weights: npt.NDArray[np.float64],
) -> _Judged:
    """Judge a model; a class that it has not met has almost no probability."""
    classes = int(max(labels.max(), model.classes_.max())) + 1
    probabilities = np.zeros((len(labels), classes))
    probabilities[:, model.classes_] = model.predict_proba(features)
    of_truth = probabilities[np.arange(len(labels)), labels]
    loss = float(-(weights * np.log(of_truth.clip(LEAST_PROBABILITY))).sum())
    right = int((probabilities.argmax(axis=1) == labels).sum())
    return _Judged(loss, float(weights.sum()), right, len(labels))


def _over_folds(strength: float, folds: Sequence[_Fold]) -> StrengthPoint:
    """Return how good a strength is over all folds."""
    (training_loss, training_accuracy), (validation_loss, validation_accuracy) = (
        (
            sum(part.loss for part in parts) / sum(part.weight for part in parts),
            sum(part.right for part in parts) / sum(part.images for part in parts),
        )
        for parts in zip(*folds, strict=True)
    )
    return StrengthPoint(
        strength=strength,
        training_loss=training_loss,
        training_accuracy=training_accuracy,
        validation_loss=validation_loss,
        validation_accuracy=validation_accuracy,
    )


def _as_layer(model: LogisticRegression) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return weight and bias of the equivalent softmax layer.

    For two classes scikit-learn keeps the one row z of a sigmoid: softmax(−z/2, z/2) is the same.
    """
    weight, bias = model.coef_.astype(np.float64), model.intercept_.astype(np.float64)
    if len(weight) == 1:
        weight, bias = np.vstack([-weight, weight]) / 2, np.hstack([-bias, bias]) / 2
    return weight, bias
