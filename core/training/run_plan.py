"""Carrying out a planned training: its loop, its checkpoints, its end. Imports torch."""

from __future__ import annotations

import time
from dataclasses import replace

import msgspec
import torch

from core import distributed
from core.disk_space import when_there_is_room
from core.errors import StorageError
from core.jobs.job import Reporter
from core.network.layers.base.layer import Weights
from core.recipes.timings import Timing, keep_timing
from core.runs.checkpoint import Record, read_best, read_checkpoint
from core.runs.plan import Plan
from core.runs.runs import Run, Seconds, write_run
from core.training.answers import answers, result_of
from core.training.features.pixel_cache import PixelCache
from core.training.learning.loop import run_epochs
from core.training.learning.memory import keeping_freed_memory
from core.training.learning.run_writer import RunWriter
from core.training.learning.setup import Ready, fitted_head, head_is_new, make_ready, make_trainer
from core.training.learning.trainer import DivergedError, Trainer

ALL_BUT_RIGHT = 0.99
"""Accuracy from which on nothing is missing, even if the trivial answer gets as much."""

_LEARNT_NOTHING = (
    "It answers no better than always “{}” would: a smaller learning rate or more epochs may help."
)


def fit(plan: Plan, report: Reporter) -> None:
    """Train to the end and write the run; with torchrun the first process writes.

    Raises:
        LayerloomError: The images, the disk or the numbers do not allow it.
        Stopped: The user asked to stop; a checkpoint is left.
        Paused: The user asked to pause; a checkpoint is left.
    """
    threads = torch.get_num_threads()
    try:
        with keeping_freed_memory():
            _fit(plan, report)
    finally:
        torch.set_num_threads(threads)  # for the next job in this process


def _fit(plan: Plan, report: Reporter) -> None:
    began = time.perf_counter()
    first = distributed.ranks().first
    report = report if first else Reporter()
    ready = make_ready(plan, report)
    kept = _read_checkpoint(plan, report)
    fitted = fitted_head(ready, report) if kept is None and head_is_new(plan) else {}
    plan = replace(plan, weights={**plan.weights, **fitted})
    trainer, plan = make_trainer(replace(ready, plan=plan), report)
    writer = RunWriter(plan.folder, trainer, report, begun_at=kept[0] if kept else None)
    if kept:
        trainer.restore(*kept)
        _tell_where(trainer, report)
    else:
        torch.manual_seed(plan.settings.seed)
        if fitted:
            _watch_head(trainer, report)
        writer.checkpoint()
    report.kept(plan.folder)
    begun = time.perf_counter()
    try:
        _train(trainer, writer, int(plan.settings.options["epochs"]), report)
    finally:
        if first:
            _keep_timing(ready, trainer, begun - began + plan.scan_seconds)
    if first:
        before, learning = begun - began, time.perf_counter() - begun
        _finish(plan, trainer, ready.cache, before, learning, report)
    distributed.barrier()


def _read_checkpoint(plan: Plan, report: Reporter) -> tuple[Record, Weights] | None:
    """Return the newest checkpoint; without its best epoch if those weights are lost."""
    kept = read_checkpoint(plan.folder)
    if kept is None or kept[0].best is None:
        return kept
    record, tensors = kept
    try:
        read_best(plan.folder, kept[0].best.epoch)
    except StorageError as error:
        report.log(f"{error.what}. Training continues and searches for the best epoch again.")
        return msgspec.structs.replace(record, best=None, waited=0), tensors
    return kept


def _watch_head(trainer: Trainer, report: Reporter) -> None:
    """Take the network with its new last layer alone as the first to beat."""
    watched = trainer.watch()
    trainer.compare(watched)
    report.log(
        f"With only a new last layer it gets {watched.accuracy:.1%} of the validation images "
        "right; now the other layers adapt."
    )


def _tell_where(trainer: Trainer, report: Reporter) -> None:
    """Say from where a training continues."""
    record, epochs = trainer.record, int(trainer.settings["epochs"])
    batch = f", batch {record.batch + 1} of {record.batches}" if record.batch else ""
    report.log(
        "Every epoch is finished; only the test of the best one is left."
        if record.epoch >= epochs
        else f"Continuing with epoch {record.epoch + 1} of {epochs}{batch}."
    )


def _train(trainer: Trainer, writer: RunWriter, epochs: int, report: Reporter) -> None:
    """Run the loop; where the numbers fail, go back and on more slowly."""
    while True:
        try:
            for event in run_epochs(trainer, epochs):
                writer.take(event)
                if report.finish_early:
                    break
            break
        except DivergedError:
            writer.step_back()
    if trainer.record.best is None:
        trainer.compare(trainer.watch())
        writer.keep_best()


def _finish(
    plan: Plan,
    trainer: Trainer,
    cache: PixelCache,
    before: float,
    learning: float,
    report: Reporter,
) -> None:
    """Write the run with the best epoch's weights.

    Args:
        plan: What was done.
        trainer: At its end.
        cache: The images.
        before: Seconds before the first step.
        learning: Seconds of the epochs.
        report: Told how far the testing is.
    """
    began = time.perf_counter()
    best = trainer.record.best
    assert best is not None
    weights = {**plan.weights, **read_best(plan.folder, best.epoch)}
    probabilities = answers(plan.network, weights, plan.preparation, plan.data, cache, report)
    total = plan.scan_seconds + before + learning + time.perf_counter() - began
    seconds = Seconds(plan.scan_seconds, before, learning, total)
    rate = trainer.images_per_second
    result = result_of(
        plan.data,
        plan.preparation,
        probabilities,
        seconds,
        rate,
        _notes(trainer),
        plan.settings.network,
    )
    if result.held_out.accuracy <= min(result.held_out.baseline, ALL_BUT_RIGHT):
        result.notes.append(_LEARNT_NOTHING.format(result.most_frequent))
    run = Run(plan.folder, plan.settings, result)
    predictions = plan.data.predictions(probabilities)
    when_there_is_room(lambda: write_run(run, plan.network, weights, predictions), report)


def _notes(trainer: Trainer) -> list[str]:
    """Say how the training went, where a user should know."""
    record = trainer.record
    notes = []
    if record.best and record.best.epoch == 0:
        notes.append(
            "Adapting the other layers did not help: the result is the network with only a new "
            "last layer."
        )
    if record.rate_scale < 1:
        notes.append(
            f"The learning rate was too large and was reduced to {record.rate_scale:g} of it."
        )
    return notes


def _keep_timing(ready: Ready, trainer: Trainer, before: float) -> None:
    """Keep how long this took, to foretell the next time.

    Args:
        ready: What was computed before the first step.
        trainer: At its end.
        before: Seconds before the first step.
    """
    record, plan = trainer.record, ready.plan
    if not record.epoch or (ready.given and not ready.computed):
        return
    image = ready.frozen_seconds / ready.computed if ready.computed else 0.0
    sizes, epochs = ready.batches.sizes, int(plan.settings.options["epochs"])
    mean = record.seconds / sizes.work(record.epoch) * sizes.work(epochs) / epochs
    epoch = mean / len(plan.data.images)
    timing = Timing(max(0.0, before - image * ready.computed), image, epoch)
    keep_timing(plan.settings.recipe, plan.settings.network, timing)
