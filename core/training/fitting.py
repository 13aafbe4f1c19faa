"""Carrying out a planned training: its inputs, its loop with checkpoints, its end.

Imports torch.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import msgspec
import numpy as np
import torch

from core.atomic import write_atomically
from core.images.folders import Split
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.network.layers.fully_connected import Linear
from core.network.layers.layer import Weights
from core.training import distributed
from core.training.augmentation import Augmentation, augmentation_for
from core.training.batches import Batches, Inputs, PixelInputs, ViewInputs
from core.training.checkpoint import read_best, read_checkpoint
from core.training.choosing import (
    Choice,
    choose,
    kept_choice,
    limit_threads,
    piece_that_fits,
)
from core.training.finishing import answers, result_of
from core.training.frozen_prefix import Point, frozen_prefix, prefix_nodes
from core.training.head import fit_head
from core.training.image_set import ImageSet
from core.training.learner import Learner
from core.training.pixel_cache import PixelCache
from core.training.run_writer import RunWriter, when_there_is_room
from core.training.runs import Run, Seconds, encode_record, write_run
from core.training.start import Plan
from core.training.starting_point import with_frozen
from core.training.timings import Timing, keep_timing
from core.training.trainer import DivergedError, Trainer, run_epochs
from core.training.views import SAME, ViewStore, have_colours


@dataclass(frozen=True)
class Prepared:
    """What stands before the first step.

    Attributes:
        inputs: Makes the tensors of batches.
        given: What the trained part begins with; none: pixels.
        seconds: What the frozen layers took.
        computed: Images and views that went through them.
    """

    inputs: Inputs
    given: tuple[Point, ...]
    seconds: float
    computed: int


def fit(plan: Plan, report: Reporter) -> None:
    """Train to the end and write the run; with torchrun the first process writes.

    Raises:
        LayerloomError: The images, the disk or the numbers do not allow it.
        Stopped: The user asked to stop; a checkpoint is left.
        Paused: The user asked to pause; a checkpoint is left.
    """
    began = time.perf_counter()
    ranks = distributed.ranks()
    report = report if ranks.first else Reporter()
    settings = plan.settings.options
    threads = limit_threads(int(settings["threads"]), plan.network)
    if ranks.first:
        PixelCache(plan.project.cache_folder, plan.preparation).keep(plan.data.images, report)
    distributed.barrier()
    cache = PixelCache(plan.project.cache_folder, plan.preparation)
    training = plan.data.positions(Split.TRAINING)
    augmentation = _augmentation(plan, cache)
    prepared = _prepare(plan, cache, augmentation, threads, report)
    batches = Batches(
        prepared.inputs,
        [image.content_hash for image in plan.data.images],
        plan.data.labels,
        training,
        plan.data.watched(),
        int(settings["batch_size"]),
        plan.settings.seed,
    )
    kept = read_checkpoint(plan.folder)
    head_is_new = any(s.name == plan.last and s.fit != "kept" for s in plan.settings.layers)
    pretrained = plan.settings.recipe != "scratch"
    fitted: Weights = {}
    if kept is None and head_is_new and pretrained:
        fitted = _fitted_head(plan, cache, augmentation, threads, report)
    plan = replace(plan, weights={**plan.weights, **fitted})
    plan, choice = _choice(plan, prepared, batches, report)
    learner = _learner(plan, prepared, choice.channels_last).to(choice.device)
    trainer = Trainer(
        learner,
        batches,
        settings,
        plan.data.names,
        _class_weights(plan.data, bool(settings["class_weights"])).to(choice.device),
        bf16=choice.bf16,
        piece=piece_that_fits(plan.network, int(settings["batch_size"]), choice.device),
        head_first=pretrained and head_is_new and not _ends_linear(plan),
    )
    writer = RunWriter(plan.folder, trainer, report, begun_at=kept[0] if kept else None)
    if kept:
        trainer.restore(*kept)
    else:
        torch.manual_seed(plan.settings.seed)
        if fitted:
            _watch_head(trainer, report)
        writer.checkpoint()
    until = time.perf_counter()
    _train(trainer, writer, int(settings["epochs"]), report)
    if ranks.first:
        end = time.perf_counter()
        seconds = Seconds(plan.scan_seconds, until - began, end - until, 0.0)
        _keep_timing(plan, trainer, prepared, until - began + plan.scan_seconds)
        _finish(plan, trainer, cache, seconds, began, report)
    distributed.barrier()


def _augmentation(plan: Plan, cache: PixelCache) -> Augmentation:
    wish = str(plan.settings.options["mirroring"])
    learnt = [plan.data.images[i] for i in plan.data.positions(Split.TRAINING)]
    colours = plan.preparation.channels == 3 and wish == "auto" and have_colours(cache, learnt)
    return augmentation_for(plan.preparation, mirroring=wish == "on" or colours)


def _prepare(
    plan: Plan, cache: PixelCache, augmentation: Augmentation, threads: int, report: Reporter
) -> Prepared:
    """Run what is frozen once per image and view, if anything is."""
    analysis = analyse(plan.network)
    inside = prefix_nodes(analysis)
    if not any(analysis.results[id_].tensors for id_ in inside):
        changes = augmentation if plan.settings.options.get("augmentation", True) else None
        return Prepared(PixelInputs(cache, changes), (), 0.0, 0)
    began = time.perf_counter()
    prefix = frozen_prefix(plan.network, plan.weights, plan.preparation)
    store = ViewStore(plan.project.cache_folder, prefix, cache, augmentation, threads)
    views = int(plan.settings.options.get("views", 0))
    data = plan.data
    wanted = [(image.content_hash, SAME) for image in data.images]
    wanted += [
        (data.images[i].content_hash, view)
        for view in range(1, views + 1)
        for i in data.positions(Split.TRAINING)
    ]
    computed = store.fill(wanted, report)
    return Prepared(
        ViewInputs(store, prefix.shapes, views),
        prefix.boundary,
        time.perf_counter() - began,
        computed,
    )


def _ends_linear(plan: Plan) -> bool:
    """Return whether the last layer can be fitted on features, as the quick recipe does."""
    layer = plan.network.named(plan.last).layer
    if not isinstance(layer, Linear) or not layer.bias:
        return False
    (edge,) = plan.network.incoming[plan.network.named(plan.last).id]
    return len(analyse(plan.network).results[edge.source].outputs[edge.source_port]) == 1


def _fitted_head(
    plan: Plan, cache: PixelCache, augmentation: Augmentation, threads: int, report: Reporter
) -> Weights:
    """Return the last layer's tensors as the quick recipe fits them, if it can.

    From there the other layers adapt without first being disturbed by a random last layer.

    Source: A. Kumar et al., "Fine-tuning can distort pretrained features", 2022.
    """
    if not _ends_linear(plan):
        return {}
    others = {node.id for node in plan.network.nodes if node.name != plan.last}
    prefix = frozen_prefix(with_frozen(plan.network, others), plan.weights, plan.preparation)
    store = ViewStore(plan.project.cache_folder, prefix, cache, augmentation, threads)
    training = plan.data.positions(Split.TRAINING)
    hashes = [plan.data.images[i].content_hash for i in training]
    store.fill([(key, SAME) for key in hashes], report)
    if not distributed.ranks().first:
        return dict(distributed.from_first(None))
    features = np.stack([store.values(key, SAME) for key in hashes]).astype(np.float32)
    labels, groups = plan.data.labels[training], plan.data.groups[training]
    head = fit_head(features, labels, groups, plan.settings.seed, report)
    fitted = {f"{plan.last}.weight": head.weight, f"{plan.last}.bias": head.bias}
    return dict(distributed.from_first(fitted))


def _choice(
    plan: Plan, prepared: Prepared, batches: Batches, report: Reporter
) -> tuple[Plan, Choice]:
    """Return how to compute, as kept with the run or else measured and kept with it."""
    kept = kept_choice(plan.settings.chosen)
    if kept:
        return plan, kept
    choice: Choice | None = None
    if distributed.ranks().first:
        report.progress("Measuring the fastest way to compute", 0, 1)
        choice = choose(
            lambda last: _learner(plan, prepared, last), batches.batch(0, 0), plan.settings.options
        )
        settings = msgspec.structs.replace(plan.settings, chosen=choice.shown())
        write_atomically(plan.folder / "settings.json", encode_record(settings))
        report.log(_sentence(choice, batches, plan))
        plan = replace(plan, settings=settings)
    return plan, distributed.from_first(choice)


def _sentence(choice: Choice, batches: Batches, plan: Plan) -> str:
    """Say how it is computed and how long that takes at most."""
    bits = "16-bit numbers (bfloat16)" if choice.bf16 else "32-bit numbers"
    order = "pixel after pixel" if choice.channels_last else "channel after channel"
    epochs = int(plan.settings.options["epochs"])
    minutes = choice.seconds * batches.images * epochs / 60
    return (
        f"Fastest here, as measured: {bits}, {order}, {1 / choice.seconds:.0f} images/s; "
        f"{epochs} epochs take about {max(minutes, 0.1):.1f} minutes if all are needed."
    )


def _learner(plan: Plan, prepared: Prepared, channels_last: bool) -> Learner:
    return Learner(
        plan.network,
        plan.weights,
        prepared.given,
        plan.preparation,
        channels_last=channels_last,
    )


def _class_weights(data: ImageSet, wanted: bool) -> torch.Tensor:
    """Return each class's weight in the loss; over the training images their mean is 1."""
    counts = np.bincount(data.labels[data.positions(Split.TRAINING)], minlength=len(data.names))
    even = counts.sum() / (len(counts) * np.maximum(counts, 1))
    return torch.tensor(even if wanted else np.ones(len(counts)), dtype=torch.float32)


