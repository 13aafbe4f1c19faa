"""The points of a training's curves: what a run says of itself while it trains.

They reach the window as `Metric` messages and stand, one a line, in the run's `metrics.jsonl`.
The quick recipe, which has no epochs, says how good each strength of its penalty is instead.

Steps and epochs rise, but for one case: a training that goes back to its last good checkpoint (it
says so in a `Log`) goes on from there, and a point takes the place of all those at or behind its
step. A run that is resumed begins with the points up to its checkpoint already in the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import msgspec

from core.decoding import decoder


class BatchPoint(msgspec.Struct, frozen=True, kw_only=True, tag="batch"):
    """A moment in an epoch, on the training images.

    Attributes:
        step: Batches since the run began.
        epoch: Epochs since the run began, 2.25 = a quarter through the third.
        loss: Mean loss of the batches since the last point.
        accuracy: Share of right answers among them, 0…1.
        learning_rate: Of the last layer.
        images_per_second: Training images taken in, measured since the last point.
    """

    frequent: ClassVar[bool] = True

    step: int
    epoch: float
    loss: float
    accuracy: float
    learning_rate: float
    images_per_second: float


class EpochPoint(msgspec.Struct, frozen=True, kw_only=True, tag="epoch"):
    """The end of an epoch.

    Attributes:
        epoch: Epochs done, from 1 on.
        epochs: Planned at most.
        training_loss: Mean over the epoch's batches, as trained (augmented, smoothed).
        training_accuracy: Share of right answers among them, 0…1.
        validation_loss: Mean cross-entropy on the validation images.
        validation_accuracy: Share of right answers, 0…1.
        validation_images: How many validation images there are.
        best: Whether this is the best epoch so far, by validation loss.
        patience_left: Epochs without a better one until training stops by itself; None: never.
        seconds: Trained since the run began, pauses left out.
        images_per_second: Training images in this epoch.
        learning_rate: Of the last layer at its end.
        mixed_up: (true class, answer, how often) of the most frequent mistake, or None.
        updates: By layer: length of the epoch's change of its weights / length of the weights.
    """

    frequent: ClassVar[bool] = False

    epoch: int
    epochs: int
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float
    validation_images: int
    best: bool
    patience_left: int | None
    seconds: float
    images_per_second: float
    learning_rate: float
    mixed_up: tuple[str, str, int] | None = None
    updates: dict[str, float] = {}


class StrengthPoint(msgspec.Struct, frozen=True, kw_only=True, tag="strength"):
    """One strength that a fit in one go was tried with, by cross-validation.

    Losses are means of the cross-entropy, accuracies shares of right answers, 0…1.

    Attributes:
        strength: Inverse strength of the L2 penalty: the larger, the freer the weights.
        training_loss: On the images that were learnt from.
        training_accuracy: On the same.
        validation_loss: On the training images that were left out. The smallest one decides.
        validation_accuracy: On the same.
    """

    frequent: ClassVar[bool] = False

    strength: float
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float


class FitPoint(msgspec.Struct, frozen=True, kw_only=True, tag="fit"):
    """The end of a fit in one go, on all training images with the strength that was chosen.

    Attributes:
        strength: Inverse strength of the L2 penalty.
        training_loss: Mean cross-entropy on the training images.
        training_accuracy: Share of right answers among them, 0…1.
        validation_loss: Mean cross-entropy on the validation images.
        validation_accuracy: Share of right answers, 0…1.
        validation_images: How many validation images there are.
    """

    frequent: ClassVar[bool] = False

    strength: float
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float
    validation_images: int


CurvePoint = BatchPoint | EpochPoint | StrengthPoint | FitPoint


def encode_point(point: CurvePoint) -> bytes:
    """Return a point as one line of `metrics.jsonl`."""
    return msgspec.json.encode(point) + b"\n"


def read_curve(path: Path) -> list[CurvePoint]:
    """Return the points of a run's `metrics.jsonl`; a line that a kill cut short is passed over."""
    known = decoder(CurvePoint)
    points: list[CurvePoint] = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            points.append(known.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return points
