"""A training with epochs as it is planned: written down for whatever process carries it out."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec
import safetensors
import safetensors.numpy

from core.atomic import write_atomically
from core.decoding import decode
from core.disk_space import when_there_is_room
from core.errors import Stopped, StorageError
from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.network.last_layer import last_layer
from core.network.layers.base.layer import Weights
from core.network.network import Network, encode_network, read_network
from core.network.running.fit_weights import fit_weights
from core.project.project import Project, open_project
from core.runs.image_set import ImageSet, read_image_set
from core.runs.run_files import NETWORK, PREPARATION, SETTINGS, START_WEIGHTS
from core.runs.runs import RunSettings, encode_record, encode_weights
from core.runs.unfinished import open_unfinished


@dataclass(frozen=True)
class Plan:
    """A training that can be carried out, and resumed by another process.

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


def write_plan(plan: Plan, report: Reporter) -> None:
    """Write what another process needs to go on; the list of images last: it marks it as whole."""
    contents = {
        SETTINGS: encode_record(plan.settings),
        NETWORK: encode_network(plan.network),
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


def read_plan(folder: Path) -> Plan:
    """Read a plan back.

    Raises:
        StorageError: A part of it is missing or damaged.
    """
    settings = open_unfinished(folder).settings
    network = read_network(folder / NETWORK)
    try:
        weights = safetensors.numpy.load_file(folder / START_WEIGHTS)
        preparation = decode((folder / PREPARATION).read_bytes(), Preparation)
    except (OSError, msgspec.DecodeError, safetensors.SafetensorError) as error:
        raise StorageError(
            f"The training cannot be resumed ({error})", folder, "Train again."
        ) from error
    if not fit_weights(network, weights).complete:
        raise StorageError(
            "The training cannot be resumed: its weights do not fit its network",
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
