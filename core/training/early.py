"""Answers of a training that is not finished: its best weights so far, without torch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import safetensors
import safetensors.numpy

from core.errors import StorageError
from core.images.preparation import Preparation
from core.network.network import read_network
from core.training.checkpoint import newest_record, read_best
from core.training.image_set import read_image_set
from core.training.start import PREPARATION, START_WEIGHTS

if TYPE_CHECKING:
    from core.inference.classifier import Classifier


def best_classifier(run_folder: Path) -> tuple[Classifier, int]:
    """Return a classifier of an unfinished run's best weights, and the epoch they are of.

    It runs on one core, so that a training beside it is hardly disturbed.

    Raises:
        StorageError: No epoch is done yet, or a file is missing or damaged.
    """
    from core.export.model_file import classifier_file
    from core.inference.classifier import Classifier

    record = newest_record(run_folder)
    if record is None or record.best is None:
        raise StorageError(
            "The training has no weights to answer with yet",
            run_folder,
            "Wait for its first epoch to end.",
        )
    try:
        begun = safetensors.numpy.load_file(run_folder / START_WEIGHTS)
        preparation = msgspec.json.decode((run_folder / PREPARATION).read_bytes(), type=Preparation)
    except (OSError, msgspec.DecodeError, safetensors.SafetensorError) as error:
        raise StorageError(
            f"The training's files cannot be read ({error})",
            run_folder,
            "It may have ended: use the finished run.",
        ) from error
    weights = {**begun, **read_best(run_folder, record.best.epoch)}
    network, labels = read_network(run_folder / "network.json"), read_image_set(run_folder).names
    model = classifier_file(network, weights, preparation, labels)
    return Classifier(model, run_folder, one_at_a_time=False), record.best.epoch
