"""What is known of torchvision's networks and their ImageNet weights, without torch."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import msgspec

from core.decoding import decode
from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.paths import RESOURCES
from core.pretrained.download import DownloadError, download
from core.pretrained.efficientnet_lite_weights import PretrainedError

TABLE = RESOURCES / "pretrained" / "torchvision.json"
"""Written by `tests/core/pretrained/update_torchvision_table.py` from torchvision's metadata."""


class TorchvisionWeights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A network of torchvision with its default weights.

    Attributes:
        name: As torchvision has it.
        title: As shown.
        year: Of the paper.
        parameters: As torchvision counts them.
        multiply_adds: As torchvision counts them, to 0.001 G.
        top1_error: Share of ImageNet's validation images whose first answer is wrong, 0…1.
        weights_bytes: Size of the file, to 0.001 MiB.
        licence: Where torchvision states one, or "".
        url: Of the file.
        preparation: What the weights were trained with.
    """

    name: str
    title: str
    year: int
    parameters: int
    multiply_adds: int
    top1_error: float
    weights_bytes: int
    licence: str
    url: str
    preparation: Preparation

    @property
    def path(self) -> Path:
        """Where torch keeps the file once it is there."""
        return hub_folder() / "checkpoints" / self.url.rpartition("/")[2]

    @property
    def side(self) -> int:
        """Height and width in pixels of the images that the weights were trained with."""
        return self.preparation.crop

    def present(self, report: Reporter) -> Path:
        """Return the file of weights, downloaded if it is not there.

        Raises:
            PretrainedError: It cannot be downloaded.
        """
        if not self.path.exists():
            try:
                download(self.url, self.path, report)
            except DownloadError as error:
                raise PretrainedError(
                    f"The weights of {self.name} are not on this computer: {error.what}",
                    error.where,
                    error.hint,
                ) from error
        return self.path


def hub_folder() -> Path:
    """Return the folder in which torch keeps what it downloads.

    Source: PyTorch, `torch.hub.get_dir`.
    """
    usual = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "torch"
    return Path(os.environ.get("TORCH_HOME", usual)).expanduser() / "hub"


@cache
def torchvision_table() -> dict[str, TorchvisionWeights]:
    """Return every network of torchvision by its name."""
    listed = decode(TABLE.read_bytes(), list[TorchvisionWeights])
    return {network.name: network for network in listed}


def entry(name: str) -> TorchvisionWeights:
    """Return a network of torchvision.

    Raises:
        PretrainedError: There is none of this name.
    """
    if name not in torchvision_table():
        raise PretrainedError(f"torchvision has no classifier called “{name}”")
    return torchvision_table()[name]
