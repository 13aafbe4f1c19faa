"""Points become lines, also where a training goes back to an earlier step."""

from __future__ import annotations

from core.runs.curve import BatchPoint, EpochPoint, FitPoint, StrengthPoint
from gui.train.curve_data import FIRST_ROOM, CurveData


def batch(step: int, loss: float = 1.0) -> BatchPoint:
    return BatchPoint(
        step=step,
        epoch=step / 10,
        loss=loss,
        accuracy=0.5,
        learning_rate=0.1,
        images_per_second=10.0,
    )


def epoch(number: int, loss: float = 1.0) -> EpochPoint:
    return EpochPoint(
        epoch=number,
        epochs=9,
        training_loss=loss,
        training_accuracy=0.6,
        validation_loss=2 * loss,
        validation_accuracy=0.7,
        validation_images=10,
        best=True,
        patience_left=None,
        seconds=float(number),
        images_per_second=10.0,
        learning_rate=0.1,
    )


def test_nothing_is_nothing() -> None:
    assert not CurveData()
    assert CurveData().epoch == 0


def test_lines_are_the_points_in_order() -> None:
    curve = CurveData([batch(5, 0.9), epoch(1, 0.8), batch(15, 0.7), epoch(2, 0.6)])
    assert curve.batches("loss")[0].tolist() == [0.5, 1.5]
    assert curve.batches("loss")[1].tolist() == [0.9, 0.7]
    assert curve.batches("accuracy")[1].tolist() == [0.5, 0.5]
    assert curve.line("loss", "validation")[1].tolist() == [1.6, 1.2]
    assert curve.line("accuracy", "training")[0].tolist() == [1, 2]
    assert curve.epoch == 2
    assert curve.newest_batch == batch(15, 0.7)


def test_it_grows_beyond_its_first_room() -> None:
    count = 5 * FIRST_ROOM
    curve = CurveData(batch(step, float(step)) for step in range(count))
    assert curve.batches("loss")[1].tolist() == [float(step) for step in range(count)]


def test_a_point_takes_the_place_of_all_at_or_behind_it() -> None:
    curve = CurveData([batch(5), epoch(1), batch(15), epoch(2), batch(25)])
    curve.add([batch(12, 0.1)])
    assert curve.batches("loss")[1].tolist() == [1.0, 0.1]
    assert [point.epoch for point in curve.epochs] == [1]
    curve.add([epoch(2, 0.2)])
    curve.add([epoch(2, 0.3)])
    assert [point.training_loss for point in curve.epochs] == [1.0, 0.3]


def test_strengths_are_places_one_after_the_other() -> None:
    losses = {0.01: 0.5, 0.1: 0.2, 1.0: 0.3}
    curve = CurveData(
        StrengthPoint(
            strength=strength,
            training_loss=loss / 2,
            training_accuracy=1.0,
            validation_loss=loss,
            validation_accuracy=0.9,
        )
        for strength, loss in losses.items()
    )
    assert curve.line("loss", "validation")[0].tolist() == [1, 2, 3]
    assert curve.line("loss", "training")[1].tolist() == [0.25, 0.1, 0.15]
    assert (curve.last, curve.best) == (3, 2)
    fit = FitPoint(
        strength=0.1,
        training_loss=0.1,
        training_accuracy=1.0,
        validation_loss=0.25,
        validation_accuracy=0.8,
        validation_images=10,
    )
    curve.add([fit])
    assert curve.fit == fit
    assert curve.last == 3


def test_a_value_is_that_of_its_place() -> None:
    curve = CurveData([epoch(1, 0.5), epoch(2, 0.25)])
    assert curve.value("loss", "training", 2) == 0.25
    assert curve.value("loss", "training", 3) is None
    assert curve.best == 2
