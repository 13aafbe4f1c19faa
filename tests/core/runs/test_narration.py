"""What is said of a training follows from its points."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.runs.curve import BatchPoint, CurvePoint, EpochPoint
from core.runs.narration import Narration, Trend, narrate


def epochs(
    validation: list[float],
    training: list[float] | None = None,
    rates: list[float] | None = None,
    patience: int = 10,
) -> list[CurvePoint]:
    """Return the epochs of a training with these losses, the best marked as a trainer would."""
    points: list[CurvePoint] = []
    best, best_at = float("inf"), 0
    for number, loss in enumerate(validation, 1):
        better = loss < best
        if better:
            best, best_at = loss, number
        points.append(
            EpochPoint(
                epoch=number,
                epochs=40,
                training_loss=training[number - 1] if training else loss,
                training_accuracy=0.9,
                validation_loss=loss,
                validation_accuracy=0.97,
                validation_images=100,
                best=better,
                patience_left=patience - (number - best_at),
                seconds=float(number),
                images_per_second=100.0,
                learning_rate=rates[number - 1] if rates else 0.01,
                mixed_up=("wasps", "bees", 3),
            )
        )
    return points


def test_there_is_nothing_to_say_before_the_first_epoch() -> None:
    batch = BatchPoint(
        step=1, epoch=0.1, loss=1.0, accuracy=0.5, learning_rate=0.1, images_per_second=9
    )
    assert narrate([]) == narrate([batch]) == Narration()


def test_two_epochs_are_too_few_to_compare() -> None:
    assert narrate(epochs([1.0, 1.2])).trend is Trend.BEGINNING


def test_the_newest_epoch_alone_of_a_resumed_training_has_nothing_to_compare_with() -> None:
    assert narrate(epochs([1.0, 1.2, 1.4, 1.6])[-1:]).trend is Trend.BEGINNING


def test_a_falling_validation_loss_is_improvement() -> None:
    said = narrate(epochs([1.0, 0.8, 0.6, 0.5]))
    assert said.trend is Trend.IMPROVING
    assert (said.best_epoch, said.stalled) == (4, 0)
    assert (said.right, said.images) == (97, 100)
    assert said.mixed_up == ("wasps", "bees", 3)


def test_little_improvement_is_counted_with_the_patience_left() -> None:
    said = narrate(epochs([1.0, 0.5] + [0.501] * 6))
    assert said.trend is Trend.LITTLE
    assert (said.stalled, said.patience_left) == (6, 4)


def test_a_falling_training_loss_with_a_rising_validation_loss_is_overfitting() -> None:
    validation = [1.0, 0.5, 0.4, 0.45, 0.5, 0.6]
    training = [1.0, 0.5, 0.3, 0.2, 0.1, 0.05]
    assert narrate(epochs(validation, training)).trend is Trend.OVERFITTING


@pytest.mark.parametrize(
    "training", [[1.0, 0.5, 0.3, 0.3, 0.3, 0.3], [1.0, 0.01, 0.01, 0.01, 0.02, 0.02]]
)
def test_a_training_loss_that_does_not_fall_is_no_overfitting(training: list[float]) -> None:
    assert narrate(epochs([1.0, 0.5, 0.4, 0.45, 0.5, 0.6], training)).trend is Trend.LITTLE


def test_a_training_loss_that_grows_again_is_told_unless_it_is_still_small() -> None:
    validation = [1.0, 0.5, 0.4, 0.6, 0.8, 1.2]
    assert narrate(epochs(validation, [1.0, 0.5, 0.3, 0.5, 0.6, 0.9])).trend is Trend.GROWING
    assert narrate(epochs(validation, [1.0, 0.5, 0.3, 0.3, 0.3, 0.9])).trend is Trend.LITTLE


def test_a_rate_that_fell_to_half_is_told() -> None:
    assert narrate(epochs([1.0] * 4, rates=[0.1, 0.1, 0.05, 0.05])).halved_to == 0.05


@pytest.mark.parametrize(
    "rates", [[0.1, 0.1, 0.1, 0.1], [0.1, 0.08, 0.04, 0.02], [0.1, 0.1, 0.03, 0.03]]
)
def test_a_schedule_is_no_halving(rates: list[float]) -> None:
    assert narrate(epochs([1.0] * 4, rates=rates)).halved_to is None


def test_the_best_stays_the_best_when_others_follow() -> None:
    assert narrate(epochs([1.0, 0.4, 0.6, 0.5, 0.45])).best_epoch == 2


def test_while_patience_does_not_count_it_catches_up() -> None:
    behind = [replace(p, best=False, patience_left=4) for p in epochs([0.9, 0.8, 0.7])]
    assert narrate(behind).trend is Trend.CATCHING_UP
    assert narrate([*behind, replace(behind[-1], epoch=4, patience_left=3)]).trend is Trend.LITTLE
    endless = [replace(point, patience_left=None) for point in behind]
    assert narrate(endless).trend is Trend.LITTLE


def test_the_network_before_the_first_step_can_be_the_best() -> None:
    worse = [replace(point, best=False) for point in epochs([0.5, 0.51, 0.52, 0.53])]
    said = narrate(worse)
    assert (said.trend, said.best_epoch, said.stalled) == (Trend.LITTLE, 0, 4)


def test_of_a_training_whose_earlier_epochs_are_not_read_yet_it_says_what_the_newest_shows() -> (
    None
):
    newest = [replace(epochs([0.9, 1.0, 1.1])[-1], best=False)]
    assert narrate(newest).trend is not Trend.CATCHING_UP