def _watch_head(trainer: Trainer, report: Reporter) -> None:
    """Take the network with its new last layer alone as the first to beat."""
    watched = trainer.watch()
    trainer.compare(watched)
    report.log(
        f"With a new last layer alone it gets {watched.accuracy:.1%} of the validation images "
        "right; now the other layers adapt."
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
    seconds: Seconds,
    began: float,
    report: Reporter,
) -> None:
    """Write the run with the best epoch's weights."""
    best = trainer.record.best
    assert best is not None
    trained = read_best(plan.folder, best.epoch)
    weights = {**plan.weights, **trained}
    probabilities = answers(plan.network, weights, plan.preparation, plan.data, cache, report)
    total = plan.scan_seconds + time.perf_counter() - began
    seconds = msgspec.structs.replace(seconds, total=total)
    result = result_of(
        plan.data,
        plan.preparation,
        probabilities,
        seconds,
        trainer.images_per_second,
        _notes(trainer),
    )
    run = Run(plan.folder, plan.settings, result)
    predictions = plan.data.predictions(probabilities)
    when_there_is_room(lambda: write_run(run, plan.network, weights, predictions), report)


def _notes(trainer: Trainer) -> list[str]:
    """Say how the training went, where a user should know."""
    record = trainer.record
    notes = []
    if record.best and record.best.epoch == 0:
        notes.append(
            "Adapting the other layers made nothing better: the result is the network with a new "
            "last layer alone."
        )
    if record.rate_scale < 1:
        notes.append(
            f"The learning rate was too large and was reduced to {record.rate_scale:g} of it."
        )
    return notes


def _keep_timing(plan: Plan, trainer: Trainer, prepared: Prepared, before: float) -> None:
    """Keep how long this took, to foretell the next time."""
    record = trainer.record
    if not record.epoch or (prepared.given and not prepared.computed):
        return
    image = prepared.seconds / prepared.computed if prepared.computed else 0.0
    epoch = record.seconds / record.epoch / len(plan.data.images)
    timing = Timing(max(0.0, before - prepared.seconds), image, epoch)
    keep_timing(plan.settings.recipe, plan.settings.network, timing)
