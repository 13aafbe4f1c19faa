"""A run: one training with its settings, its trained network and its result, as a folder."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import safetensors
import safetensors.numpy

from core.atomic import write_atomically
from core.decoding import decode
from core.errors import StorageError, storage_errors
from core.evaluation.metrics import Scores
from core.images.preparation import Preparation
from core.network.layers.base.layer import Weights
from core.network.network import Network, encode_network, read_network
from core.recipes.options import Value
from core.recipes.recipes import RECIPES
from core.runs.curve import CURVE_FILE, Point, encode_point

FORMAT = 1

Record = TypeVar("Record")


class LayerStart(msgspec.Struct, frozen=True):
    """What became of one layer's weights before the first step.

    Attributes:
        name: Of the layer.
        fit: "kept", "partly fitting" or "re-initialised".
        frozen: Whether training leaves it alone.
        why: What did not fit, as a sentence, or "".
    """

    name: str
    fit: str
    frozen: bool
    why: str = ""


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run was asked to do: enough to do it again.

    Attributes:
        format: Version of the run's files.
        recipe: Name of the recipe.
        network: Name of the network it started from.
        network_title: The same, as shown.
        images: Folder of the images.
        seed: Of everything random in the run.
        started: ISO 8601, UTC.
        options: The recipe's options, all of them.
        layers: What became of each layer with weights at the start.
        chosen: What the run chose for itself by measuring: device, precision, memory format,
            images at a time; as shown.
        trained_on: What the weights it started from had learnt, or "".
        licence: Of the weights it started from, or "".
    """

    format: int = FORMAT
    recipe: str
    network: str
    network_title: str
    images: str
    seed: int = 0
    started: str = ""
    options: dict[str, Value] = {}
    layers: list[LayerStart] = []
    chosen: dict[str, str] = {}
    trained_on: str = ""
    licence: str = ""


class Seconds(msgspec.Struct, frozen=True):
    """How long the parts of a run took, in seconds.

    Attributes:
        scan: Finding the images; with epochs also decoding them, and opening the network.
        features: All else before the first step: mostly the frozen layers.
        fit: Learning.
        total: All of it.
    """

    scan: float
    features: float
    fit: float
    total: float


class ImageCounts(msgspec.Struct, frozen=True):
    """How many images took which part; `unreadable` ones took none."""

    train: int
    validation: int
    test: int
    unreadable: int = 0


class Prediction(msgspec.Struct, frozen=True):
    """What the run answered for one validation or test image when it was trained.

    Attributes:
        path: The image.
        split: "validation" or "test".
        class_name: What it shows.
        probabilities: Of each class, in the order of the labels, 0…1.
    """

    path: str
    split: str
    class_name: str
    probabilities: list[float]


class RunResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came out of a run.

    Attributes:
        labels: The classes, in the order of the network's outputs.
        most_frequent: The class with the most training images: the trivial answer.
        preparation: How an image becomes the network's input.
        validation: Scores on the validation images.
        test: Scores on the test images, if there are any.
        images: How many images took which part.
        seconds: How long the parts took.
        images_per_second: Quick: images through decoding, preparation and frozen part, 0 if all was
            kept. With epochs: training images learnt from, the watching between epochs included.
        notes: What a user should know of it, as sentences.
    """

    labels: list[str]
    most_frequent: str
    preparation: Preparation
    validation: Scores
    test: Scores | None
    images: ImageCounts
    seconds: Seconds
    images_per_second: float
    notes: list[str] = []

    @property
    def held_out(self) -> Scores:
        """The scores to quote: on the test images if there are any, else on validation images."""
        return self.test or self.validation


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run in its folder."""

    folder: Path
    settings: RunSettings
    result: RunResult

    @property
    def title(self) -> str:
        """The recipe and network, as shown in lists."""
        recipe = RECIPES.get(self.settings.recipe)
        name = recipe.title if recipe else self.settings.recipe.capitalize()
        return f"{name} · {self.settings.network_title}"

    def predictions(self) -> list[Prediction]:
        """Return what the run answered for its validation and test images.

        Raises:
            StorageError: The file is missing or damaged.
        """
        return _decode(self.folder / "predictions.json", list[Prediction])

    def network(self) -> tuple[Network, Weights]:
        """Return the trained network with its weights.

        Raises:
            StorageError: A file is missing or damaged.
        """
        weights_file = self.folder / "weights.safetensors"
        network = read_network(self.folder / "network.json")
        try:
            return network, safetensors.numpy.load_file(weights_file)
        except (OSError, safetensors.SafetensorError) as error:
            raise _damaged(weights_file, error) from error


