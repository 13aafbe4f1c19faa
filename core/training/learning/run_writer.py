"""What a training leaves on the disk while it runs: points, checkpoints, the best weights.

Imports torch.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec

from core import distributed
from core.atomic import write_atomically
from core.disk_space import when_there_is_room
from core.errors import LayerloomError, Stopped, storage_errors
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.runs.checkpoint import Record, read_checkpoint, write_best, write_checkpoint
from core.runs.curve import CURVE_FILE, BatchPoint, EpochPoint, Point, encode_point, read_curve
from core.training.learning.events import BatchDone, Event, Notice
from core.training.learning.memory import give_back_freed_memory
from core.training.learning.trainer import Trainer

CHECKPOINT_INTERVAL = 60.0
"""Seconds: the most work that a power cut costs."""

SLOWEST = 1 / 64
"""Share of the learning rate below which going back does not help any more."""


class RunWriter:
    """Takes the events of a training and keeps it safe.

    Args:
        folder: Of the run.
        trainer: Whose state is kept.
        report: Told of every point; its wishes are granted between batches.
        begun_at: The checkpoint that the training goes on from, if any.
    """

    def __init__(
        self, folder: Path, trainer: Trainer, report: Reporter, begun_at: Record | None
    ) -> None:
        self._folder, self._trainer, self._report = folder, trainer, report
        self._writes = distributed.ranks().first
        self._written = time.monotonic()
        self._since: list[BatchDone] = []
        self._cut_curve(begun_at or Record())

    def take(self, event: Event) -> None:
        """Report and keep what happened.

        Raises:
            Stopped: The user asked to stop or to pause; a checkpoint is written before.
        """
        if isinstance(event, Notice):
            self._report.log(event.text)
            return
        if isinstance(event, EpochPoint):
            self._send(event)
            if event.best:
                self.keep_best()
            self.checkpoint()
        else:
            self._since.append(event)
            self._send_batches()
            if time.monotonic() - self._written >= CHECKPOINT_INTERVAL:
                self.checkpoint()
        self._grant_wishes()

    def checkpoint(self) -> None:
        """Write a checkpoint; while the disk is full, wait."""
        if self._trainer.best is not None:
            self.keep_best()
        if self._writes:
            give_back_freed_memory()
            tensors = self._trainer.state.tensors()

            def write() -> None:
                self._flush_curve()
                write_checkpoint(self._folder, self._trainer.record, tensors)

            when_there_is_room(write, self._report)
        self._written = time.monotonic()

    def keep_best(self) -> None:
        """Write the weights of the best epoch, if they are not written yet."""
        best, record = self._trainer.best, self._trainer.record.best
        if best is not None and record is not None and self._writes:
            when_there_is_room(lambda: write_best(self._folder, record.epoch, best), self._report)
        self._trainer.best = None

    def step_back(self) -> None:
        """Go back to the last checkpoint with half the learning rate.

        Raises:
            LayerloomError: It has failed too often.
        """
        distributed.barrier()
        kept = read_checkpoint(self._folder)
        if kept is None:
            raise LayerloomError("The training's checkpoints are missing", self._folder)
        record, tensors = kept
        scale = min(record.rate_scale, self._trainer.record.rate_scale) / 2
        if scale < SLOWEST:
            raise LayerloomError(
                "The numbers in this network grow without limit, even with a small learning rate",
                hint="Lower the learning rate, or normalise between its layers.",
            )
        self._trainer.restore(msgspec.structs.replace(record, rate_scale=scale), tensors)
        self._cut_curve(record)
        self._since.clear()
        rate = float(self._trainer.settings["learning_rate"]) * scale
        self._report.log(
            "The learning rate was too large: the numbers grew without limit. Training "
            f"continues from epoch {record.epochs_done:.1f} with half of it ({rate:.2g} at most)."
        )

    def _grant_wishes(self) -> None:
        record = self._trainer.record
        batches, epochs = self._trainer.batches, int(self._trainer.settings["epochs"])
        # In images of full size, so that the time left is told rightly.
        done, total = (
            round(batches.sizes.work(number) * batches.images)
            for number in (record.epochs_done, epochs)
        )
        try:
            self._report.progress(Phase.TRAINING, done, total)
            self._report.check()
        except (Stopped, KeyboardInterrupt):
            self.checkpoint()
            raise

    def _send_batches(self) -> None:
        """Report the batches since the last point as one, unless that was a moment ago."""
        done, record = self._since, self._trainer.record
        images = sum(batch.images for batch in done)
        point = BatchPoint(
            step=record.step,
            epoch=record.epochs_done,
            loss=sum(batch.loss for batch in done) / images,
            accuracy=sum(batch.right for batch in done) / images,
            learning_rate=done[-1].rate,
            images_per_second=images / max(sum(batch.seconds for batch in done), 1e-9),
        )
        if self._send(point):
            self._since.clear()

    def _send(self, point: Point) -> bool:
        sent = self._report.point(point)
        if sent and self._writes:
            when_there_is_room(lambda: self._append(encode_point(point)), self._report)
        return sent

    def _append(self, line: bytes) -> None:
        """Add a line to the curve, whole or not at all."""
        path = self._folder / CURVE_FILE
        with storage_errors(path, "writing the curve"), path.open("ab", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                while line:
                    line = line[file.write(line) :]
            except OSError:
                file.truncate(end)
                raise

    def _flush_curve(self) -> None:
        """Bring to the disk what a power cut could take from the curve before a checkpoint."""
        path = self._folder / CURVE_FILE
        if path.exists():
            with storage_errors(path, "writing the curve"), path.open("ab") as file:
                os.fsync(file.fileno())

    def _cut_curve(self, record: Record) -> None:
        """Leave of the curve what lies before a checkpoint: the rest comes again."""
        path = self._folder / CURVE_FILE
        if not self._writes or not path.exists():
            return
        kept = [encode_point(point) for point in read_curve(path) if _before(point, record)]
        when_there_is_room(lambda: write_atomically(path, b"".join(kept)), self._report)


def _before(point: Point, record: Record) -> bool:
    """Return whether a point lies at or before a checkpoint."""
    if isinstance(point, BatchPoint):
        return point.step <= record.step
    return isinstance(point, EpochPoint) and point.epoch <= record.epoch
