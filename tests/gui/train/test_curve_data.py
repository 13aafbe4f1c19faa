"""Points become lines, also where a training goes back to an earlier step."""

from __future__ import annotations

from core.training.curve import BatchPoint, EpochPoint
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
