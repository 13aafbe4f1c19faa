"""What stands before the first step of a training: its batches, its last layer, its arithmetic.

Imports torch.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import msgspec
import numpy as np
import torch

from core import distributed
from core.atomic import write_atomically
from core.disk_space import when_there_is_room
from core.images.folders import Split
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.network.analysis import analyse
from core.network.layers.base.layer import Weights
from core.recipes.options import DEVICE, STORED_STATISTICS
from core.recipes.recipes import recipe_named
from core.runs.image_set import ImageSet
from core.runs.plan import Plan
from core.runs.runs import encode_record
from core.training.features.augmentation import Augmentation, augmentation_for
from core.training.features.augmented_features import SAME, ViewStore, have_colours
from core.training.features.batches import Batch, Batches, Inputs, PixelInputs, ViewInputs
from core.training.features.classifier_fit import scoring
from core.training.features.frozen_prefix import Point, features_before, frozen_prefix, prefix_nodes
from core.training.features.head import fit_head
from core.training.features.image_sizes import ImageSizes, image_sizes
from core.training.features.pixel_cache import PixelCache
from core.training.learning.compute_choice import (
    MEASURED_IMAGES,
    Choice,
    choose,
    choose_device,
    kept_choice,
    limit_threads,
)
from core.training.learning.learner import Learner
from core.training.learning.memory import piece_that_fits
from core.training.learning.trainer import Trainer


@dataclass(frozen=True)
class Ready:
    """A plan whose images are read and whose frozen layers have done their work.

    Attributes:
        plan: The plan.
        cache: The images.
        augmentation: How training images are changed.
        threads: How many may be used.
        given: What the trained part begins with; none: pixels.
        batches: Of every epoch.
        frozen_seconds: What the frozen layers took.
        computed: Images and views that went through them.
    """

    plan: Plan
    cache: PixelCache
    augmentation: Augmentation
    threads: int
    given: tuple[Point, ...]
    batches: Batches
    frozen_seconds: float
    computed: int


def make_ready(plan: Plan, report: Reporter) -> Ready:
    """Read the images and run what is frozen, where that was not done before.

    Raises:
        StorageError: An image has changed, or the caches cannot be written.
        Stopped: The user asked to stop; what was computed is kept.
    """
    settings = plan.settings.options
    threads = limit_threads(int(settings["threads"]), plan.network)
    if distributed.ranks().first:
        PixelCache(plan.project.cache_folder, plan.preparation).keep(plan.data.images, report)
    distributed.barrier()
    cache = PixelCache(plan.project.cache_folder, plan.preparation)
    augmentation = _augmentation(plan, cache)
    began = time.perf_counter()
    inputs, given, computed = _inputs(plan, cache, augmentation, threads, report)
    seconds = time.perf_counter() - began
    batches = Batches(
        inputs,
        [image.content_hash for image in plan.data.images],
        plan.data.labels,
        plan.data.positions(Split.TRAINING),
        plan.data.watched(),
        _sizes(plan, given),
        int(settings["batch_size"]),
        plan.settings.seed,
    )
    return Ready(plan, cache, augmentation, threads, given, batches, seconds, computed)


def make_trainer(ready: Ready, report: Reporter) -> tuple[Trainer, Plan]:
    """Choose how to compute, as kept with the run or by measuring, and make the trainer.

    Returns:
        The trainer, and the plan with what was chosen.
    """
    plan, choice = _choice(ready, report)
    settings = plan.settings.options
    learner = _learner(ready, choice.channels_last).to(choice.device)
    trainer = Trainer(
        learner,
        ready.batches,
        settings,
        plan.data.names,
        class_weights(plan.data, wanted=bool(settings["class_weights"])).to(choice.device),
        bf16=choice.bf16,
        piece=piece_that_fits(
            plan.network, int(settings["batch_size"]), choice.device, learner.names
        ),
        head_first=head_is_new(plan) and scoring(plan.network, plan.last) is None,
    )
    return trainer, plan


def head_is_new(plan: Plan) -> bool:
    """Return whether only the last layer of a pretrained network begins anew."""
    new = any(s.name == plan.last and s.fit != "kept" for s in plan.settings.layers)
    return new and recipe_named(plan.settings.recipe).needs_weights


def _augmentation(plan: Plan, cache: PixelCache) -> Augmentation:
    wish = str(plan.settings.options["mirroring"])
    learnt = [plan.data.images[i] for i in plan.data.positions(Split.TRAINING)]
    colours = plan.preparation.channels == 3 and wish == "auto" and have_colours(cache, learnt)
    return augmentation_for(plan.preparation, mirroring=wish == "on" or colours)


def _sizes(plan: Plan, given: tuple[Point, ...]) -> ImageSizes:
    """Return how large the images are in each epoch; what frozen layers made has one size."""
    share = 0.0 if given else float(plan.settings.options.get("small_first", 0.0))
    return image_sizes(plan.network, share, int(plan.settings.options["epochs"]))


def _inputs(
    plan: Plan, cache: PixelCache, augmentation: Augmentation, threads: int, report: Reporter
) -> tuple[Inputs, tuple[Point, ...], int]:
    """Run what is frozen once per image and view, if anything is.

    Returns:
        What makes tensors of images, what they stand for, and how many were computed.
    """
    analysis = analyse(plan.network)
    inside = prefix_nodes(analysis)
    if not any(analysis.results[id_].tensors for id_ in inside):
        changing = bool(plan.settings.options.get("augmentation", True))
        return PixelInputs(cache, augmentation, changing), (), 0
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
    return ViewInputs(store, prefix.shapes, views), prefix.boundary, computed


def fitted_head(ready: Ready, report: Reporter) -> Weights:
    """Return the last layer's tensors as the quick recipe fits them, if it can.

    From there the other layers adapt without first being disturbed by a random last layer.

    Source: A. Kumar et al., "Fine-tuning can distort pretrained features", 2022.
    """
    plan = ready.plan
    last = scoring(plan.network, plan.last)
    if last is None:
        return {}
    prefix = features_before(plan.last, plan.network, plan.weights, plan.preparation)
    store = ViewStore(
        plan.project.cache_folder, prefix, ready.cache, ready.augmentation, ready.threads
    )
    training = plan.data.positions(Split.TRAINING)
    hashes = [plan.data.images[i].content_hash for i in training]
    store.fill([(key, SAME) for key in hashes], report)
    if not distributed.ranks().first:
        return dict(distributed.from_first(None))
    entered = np.stack([store.values(key, SAME) for key in hashes])
    features = last.features(entered)
    labels, groups = plan.data.labels[training], plan.data.groups[training]
    alike = bool(plan.settings.options["class_weights"])
    head = fit_head(features, labels, groups, plan.settings.seed, report, classes_alike=alike)
    return dict(distributed.from_first(last.tensors(head, entered)))


def _choice(ready: Ready, report: Reporter) -> tuple[Plan, Choice]:
    """Return how to compute, as kept with the run or else measured and kept with it."""
    plan = ready.plan
    kept = kept_choice(plan.settings.chosen)
    if kept:
        return plan, kept
    choice: Choice | None = None
    if distributed.ranks().first:
        plan, choice = _chosen(ready, report)
    return plan, distributed.from_first(choice)


def _chosen(ready: Ready, report: Reporter) -> tuple[Plan, Choice]:
    """Measure the ways to compute, and keep the fastest with the run."""
    plan = ready.plan
    report.progress(Phase.MEASURING_COMPUTER, 0, 1)

    def make(last: bool) -> Learner:
        report.check()  # measuring all ways may take longer than the user wants to wait
        return _learner(ready, last)

    choice = choose(make, _measured(ready), plan.settings.options)
    settings = msgspec.structs.replace(plan.settings, chosen=choice.shown())
    when_there_is_room(
        lambda: write_atomically(plan.folder / "settings.json", encode_record(settings)), report
    )
    if absent := _absent(choice, plan):
        report.log(absent)
    report.log(_sentence(choice, plan))
    if sizes := ready.batches.sizes.describe():
        report.log(sizes)
    return replace(plan, settings=settings), choice


def _measured(ready: Ready) -> Batch:
    """Return as many images in full size as are measured with, and as fit the memory."""
    settings = ready.plan.settings.options
    batch = ready.batches.batch(int(settings["epochs"]) - 1, 0)
    device = choose_device(str(settings["device"]))
    most = max(2, piece_that_fits(ready.plan.network, MEASURED_IMAGES, device))
    return Batch(tuple(x[:most] for x in batch.inputs), batch.labels[:most], most)


def _absent(choice: Choice, plan: Plan) -> str:
    """Say that the wished device is not there, or return ""."""
    wanted = str(plan.settings.options["device"])
    if wanted in ("auto", choice.device):
        return ""
    return (
        f"There is no {dict(DEVICE.choices)[wanted]} that PyTorch can use here: training uses "
        "the CPU."
    )


def _sentence(choice: Choice, plan: Plan) -> str:
    """Say how it is computed; how long it takes is known better once it learns."""
    bits = "16-bit numbers (bfloat16)" if choice.bf16 else "32-bit numbers"
    order = "channels last" if choice.channels_last else "channels first"
    compared = "auto" in (plan.settings.options["precision"], plan.settings.options["layout"])
    return (
        f"{'Fastest here, as measured' if compared else 'As chosen'}: {bits}, {order}, "
        f"{1 / choice.seconds:.0f} images/s."
    )


def _learner(ready: Ready, channels_last: bool) -> Learner:
    plan, stored = ready.plan, set[str]()
    if plan.settings.options.get(STORED_STATISTICS.name, False):
        stored = {layer.name for layer in plan.settings.layers if layer.fit == "kept"}
    return Learner(
        plan.network,
        plan.weights,
        ready.given,
        plan.preparation,
        channels_last=channels_last,
        stored=stored,
    )


def class_weights(data: ImageSet, *, wanted: bool) -> torch.Tensor:
    """Return each class's weight in the loss; over the training images their mean is 1."""
    counts = np.bincount(data.labels[data.positions(Split.TRAINING)], minlength=len(data.names))
    even = counts.sum() / (len(counts) * np.maximum(counts, 1))
    return torch.tensor(even if wanted else np.ones(len(counts)), dtype=torch.float32)
