"""Checkpoints: all that a training needs to go on as if it had never ended."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path

import msgspec
import safetensors
import safetensors.numpy

from core.atomic import write_atomically
from core.decoding import decode
from core.errors import StorageError
from core.network.layers.base.layer import Weights
from core.runs.runs import encode_record, encode_weights

FORMAT = 1
KEPT = 2
"""The newest, and the one before it should the disk have lost part of the newest."""

DAMAGED = (OSError, msgspec.DecodeError, UnicodeDecodeError)
"""What reading a damaged record raises."""


class Best(msgspec.Struct, frozen=True):
    """The epoch with the smallest validation loss so far.

    Attributes:
        epoch: From 1 on; 0 is the network before the first step.
        validation_loss: Mean cross-entropy.
        validation_accuracy: Share of right answers, 0…1.
    """

    epoch: int
    validation_loss: float
    validation_accuracy: float


class Sums(msgspec.Struct, frozen=True):
    """What the batches of the present epoch have added up to.

    Attributes:
        loss: Sum over images, as trained.
        right: Right answers.
        images: Images seen.
        seconds: Time taken.
    """

    loss: float = 0.0
    right: int = 0
    images: int = 0
    seconds: float = 0.0


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Where a training stands.

    Attributes:
        format: Version of the checkpoint.
        step: Batches since the run began.
        epoch: Whole epochs done.
        batch: Batches done in the present epoch.
        batches: Batches of an epoch.
        sums: Of the present epoch.
        seconds: Trained since the run began, pauses left out.
        rate_scale: What the learning rate was reduced to after it failed, 1 at first.
        best: The best epoch so far.
        waited: Epochs since then.
        written: ISO 8601, UTC.
    """

    format: int = FORMAT
    step: int = 0
    epoch: int = 0
    batch: int = 0
    batches: int = 1
    sums: Sums = Sums()
    seconds: float = 0.0
    rate_scale: float = 1.0
    best: Best | None = None
    waited: int = 0
    written: str = ""

    @property
    def epochs_done(self) -> float:
        """Epochs done, 2.25 = a quarter through the third."""
        return self.epoch + self.batch / max(self.batches, 1)


def write_checkpoint(run_folder: Path, record: Record, tensors: Weights) -> None:
    """Write a checkpoint and remove all but the newest two.

    The record is written after the tensors: without it they are not met.

    Raises:
        StorageError: It cannot be written; the earlier ones are still there.
    """
    folder = checkpoint_folder(run_folder)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    record = msgspec.structs.replace(record, written=now)
    path = folder / f"{record.step:010}.json"
    write_atomically(path.with_suffix(".safetensors"), encode_weights(tensors))
    write_atomically(path, encode_record(record))
    _remove_others(run_folder)


def read_checkpoint(run_folder: Path) -> tuple[Record, Weights] | None:
    """Return the newest whole checkpoint, or None if there is none."""
    for path in _newest_first(run_folder):
        try:
            record = _read_record(path)
            return record, safetensors.numpy.load_file(path.with_suffix(".safetensors"))
        except (*DAMAGED, safetensors.SafetensorError):
            continue
    return None


def newest_record(run_folder: Path) -> Record | None:
    """Return the record of the newest checkpoint without its tensors, or None."""
    for path in _newest_first(run_folder):
        try:
            return _read_record(path)
        except DAMAGED:
            continue
    return None


def write_best(run_folder: Path, epoch: int, tensors: Weights) -> None:
    """Keep the weights of the best epoch so far; those that a checkpoint names stay as well.

    Raises:
        StorageError: They cannot be written.
    """
    write_atomically(_best_file(run_folder, epoch), encode_weights(tensors))


def read_best(run_folder: Path, epoch: int) -> Weights:
    """Return the weights of a best epoch.

    Raises:
        StorageError: They are missing or damaged.
    """
    path = _best_file(run_folder, epoch)
    try:
        return safetensors.numpy.load_file(path)
    except (OSError, safetensors.SafetensorError) as error:
        raise StorageError(
            f"The best weights of the run cannot be read ({error})", path, "Train again."
        ) from error


def checkpoint_folder(run_folder: Path) -> Path:
    """Return where a run's checkpoints lie until it is finished."""
    return run_folder / "checkpoints"


def _best_file(run_folder: Path, epoch: int) -> Path:
    return checkpoint_folder(run_folder) / f"best-{epoch:06}.safetensors"


def _remove_others(run_folder: Path) -> None:
    """Remove all but the newest checkpoints and the best weights that they name.

    Among the rest is what a kill left between two files, or half-written.
    """
    kept: set[Path] = set()
    for path in _newest_first(run_folder)[:KEPT]:
        kept |= {path, path.with_suffix(".safetensors")}
        with suppress(*DAMAGED):
            best = _read_record(path).best
            kept |= {_best_file(run_folder, best.epoch)} if best else set()
    for path in checkpoint_folder(run_folder).iterdir():
        if path not in kept:
            path.unlink(missing_ok=True)


def _newest_first(run_folder: Path) -> list[Path]:
    return sorted(checkpoint_folder(run_folder).glob("[0-9]*.json"), reverse=True)


def _read_record(path: Path) -> Record:
    record = decode(path.read_bytes(), Record)
    if record.format > FORMAT:
        raise StorageError(
            f"The checkpoint has format {record.format}; this version of Layerloom supports up "
            f"to {FORMAT}",
            path,
            "Open it with a newer version of Layerloom.",
        )
    return record
