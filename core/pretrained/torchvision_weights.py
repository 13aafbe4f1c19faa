"""torchvision's networks with their ImageNet weights. Imports torch and torchvision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torchvision import models

from core.images.preparation import Interpolation, Preparation
from core.jobs.job import Reporter
from core.network.fit_weights import fit_weights
from core.network.importing.torchvision import crop_side, import_model, model_names
from core.network.layers.ends import Input
from core.network.layers.layer import Weights
from core.network.network import Edge, Network, Node
from core.network.templates.googlenet import RESCALE
from core.pretrained.download import DownloadError, download
from core.pretrained.efficientnet_lite import PretrainedError
from core.pretrained.weights_file import read_weights

NORMALISED_AGAIN = ("googlenet", "inception_v3")
"""Their weights expect pixels from −1 to 1 (`transform_input` in torchvision)."""


@dataclass(frozen=True)
class TorchvisionWeights:
    """One of torchvision's weights entries.

    Attributes:
        name: Of the network.
        url: Of the file.
        side: Height and width of the image in pixels.
        parameters: As torchvision counts them.
        multiply_adds: As torchvision counts them, to 0.001 G.
        licence: Where torchvision states one, or "".
        preparation: What the weights were trained with.
    """

    name: str
    url: str
    side: int
    parameters: int
    multiply_adds: int
    licence: str
    preparation: Preparation

    @property
    def path(self) -> Path:
        """Where torch keeps the file once it is there."""
        return Path(torch.hub.get_dir()) / "checkpoints" / self.url.rpartition("/")[2]


def entry(name: str) -> TorchvisionWeights:
    """Return the default weights of a network.

    Raises:
        PretrainedError: torchvision has no such network.
    """
    if name not in model_names():
        raise PretrainedError(f"torchvision has no classifier called “{name}”")
    weights = models.get_model_weights(name).DEFAULT
    return TorchvisionWeights(
        name=name,
        url=weights.url,
        side=crop_side(weights),
        parameters=weights.meta["num_params"],
        multiply_adds=round(weights.meta["_ops"] * 1e9),
        licence=weights.meta.get("license", ""),
        preparation=_preparation(weights.transforms()),
    )


def load(name: str, report: Reporter, file: Path | None = None) -> tuple[Network, Weights]:
    """Return a network of torchvision with its weights, from the cache, a file or the network.

    Args:
        name: As torchvision has it.
        report: Receives the progress of a download.
        file: The user's own file; None for the default weights.

    Raises:
        PretrainedError: The weights cannot be had, or are those of another network.
        WeightsFileError: The file cannot be read.
    """
    known = entry(name)
    network = import_model(name, side=known.side)
    path = file or _present(known, report)
    fitted = fit_weights(network, read_weights(path))
    if not fitted.complete:
        amiss = next(layer for layer in fitted.layers if layer.why)
        raise PretrainedError(
            f"These are not the weights of {name}: {amiss.name} does not fit. {amiss.why}", path
        )
    return (_normalised_again(network) if name in NORMALISED_AGAIN else network), fitted.weights


def _present(known: TorchvisionWeights, report: Reporter) -> Path:
    """Return the file of weights, downloaded if it is not there."""
    if not known.path.exists():
        try:
            download(known.url, known.path, report)
        except DownloadError as error:
            raise PretrainedError(
                f"The weights of {known.name} are not on this computer: {error.what}",
                error.where,
                error.hint,
            ) from error
    return known.path


def _preparation(transforms: Any) -> Preparation:
    mean = tuple(255 * value for value in transforms.mean)
    scale = tuple(255 * value for value in transforms.std)
    crop, resize = transforms.crop_size[0], transforms.resize_size[0]
    return Preparation(
        resize_to=max(resize, crop),
        crop=crop,
        mean=mean,
        scale=scale,
        interpolation=Interpolation(transforms.interpolation.value),
    )


def _normalised_again(network: Network) -> Network:
    """Return the network with pixels brought from ImageNet's normalisation to −1…1."""
    image = network.only(Input)
    node = Node(id="transform_input", name="transform_input", layer=RESCALE)
    edges = tuple(
        Edge(node.id, e.target, e.target_port) if e.source == image.id else e for e in network.edges
    )
    return Network(nodes=(*network.nodes, node), edges=(*edges, Edge(image.id, node.id)))
