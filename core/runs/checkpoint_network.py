"""A training that is not finished: its weights so far, read without torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import safetensors
import safetensors.numpy

from core.decoding import decode
from core.errors import StorageError
from core.images.preparation import Preparation
from core.network.layers.base.layer import Weights
from core.network.network import Network, read_network
from core.runs.checkpoint import newest_record, read_best, read_checkpoint
from core.runs.image_set import read_image_set
from core.runs.plan import PREPARATION, START_WEIGHTS

AVERAGE = "average/"
"""What the names of the averaged weights begin with in a checkpoint: those that are watched."""


@dataclass(frozen=True, slots=True)
class CheckpointNetwork:
    """An unfinished run's network.

    Attributes:
        network: With an output for each class.
        weights: All tensors.
        preparation: How an image becomes the network's input.
        labels: The classes.
        epochs: How many epochs the weights have learnt.
    """

    network: Network
    weights: Weights
    preparation: Preparation
    labels: list[str]
    epochs: float


def newest_network(run_folder: Path) -> CheckpointNetwork:
    """Return an unfinished run's network with the averaged weights of its newest checkpoint.

    Raises:
        StorageError: There is no checkpoint yet, or a file is missing or damaged.
    """
    kept = read_checkpoint(run_folder)
    if kept is None:
        raise StorageError(
            "The training has not saved any weights yet", run_folder, "Wait for its first epoch."
        )
    record, tensors = kept
    named = (item for item in tensors.items() if item[0].startswith(AVERAGE))
    learnt = {name.removeprefix(AVERAGE): tensor for name, tensor in named}
    return _network(run_folder, learnt, record.epochs_done)


def best_network(run_folder: Path) -> CheckpointNetwork:
    """Return an unfinished run's network with the weights of its best epoch so far.

    Raises:
        StorageError: No epoch is done yet, or a file is missing or damaged.
    """
    record = newest_record(run_folder)
    if record is None or record.best is None:
        raise StorageError(
            "The training has no weights to try yet",
            run_folder,
            "Wait for its first epoch to end.",
        )
    epoch = record.best.epoch
    return _network(run_folder, read_best(run_folder, epoch), epoch)


def _network(run_folder: Path, learnt: Weights, epochs: float) -> CheckpointNetwork:
    """Complete what was learnt by what the run began with."""
    try:
        begun = safetensors.numpy.load_file(run_folder / START_WEIGHTS)
        preparation = decode((run_folder / PREPARATION).read_bytes(), Preparation)
    except (OSError, msgspec.DecodeError, safetensors.SafetensorError) as error:
        raise StorageError(
            f"The training's files cannot be read ({error})",
            run_folder,
            "It may have ended: use the finished run.",
        ) from error
    return CheckpointNetwork(
        network=read_network(run_folder / "network.json"),
        weights={**begun, **learnt},
        preparation=preparation,
        labels=read_image_set(run_folder).names,
        epochs=epochs,
    )
