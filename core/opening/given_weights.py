"""The weights that a person names: ImageNet's, or a file of their own."""

from __future__ import annotations

from pathlib import Path

from core.jobs.job import Reporter
from core.network.layers.base.layer import Weights
from core.pretrained.catalogue import PRETRAINED
from core.pretrained.efficientnet_lite_weights import PretrainedError
from core.pretrained.torchvision_table import torchvision_table
from core.pretrained.weights_file import read_weights

IMAGENET = "imagenet"
"""Stands for the weights that a network has from ImageNet."""


def given_weights(network: str, choice: str, report: Reporter) -> Weights:
    """Return weights by their own names; whether they fit the network is not asked.

    Args:
        network: What a person calls it: only a template's or torchvision's name has ImageNet's.
        choice: `IMAGENET`, or the path of a `.safetensors`, `.pth` or `.pt` file.
        report: Receives the progress of a download.

    Raises:
        PretrainedError: The network has no ImageNet weights, or they cannot be had.
        WeightsFileError: The file cannot be read.
    """
    if choice.lower() != IMAGENET:
        return read_weights(Path(choice))
    name = network.lower()
    if name in PRETRAINED:
        return PRETRAINED[name].load_weights()
    if name in torchvision_table():
        return read_weights(torchvision_table()[name].present(report))
    raise PretrainedError(
        f"There are no ImageNet weights of “{network}”",
        hint="The command “networks” shows which networks have some; or give a weights file.",
    )
