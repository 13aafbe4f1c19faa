"""Opening a network by what a person calls it, with whatever it comes with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.network.last_layer import with_classes
from core.network.layers.base.layer import Shape, Weights
from core.network.network import Network, NetworkError, read_network
from core.opening.image_shape import with_input
from core.opening.listing import ListedNetwork
from core.opening.meaning import RunFolder, meaning
from core.opening.network_file import DesignFile, OnnxFile
from core.pretrained.imagenet import IMAGENET, ImageNetWeights
from core.pretrained.weights_file import read_weights
from core.project.designs import weights_path


@dataclass(frozen=True, slots=True)
class OpenedNetwork:
    """A network opened.

    Attributes:
        title: What it is called.
        network: As it was found, or built.
        weights: Those it came with; after a change of shape or classes not all need to fit any
            more: `core.network.running.fit_weights` says which do.
        preparation: How an image becomes its input; None where nothing says so.
        labels: Its classes in the order of its scores, or none.
        trained_on: What the weights had learnt, or "".
        licence: Of the weights, or "".
    """

    title: str
    network: Network
    weights: Weights | None = None
    preparation: Preparation | None = None
    labels: tuple[str, ...] = ()
    trained_on: str = ""
    licence: str = ""


def open_network(
    name: str, classes: int | None = None, shape: Shape | None = None
) -> OpenedNetwork:
    """Open a network, with those weights only that lie in the same file.

    Args:
        name: A template's or a torchvision model's name, a design `.json`, or an `.onnx` file.
        classes: Of a network that is built by its name; None: the paper's.
        shape: Of its input image, (channels, height, width), as far as it can be built so.

    Raises:
        NetworkError: There is none of this name.
        OnnxError: The file cannot be read.
    """
    match meaning(name):
        case DesignFile(path):
            return OpenedNetwork(path.stem, read_network(path))
        case OnnxFile(path):
            return _of_onnx_file(path)
        case ListedNetwork(title=title, template=template, imagenet=weights) if template:
            network = template.build(classes or template.classes)
            return OpenedNetwork(title, network, preparation=_preparation(weights))
        case ListedNetwork(title=title):
            return OpenedNetwork(title, _of_torchvision(name, classes, shape))
    return OpenedNetwork(name, _of_torchvision(name, classes, shape))


def open_with_weights(name: str, report: Reporter, classes: int | None = None) -> OpenedNetwork:
    """Open a network with its weights, wherever they are, if it has some.

    Args:
        name: As `open_network` takes it; a design's weights lie beside it, called like it. Or the
            folder of a finished run.
        report: Receives the progress of a download.
        classes: Of a network without weights that is built by its name; None: the paper's.

    Raises:
        NetworkError: There is none of this name.
        OnnxError: The file cannot be read.
        PretrainedError: The weights cannot be had.
        StorageError: There is no finished run in the folder, or it is damaged.
        WeightsFileError: The file of weights cannot be read.
    """
    match meaning(name):
        case RunFolder(path):
            return _of_run(path)
        case DesignFile(path):
            opened, beside = open_network(name), weights_path(path)
            return replace(opened, weights=read_weights(beside)) if beside.exists() else opened
        case ListedNetwork(title=title, imagenet=weights) if weights and _can_load(weights):
            return OpenedNetwork(
                title,
                *weights.load(report),
                preparation=weights.preparation,
                trained_on=IMAGENET,
                licence=weights.licence,
            )
    return open_network(name, classes)


def open_resized(name: str, shape: Shape | None, classes: int | None) -> OpenedNetwork:
    """Open a network as `open_network` does, for other images and classes.

    Args:
        name: The network's.
        shape: Of the input image, (channels, height, width); None as it is.
        classes: Of the last layer; None as it is.

    Raises:
        NetworkError: There is none of this name, or it cannot take this shape.
        OnnxError: The file cannot be read.
    """
    opened = open_network(name, classes, shape)
    network = with_classes(opened.network, classes) if classes else opened.network
    return replace(opened, network=with_input(network, shape))


def _can_load(weights: ImageNetWeights) -> bool:
    return not weights.needs_torchvision or find_spec("torchvision") is not None


def _preparation(weights: ImageNetWeights | None) -> Preparation | None:
    """Return how images are prepared for a template that was made for its weights alone."""
    return weights.preparation if weights and not weights.needs_torchvision else None


def _of_onnx_file(path: Path) -> OpenedNetwork:
    from core.network.importing.onnx_file import read_onnx  # imports onnx

    imported = read_onnx(path)
    return OpenedNetwork(path.stem, imported.network, imported.weights)


def _of_run(folder: Path) -> OpenedNetwork:
    from core.runs.runs import open_run

    run = open_run(folder)
    network, weights = run.network()
    return OpenedNetwork(
        run.settings.network_title,
        network,
        weights,
        run.result.preparation,
        tuple(run.result.labels),
        run.settings.trained_on,
        run.settings.licence,
    )


def _of_torchvision(name: str, classes: int | None, shape: Shape | None) -> Network:
    """Return a network as torchvision builds it; some are built for images of one size.

    Raises:
        NetworkError: There is none of this name, or no torchvision.
    """
    try:
        from core.network.importing.torchvision import import_model, model_names
    except ImportError as error:
        raise NetworkError(
            f"There is no template called “{name}”; torchvision's networks require PyTorch",
            hint='Install it: pip install "layerloom[torch]".',
        ) from error
    if name.lower() not in model_names():
        raise NetworkError(
            f"There is no template or torchvision network called “{name}”",
            hint="The command “networks” lists them; designs end in .json, ONNX files in .onnx.",
        )
    side = shape[1] if shape and shape[1] == shape[2] else None
    return import_model(name.lower(), classes or 1000, side)
