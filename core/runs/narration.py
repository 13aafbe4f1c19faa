"""What a training's points mean: is it improving, has it stopped to, does it overfit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.runs.curve import CurvePoint, EpochPoint

FEW_EPOCHS = 2
"""Up to here there is nothing to compare."""

LITTLE = 2
"""Epochs without a better one from which on a training "has improved little"."""

OVERFITTING_AFTER = 3
"""Epochs without a better one from which on the two losses are compared."""

FALL, RISE = 0.05, 0.02
"""Overfitting: the training loss fell by this share while the validation loss rose by that one."""

GROWN = 1.5
"""Times its least value from which on the training loss tells of too large steps."""

HALVED = (0.49, 0.51)
"""Share of the rate before, within which it counts as halved and not as a schedule's decline."""


class Trend(StrEnum):
    """Where a training is heading."""

    WAITING = "waiting"
    BEGINNING = "beginning"
    IMPROVING = "improving"
    GROWING = "growing"
    CATCHING_UP = "catching up"
    LITTLE = "little"
    OVERFITTING = "overfitting"


@dataclass(frozen=True, slots=True)
class Narration:
    """What there is to say of a training after its newest epoch.

    Attributes:
        trend: Where it is heading.
        right: Validation images answered rightly in the newest epoch.
        images: Validation images.
        best_epoch: The best so far, by validation loss; 0: the network before the first step.
        stalled: Epochs since the best one.
        patience_left: Epochs until it stops by itself if none is better; None: it does not.
        halved_to: The learning rate that a fall to half led to in the newest epochs, or None.
        mixed_up: (true class, answer, how often) of the most frequent mistake, or None.
    """

    trend: Trend = Trend.WAITING
    right: int = 0
    images: int = 0
    best_epoch: int = 0
    stalled: int = 0
    patience_left: int | None = None
    halved_to: float | None = None
    mixed_up: tuple[str, str, int] | None = None


def narrate(points: Sequence[CurvePoint]) -> Narration:
    """Say what a training's points so far mean."""
    epochs = [point for point in points if isinstance(point, EpochPoint)]
    if not epochs:
        return Narration()
    newest, best = epochs[-1], best_epoch(epochs)
    since = best.epoch if best else 0
    return Narration(
        trend=_trend(epochs, best or epochs[0], newest.epoch - since),
        right=round(newest.validation_accuracy * newest.validation_images),
        images=newest.validation_images,
        best_epoch=since,
        stalled=newest.epoch - since,
        patience_left=newest.patience_left,
        halved_to=_halved_to(epochs),
        mixed_up=newest.mixed_up,
    )


def best_epoch(epochs: Sequence[EpochPoint]) -> EpochPoint | None:
    """Return the best epoch; None where the network before the first step is still better."""
    return next((epoch for epoch in reversed(epochs) if epoch.best), None)


def _trend(epochs: Sequence[EpochPoint], best: EpochPoint, stalled: int) -> Trend:
    newest = epochs[-1]
    if len(epochs) <= FEW_EPOCHS:
        return Trend.BEGINNING
    if stalled and _grows(epochs):
        return Trend.GROWING
    if stalled == newest.epoch and _has_time(epochs):
        return Trend.CATCHING_UP
    if stalled >= OVERFITTING_AFTER and _learns_by_heart(newest, best):
        return Trend.OVERFITTING
    return Trend.LITTLE if stalled >= LITTLE else Trend.IMPROVING


def _has_time(epochs: Sequence[EpochPoint]) -> bool:
    """Return whether patience does not count: the network it began with is still the best."""
    if len(epochs) < FEW_EPOCHS:  # the earlier ones of a resumed training are not read yet
        return False
    before, newest = epochs[-2].patience_left, epochs[-1].patience_left
    return newest is not None and newest == before


def _grows(epochs: Sequence[EpochPoint]) -> bool:
    """Return whether most of what was learnt is lost again, and not in one epoch by chance."""
    losses = [epoch.training_loss for epoch in epochs]
    much = max(GROWN * min(losses), losses[0] / 2)
    return all(loss > much for loss in losses[-FEW_EPOCHS:])


def _learns_by_heart(newest: EpochPoint, best: EpochPoint) -> bool:
    """Return whether the images it trains on still get better, at the cost of the others."""
    fell = newest.training_loss < best.training_loss * (1 - FALL)
    return fell and newest.validation_loss > best.validation_loss * (1 + RISE)


def _halved_to(epochs: Sequence[EpochPoint]) -> float | None:
    """Return the rate after a fall to half of a rate that had been constant, if it is recent."""
    recent = epochs[-(LITTLE + 3) :]
    for before, steady, after in zip(recent, recent[1:], recent[2:], strict=False):
        constant = before.learning_rate == steady.learning_rate > 0
        if constant and HALVED[0] <= after.learning_rate / steady.learning_rate <= HALVED[1]:
            return after.learning_rate
    return None
