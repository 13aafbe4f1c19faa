"""Starting and resuming a training with epochs: all between a project and a finished run."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import safetensors.numpy

from core import distributed
from core.atomic import write_atomically
from core.decoding import decode
from core.disk_space import when_there_is_room
from core.errors import LayerloomError, Paused, Stopped, StorageError
from core.images.preparation import Preparation
from core.images.splits import assign_splits
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.network.layers.base.layer import Weights
from core.network.network import Network, encode_network, read_network
from core.network.running.fit_weights import fit_weights
from core.project.project import Project, open_project
from core.recipes.options import Value
from core.recipes.recipes import recipe_named
from core.runs.checkpoint import checkpoint_folder, newest_record
from core.runs.image_set import ImageSet, read_image_set
from core.runs.run_lock import is_locked, run_lock
from core.runs.runs import (
    Run,
    RunSettings,
    encode_record,
    encode_weights,
    new_folder,
    open_run,
)
from core.runs.unfinished import open_unfinished
from core.training.features.pixel_cache import PixelCache
from core.training.starting_point import (
    StartError,
    StartingPoint,
    frozen_by_default,
    starting_point,
    with_frozen,
)

START_WEIGHTS = "start.safetensors"
PREPARATION = "preparation.json"


@dataclass(frozen=True)
class Plan:
    """A training that can be carried out, and gone on with by another process.

    Attributes:
        folder: Of the run.
        project: Whose caches and images it uses.
        settings: What it was asked to do.
        network: With its frozen flags and an output for each class.
        weights: All tensors before the first step.
        preparation: How an image becomes the network's input.
        last: Name of the layer that makes the scores.
        data: The images.
        scan_seconds: What finding and reading the images took.
    """

    folder: Path
    project: Project
    settings: RunSettings
    network: Network
    weights: Weights
    preparation: Preparation
    last: str
    data: ImageSet
    scan_seconds: float = 0.0


def start_training(
    project: Project,
    recipe: str,
    network: str,
    seed: int,
    settings: Mapping[str, Value],
    report: Reporter,
) -> Run:
    """Train by a recipe with epochs and keep the run; of several processes the first one does.

    Raises:
        LayerloomError: Images, weights, network or disk do not allow it.
        Stopped: The user asked to stop; what was learnt can be gone on with.
        Paused: The user asked to pause; the same.
    """
    _need_torch()
    with distributed.joined():
        plan = new_plan(project, recipe, network, seed, settings, report)
        distributed.from_first(plan.folder)
        return _carry_out(plan.folder, report, plan)


def follow_training() -> Run:
    """Take part in a training that torchrun's first process starts.

    Raises:
        LayerloomError: The first process, or another one, ended.
    """
    _need_torch()
    with distributed.joined():
        return _carry_out(distributed.from_first(None), Reporter())


def resume_training(folder: Path, report: Reporter) -> Run:
    """Go on with a training.

    Raises:
        LayerloomError: There is nothing to go on from, or images or disk do not allow it.
        Stopped: The user asked to stop; what was learnt can be gone on with.
        Paused: The user asked to pause; the same.
    """
    open_unfinished(folder)
    _need_torch()
    with distributed.joined():
        return _carry_out(folder, report)


def _carry_out(folder: Path, report: Reporter, plan: Plan | None = None) -> Run:
    """Train as planned; a wish to stop before anything was learnt leaves nothing."""
    from core.training.run_plan import fit

    first = distributed.ranks().first
    try:
        with run_lock(folder):
            fit(plan or _plan_of(folder), report)
            if first:
                _clear(folder)
    except Paused:
        raise Paused(folder) from None
    except distributed.RankError as error:
        raise distributed.RankError(
            error.what, folder, f'Go on from its last checkpoint: layerloom resume "{folder}"'
        ) from error
    except Stopped:
        if first and newest_record(folder) is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    distributed.barrier()
    return open_run(folder)


def _clear(folder: Path) -> None:
    """Remove what only an unfinished run needs."""
    shutil.rmtree(checkpoint_folder(folder), ignore_errors=True)
    for name in (START_WEIGHTS, PREPARATION):
        (folder / name).unlink(missing_ok=True)


def _clear_finished(runs_folder: Path) -> None:
    """Remove what a kill right after the last write left."""
    for result in runs_folder.glob("*/result.json"):
        if not is_locked(result.parent):
            _clear(result.parent)


def new_plan(
    project: Project,
    recipe: str,
    network: str,
    seed: int,
    settings: Mapping[str, Value],
    report: Reporter,
) -> Plan:
    """Read the images, open the network, and write down in a folder what is to be done."""
    began = time.perf_counter()
    _clear_finished(project.runs_folder)
    found = project.find_images()
    report.progress("Reading the network", 0, 1)
    start = _start(recipe, network, sorted({i.class_name for i in found}), report)
    cache = PixelCache(project.cache_folder, start.preparation)
    known = when_there_is_room(project.images, report)
    images = cache.fill(found, known, report)
    images = assign_splits(images, project.images_folder, project.record.seed)
    when_there_is_room(lambda: project.keep_images(images), report)
    data = ImageSet.gather(images)
    if data.names != sorted({i.class_name for i in found}):  # a class without a readable image
        start = _start(recipe, network, data.names, report)
    report.log(start.sentence())
    if left_out := data.classes_left_out(project.images_folder):
        report.log(left_out)
    record = RunSettings(
        recipe=recipe,
        network=network,
        network_title=start.title,
        images=str(project.images_folder),
        seed=seed,
        started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        options=dict(settings),
        layers=start.starts(),
        trained_on=start.trained_on,
        licence=start.licence,
    )
    plan = Plan(
        folder=when_there_is_room(lambda: new_folder(project.runs_folder, record), report),
        project=project,
        settings=record,
        network=start.network,
        weights=_complete(start, seed),
        preparation=start.preparation,
        last=start.last,
        data=data,
        scan_seconds=time.perf_counter() - began,
    )
    _write(plan, report)
    return plan


def _start(recipe: str, network: str, labels: list[str], report: Reporter) -> StartingPoint:
    """Return the starting point with the layers frozen that the recipe leaves alone."""
    needs_weights = recipe_named(recipe).needs_weights
    goes_on = (Path(network) / "result.json").exists()  # a finished run, with more epochs
    start = starting_point(network, labels, report, fresh=not needs_weights and not goes_on)
    if needs_weights and not start.weights:
        raise StartError(
            f"{start.title} has no weights to start from",
            network,
            "Choose a pretrained network, or the recipe “From scratch”.",
        )
    if recipe == "balanced":
        start = frozen_by_default(start)
    else:
        start = replace(start, network=with_frozen(start.network, set()))
    if not analyse(start.network).trainable_parameters:
        raise StartError(
            "All layers of the network are frozen: nothing could learn",
            network,
            "Let some layers of the design learn.",
        )
    return start


def _complete(start: StartingPoint, seed: int) -> Weights:
    """Return all tensors: those that fit, and fresh ones for the others."""
    import torch

    from core.network.running.module import NetworkModule

    state = torch.get_rng_state()
    torch.manual_seed(seed)
    fresh = {k: v.numpy() for k, v in NetworkModule(start.network).state_dict().items()}
    torch.set_rng_state(state)
    return {name: start.weights.get(name, value) for name, value in fresh.items()}


def _write(plan: Plan, report: Reporter) -> None:
    """Write what another process needs to go on; the list of images last: it marks it as whole."""
    contents = {
        "settings.json": encode_record(plan.settings),
        "network.json": encode_network(plan.network),
        PREPARATION: encode_record(plan.preparation),
        START_WEIGHTS: encode_weights(plan.weights),
    }

    def write() -> None:
        for name, data in contents.items():
            write_atomically(plan.folder / name, data)
        plan.data.write(plan.folder)

    try:
        when_there_is_room(write, report)
    except (StorageError, Stopped):
        shutil.rmtree(plan.folder, ignore_errors=True)
        raise


def _plan_of(folder: Path) -> Plan:
    """Read a plan back.

    Raises:
        StorageError: A part of it is missing or damaged.
    """
    from core.training.starting_point import last_layer

    settings = open_unfinished(folder).settings
    network = read_network(folder / "network.json")
    try:
        weights = safetensors.numpy.load_file(folder / START_WEIGHTS)
        preparation = decode((folder / PREPARATION).read_bytes(), Preparation)
    except (OSError, msgspec.DecodeError, safetensors.SafetensorError) as error:
        raise StorageError(
            f"The training cannot be gone on with ({error})", folder, "Train again."
        ) from error
    if not fit_weights(network, weights).complete:
        raise StorageError(
            "The training cannot be gone on with: its weights do not fit its network",
            folder / START_WEIGHTS,
            "Train again.",
        )
    return Plan(
        folder=folder,
        project=open_project(folder.parent.parent),
        settings=settings,
        network=network,
        weights=weights,
        preparation=preparation,
        last=last_layer(network),
        data=read_image_set(folder),
    )


def _need_torch() -> None:
    """Import PyTorch.

    Raises:
        LayerloomError: It is not installed, or broken.
    """
    try:
        import torch  # noqa: F401
        import torchvision  # noqa: F401
    except ImportError as error:
        raise LayerloomError(
            f"This recipe needs PyTorch and torchvision, which cannot be loaded ({error})",
            hint='Install them: pip install "layerloom[torch]", or use the recipe “Quick”.',
        ) from error