def keep_run(
    runs_folder: Path,
    settings: RunSettings,
    result: RunResult,
    network: Network,
    weights: Weights,
    predictions: list[Prediction],
    points: Sequence[Point],
) -> Run:
    """Write a finished run into a new folder of its own.

    `result.json` is written last: a folder without it is what a killed program left, and is passed
    over.

    Raises:
        StorageError: It cannot be written; no run is then listed.
    """
    folder = new_folder(runs_folder, settings)
    run = Run(folder, settings, result)
    try:
        write_atomically(folder / CURVE_FILE, b"".join(map(encode_point, points)))
        write_run(run, network, weights, predictions)
    except StorageError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return run


def write_run(run: Run, network: Network, weights: Weights, predictions: list[Prediction]) -> None:
    """Write a finished run into its folder, `result.json` last.

    Raises:
        StorageError: It cannot be written; the run is then not listed as finished.
    """
    contents: Mapping[str, bytes] = {
        "settings.json": encode_record(run.settings),
        "network.json": encode_network(network),
        "weights.safetensors": encode_weights(weights),
        "predictions.json": msgspec.json.encode(predictions),
        "result.json": encode_record(run.result),
    }
    for name, data in contents.items():
        write_atomically(run.folder / name, data)


def open_run(folder: Path) -> Run:
    """Open the run in `folder`.

    Raises:
        StorageError: There is no finished run, it is of a newer format, or it is damaged.
    """
    if not (folder / "result.json").exists():
        raise StorageError(
            "There is no finished run in this folder",
            folder,
            "Choose a folder inside a project's folder “runs”.",
        )
    return Run(folder, read_settings(folder), _decode(folder / "result.json", RunResult))


def read_settings(folder: Path) -> RunSettings:
    """Return what the run in `folder`, finished or not, was asked to do.

    Raises:
        StorageError: It is of a newer format, or damaged.
    """
    settings = _decode(folder / "settings.json", RunSettings)
    if settings.format > FORMAT:
        raise StorageError(
            f"The run has format {settings.format}; this version of Layerloom supports up to "
            f"{FORMAT}",
            folder,
            "Open it with a newer version of Layerloom.",
        )
    return settings


def list_runs(runs_folder: Path) -> tuple[list[Run], list[StorageError]]:
    """Return the finished runs, newest first, and the errors of those that cannot be opened."""
    runs, errors = [], []
    folders = sorted(runs_folder.iterdir(), reverse=True) if runs_folder.is_dir() else []
    for folder in folders:
        if (folder / "result.json").exists():
            try:
                runs.append(open_run(folder))
            except StorageError as error:
                errors.append(error)
    return runs, errors


def new_folder(runs_folder: Path, settings: RunSettings) -> Path:
    """Make a folder for a new run, named after the time and the recipe.

    Raises:
        StorageError: It cannot be made.
    """
    stem = f"{datetime.datetime.now():%Y-%m-%d %H.%M.%S} {settings.recipe}"
    for number in range(1, 1000):
        folder = runs_folder / (stem if number == 1 else f"{stem} {number}")
        try:
            with storage_errors(folder, "creating the run's folder"):
                folder.mkdir(parents=True)
        except StorageError:
            if not folder.exists():
                raise
            continue
        return folder
    raise StorageError("There are too many runs", runs_folder)


def encode_record(record: msgspec.Struct) -> bytes:
    """Return the JSON form of a record, laid out for a reader."""
    return msgspec.json.format(msgspec.json.encode(record))


def encode_weights(weights: Weights) -> bytes:
    """Encode tensors; safetensors writes the memory as it lies, so it must lie in C order."""
    ordered = {name: np.asarray(value, order="C") for name, value in weights.items()}
    return safetensors.numpy.save(ordered)


def _decode(path: Path, kind: type[Record]) -> Record:
    try:
        return decode(path.read_bytes(), kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> StorageError:
    return StorageError(
        f"The run's file {path.name} cannot be read ({error})", path, "Train again."
    )
