"""The loop of a training: epochs of batches, as a generator of events.

Imports torch. Nothing here prints, writes files or asks a user.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec

from core.runs.checkpoint import Sums
from core.runs.curve import EpochPoint
from core.training.learning.events import BatchDone, Event, Notice
from core.training.learning.memory import NoMemoryError, give_back_freed_memory, is_out_of_memory
from core.training.learning.trainer import Trainer


def run_epochs(trainer: Trainer, epochs: int) -> Iterator[Event]:
    """Train until the last epoch, or until patience ends.

    Raises:
        DivergedError: The gradient is no number any more.
    """
    while trainer.record.epoch < epochs and trainer.patience_left != 0:
        yield from train_one_epoch(trainer)
        yield evaluate(trainer)


def train_one_epoch(trainer: Trainer) -> Iterator[BatchDone | Notice]:
    """Learn from the rest of the present epoch.

    Raises:
        DivergedError: The gradient is no number any more.
        NoMemoryError: Not even one image fits.
    """
    trainer.learner.train()
    began = time.perf_counter()
    batches = trainer.batches.epoch(trainer.record.epoch, trainer.record.batch)
    for batch in batches:
        rate = trainer.rate
        while True:
            try:
                loss, right = trainer.learn(batch)
                break
            except (MemoryError, RuntimeError) as error:
                if not is_out_of_memory(error):
                    raise
                if trainer.piece == 1:
                    raise NoMemoryError from error
                trainer.piece = max(1, min(trainer.piece, len(batch.labels)) // 2)
                trainer.learner.zero_grad()
            yield Notice(
                f"Memory is low: each batch is now split into parts of {trainer.most_at_once()} "
                "images; the result is the same except for batch normalisation, which sees each "
                "part by itself."
            )
        now = time.perf_counter()
        done = BatchDone(loss, right, batch.images, rate, now - began)
        began = now
        _count(trainer, done)
        yield done


def evaluate(trainer: Trainer) -> EpochPoint:
    """Close the present epoch, all of whose batches are learnt, and say how it went."""
    record, sums = trainer.record, trainer.record.sums
    learnt = sums.right / max(sums.images, 1)
    updates = trainer.state.updates()
    give_back_freed_memory()
    began = time.perf_counter()
    trainer.record = msgspec.structs.replace(record, epoch=record.epoch + 1, batch=0, sums=Sums())
    watched = trainer.watch()
    best = trainer.compare(watched, learnt)
    total = record.seconds + time.perf_counter() - began
    trainer.record = msgspec.structs.replace(trainer.record, seconds=total)
    return EpochPoint(
        epoch=trainer.record.epoch,
        epochs=int(trainer.settings["epochs"]),
        training_loss=sums.loss / max(sums.images, 1),
        training_accuracy=learnt,
        validation_loss=watched.loss,
        validation_accuracy=watched.accuracy,
        validation_images=trainer.batches.watched_images,
        best=best,
        patience_left=trainer.patience_left,
        seconds=total,
        images_per_second=sums.images / max(sums.seconds, 1e-9),
        learning_rate=trainer.rate,
        mixed_up=watched.mixed_up(trainer.names),
        updates=updates,
    )


def _count(trainer: Trainer, done: BatchDone) -> None:
    """Add a batch to where the training stands."""
    record, sums = trainer.record, trainer.record.sums
    trainer.record = msgspec.structs.replace(
        record,
        step=record.step + 1,
        batch=record.batch + 1,
        seconds=record.seconds + done.seconds,
        sums=Sums(
            sums.loss + done.loss,
            sums.right + done.right,
            sums.images + done.images,
            sums.seconds + done.seconds,
        ),
    )
