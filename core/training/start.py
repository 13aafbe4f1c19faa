"""Starting and resuming a training with epochs: all between a project and a finished run."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from core import distributed
from core.disk_space import when_there_is_room
from core.errors import LayerloomError, Paused, Stopped
from core.images.splits import assign_splits
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.network.analysis import analyse
from core.network.layers.base.layer import Weights
from core.opening.meaning import RunFolder, meaning
from core.project.project import Project
from core.recipes.options import Value
from core.recipes.recipes import Recipe
from core.runs.checkpoint import checkpoint_folder, newest_record
from core.runs.image_set import ImageSet
from core.runs.plan import Plan, read_plan, write_plan
from core.runs.run_files import PREPARATION, RESULT, START_WEIGHTS
from core.runs.run_lock import is_locked, run_lock
from core.runs.runs import (
    Run,
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


def start_training(
    project: Project,
    recipe: Recipe,
    network: str,
    seed: int,
    settings: Mapping[str, Value],
    report: Reporter,
) -> Run:
    """Train by a recipe with epochs and keep the run; of several processes the first one does.

    Raises:
        LayerloomError: Images, weights, network or disk do not allow it.
        Stopped: The user asked to stop; the training can be resumed.
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
    """Resume a training.

    Raises:
        LayerloomError: There is nothing to go on from, or images or disk do not allow it.
        Stopped: The user asked to stop; the training can be resumed.
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
            fit(plan or read_plan(folder), report)
            if first:
                _clear(folder)
    except Paused:
        raise Paused(folder) from None
    except distributed.RankError as error:
        raise distributed.RankError(
            error.what, folder, f'Resume from its last checkpoint: layerloom resume "{folder}"'
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
    for result in runs_folder.glob(f"*/{RESULT}"):
        if not is_locked(result.parent):
            _clear(result.parent)


def new_plan(
    project: Project,
    recipe: Recipe,
    network: str,
    seed: int,
    settings: Mapping[str, Value],
    report: Reporter,
) -> Plan:
    """Read the images, open the network, and write down in a folder what is to be done."""
    began = time.perf_counter()
    _clear_finished(project.runs_folder)
    found = project.find_images()
    report.progress(Phase.READING_NETWORK, 0, 1)
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
    record = start.settings(recipe.name, project.images_folder, seed, settings)
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
    write_plan(plan, report)
    return plan


def _start(recipe: Recipe, network: str, labels: list[str], report: Reporter) -> StartingPoint:
    """Return the starting point with the layers frozen that the recipe leaves alone."""
    goes_on = isinstance(meaning(network), RunFolder)  # with more epochs
    start = starting_point(network, labels, report, fresh=not recipe.needs_weights and not goes_on)
    if recipe.needs_weights and not start.weights:
        raise StartError(
            f"{start.title} has no weights to start from",
            network,
            "Choose a pretrained network, or the recipe “From scratch”.",
        )
    if recipe.frozen_share:
        start = frozen_by_default(start, recipe.frozen_share)
    else:
        start = replace(start, network=with_frozen(start.network, set()))
    if not analyse(start.network).trainable_parameters:
        raise StartError(
            "All layers of the network are frozen: there is nothing to train",
            network,
            "Unfreeze some layers of the design.",
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
