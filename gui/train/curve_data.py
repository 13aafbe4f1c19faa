"""The points of one training as arrays that a plot draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.training.curve import BatchPoint, EpochPoint, Point

if TYPE_CHECKING:
    from pathlib import Path

Numbers = npt.NDArray[np.float64]

FIRST_ROOM = 1024


class CurveData:
    """Takes points in, and gives lines of (epochs, values) out.

    Points are added at the end in constant time on average; a point that goes back takes the place
    of all those at or behind it.

    Attributes:
        epochs: The ends of epochs.
    """

    def __init__(self, points: Iterable[Point] = ()) -> None:
        self._rows = np.empty((FIRST_ROOM, 3))  # epoch, loss, accuracy
        self._steps = np.empty(FIRST_ROOM, np.int64)
        self._count = 0
        self._newest_batch: BatchPoint | None = None
        self.epochs: list[EpochPoint] = []
        self.add(points)

    def __bool__(self) -> bool:
        """Return whether there is anything to draw."""
        return bool(self._count or self.epochs)

    @property
    def newest_batch(self) -> BatchPoint | None:
        """The newest moment within an epoch."""
        return self._newest_batch

    @property
    def epoch(self) -> float:
        """Epochs done: 2.25 = a quarter through the third."""
        batches = float(self._rows[self._count - 1, 0]) if self._count else 0.0
        return max(batches, float(self.epochs[-1].epoch) if self.epochs else 0.0)

    def add(self, points: Iterable[Point]) -> None:
        """Take further points in, in order."""
        for point in points:
            if isinstance(point, EpochPoint):
                self._add_epoch(point)
            else:
                self._add_batch(point)

    def batches(self, measure: str) -> tuple[Numbers, Numbers]:
        """Return the epochs and the "loss" or "accuracy" of the training batches."""
        rows = self._rows[: self._count]
        return rows[:, 0], rows[:, 1 if measure == "loss" else 2]

    def line(self, measure: str, part: str) -> tuple[Numbers, Numbers]:
        """Return the epochs and values of a part ("training", "validation") at ends of epochs."""
        values = [getattr(epoch, f"{part}_{measure}") for epoch in self.epochs]
        return np.array([float(e.epoch) for e in self.epochs]), np.array(values, np.float64)

    def _add_batch(self, point: BatchPoint) -> None:
        self._cut_steps(point.step)
        if self.epochs and self.epochs[-1].epoch > point.epoch:
            self.epochs = [epoch for epoch in self.epochs if epoch.epoch <= point.epoch]
        if self._count == len(self._steps):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._steps = np.concatenate([self._steps, np.empty_like(self._steps)])
        self._rows[self._count] = (point.epoch, point.loss, point.accuracy)
        self._steps[self._count] = point.step
        self._count += 1
        self._newest_batch = point

    def _cut_steps(self, step: int) -> None:
        if self._count and self._steps[self._count - 1] >= step:
            self._count = int(np.searchsorted(self._steps[: self._count], step))

    def _add_epoch(self, point: EpochPoint) -> None:
        if self.epochs and self.epochs[-1].epoch >= point.epoch:
            self.epochs = [epoch for epoch in self.epochs if epoch.epoch < point.epoch]
        self.epochs.append(point)


def read_curve_data(run_folder: Path) -> CurveData:
    """Read a run's curve from its folder; empty where it has none."""
    from core.training.curve import read_curve

    return CurveData(read_curve(run_folder / "metrics.jsonl"))
