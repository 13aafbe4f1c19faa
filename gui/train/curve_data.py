"""The points of one training as arrays that a plot draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.runs.curve import (
    CURVE_FILE,
    BatchPoint,
    EpochPoint,
    FitPoint,
    Point,
    StrengthPoint,
)
from core.runs.narration import best_epoch

if TYPE_CHECKING:
    from pathlib import Path

Numbers = npt.NDArray[np.float64]

FIRST_ROOM = 1024

VALUES = ("training_loss", "training_accuracy", "validation_loss", "validation_accuracy")


class CurveData:
    """Takes points in, and gives lines of (places, values) out.

    A place is an epoch, or of a fit in one go a strength of its penalty, numbered from 1 on.

    Points are added at the end in constant time on average; a point that goes back takes the place
    of all those at or behind it.

    Attributes:
        epochs: The ends of epochs.
        strengths: How good each strength of a fit in one go was.
        fit: What came out of such a fit, or None.
        newest_batch: The newest moment within an epoch.
    """

    def __init__(self, points: Iterable[Point] = ()) -> None:
        self._batches = _Rows(4)  # step, epoch, loss, accuracy
        self._ends = _Rows(1 + len(VALUES))
        self.newest_batch: BatchPoint | None = None
        self.epochs: list[EpochPoint] = []
        self.strengths: list[StrengthPoint] = []
        self.fit: FitPoint | None = None
        self.add(points)

    def __bool__(self) -> bool:
        """Return whether there is anything to draw."""
        return bool(self._batches.count or self._ends.count)

    @property
    def epoch(self) -> float:
        """Epochs done: 2.25 = a quarter through the third."""
        batches = float(self._batches.held[-1, 1]) if self._batches.count else 0.0
        return max(batches, float(self.epochs[-1].epoch) if self.epochs else 0.0)

    def add(self, points: Iterable[Point]) -> None:
        """Take further points in, in order."""
        for point in points:
            match point:
                case EpochPoint():
                    self._cut_epochs(point.epoch - 1)
                    self.epochs.append(point)
                    self._add_end(point.epoch, point)
                case BatchPoint():
                    self._cut_epochs(point.epoch)
                    self._batches.keep_below(point.step)
                    self._batches.append((point.step, point.epoch, point.loss, point.accuracy))
                    self.newest_batch = point
                case StrengthPoint():
                    self.strengths.append(point)
                    self._add_end(len(self.strengths), point)
                case FitPoint():
                    self.fit = point

    def batches(self, measure: str) -> tuple[Numbers, Numbers]:
        """Return the epochs and the "loss" or "accuracy" of the training batches."""
        rows = self._batches.held
        return rows[:, 1], rows[:, 2 if measure == "loss" else 3]

    def line(self, measure: str, part: str) -> tuple[Numbers, Numbers]:
        """Return the places and values of a part ("training", "validation")."""
        rows = self._ends.held
        return rows[:, 0], rows[:, 1 + VALUES.index(f"{part}_{measure}")]

    def value(self, measure: str, part: str, place: int) -> float | None:
        """Return the value at a place, or None where there is none."""
        x, y = self.line(measure, part)
        at = int(np.searchsorted(x, place))
        return float(y[at]) if at < len(x) and x[at] == place else None

    @property
    def last(self) -> int:
        """The last place; 0: none."""
        return int(self._ends.held[-1, 0]) if self._ends.count else 0

    @property
    def best(self) -> int | None:
        """The place whose weights are kept, or None."""
        if self.strengths:
            return int(self.line("loss", "validation")[1].argmin()) + 1
        best = best_epoch(self.epochs)
        return best.epoch if best else None

    def _add_end(self, place: int, point: EpochPoint | StrengthPoint) -> None:
        self._ends.append((place, *(getattr(point, name) for name in VALUES)))

    def _cut_epochs(self, last: float) -> None:
        """Drop the ends of epochs behind this one."""
        if self.epochs and self.epochs[-1].epoch > last:
            self._ends.keep_below(np.nextafter(last, np.inf))
            del self.epochs[self._ends.count :]


class _Rows:
    """A table of numbers, rising in its first column, that grows at its end."""

    def __init__(self, columns: int) -> None:
        self._room = np.empty((FIRST_ROOM, columns))
        self.count = 0

    @property
    def held(self) -> Numbers:
        """The rows so far."""
        return self._room[: self.count]

    def append(self, row: Sequence[float]) -> None:
        if self.count == len(self._room):
            self._room = np.concatenate([self._room, np.empty_like(self._room)])
        self._room[self.count] = row
        self.count += 1

    def keep_below(self, value: float) -> None:
        """Drop the rows whose first number is not smaller."""
        if self.count and self._room[self.count - 1, 0] >= value:
            self.count = int(np.searchsorted(self.held[:, 0], value))


def read_curve_data(run_folder: Path) -> CurveData:
    """Read a run's curve from its folder; empty where it has none."""
    from core.runs.curve import read_curve

    return CurveData(read_curve(run_folder / CURVE_FILE))
