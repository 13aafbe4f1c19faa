"""The job that opens a network for which PyTorch or the ONNX package is needed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.network.layers.base.layer import Weights
from core.network.network import Network
from core.paths import cache_folder
from core.project.designs import StoredWeights, store_weights

if TYPE_CHECKING:
    from core.opening.opening import OpenedNetwork


@dataclass(frozen=True, slots=True)
class OpenedDesign:
    """A network as the window takes it: the numbers of its weights stay in their file."""

    title: str
    network: Network
    weights: StoredWeights | None = None


@dataclass(frozen=True, slots=True)
class OpenNetworkJob:
    """Open a template, a network of torchvision, a design or an ONNX file.

    Attributes:
        name: What `open_network` takes: a name, or a file's path.
        with_weights: Whether a pretrained network's weights are wanted; where they are not on
            this computer, they are downloaded.
    """

    name: str
    with_weights: bool = False

    @property
    def title(self) -> str:
        """Say what the job does."""
        return f"Open {_title(Path(self.name).name)}"

    def run(self, report: Reporter) -> OpenedDesign:
        """Open the network and put its weights where the window can use them.

        Raises:
            NetworkError: There is none of this name.
            OnnxError: The file cannot be read.
            PretrainedError: The weights cannot be had.
        """
        report.progress(Phase.READING_NETWORK, 0, 2)
        opened = self._opened(report)
        report.progress(Phase.KEEPING_WEIGHTS, 1, 2)
        weights = _stored(self.name, opened.weights) if opened.weights else None
        report.progress(Phase.DONE, 2, 2)
        return OpenedDesign(_title(opened.title), opened.network, weights)

    def _opened(self, report: Reporter) -> OpenedNetwork:
        from core.opening.opening import OpenedNetwork, open_network
        from core.pretrained.catalogue import PRETRAINED

        if not self.with_weights:
            return open_network(self.name)
        name = self.name.lower()
        if name in PRETRAINED:
            pretrained = PRETRAINED[name]
            return OpenedNetwork(pretrained.template.title, *pretrained.load())
        from core.pretrained.torchvision_weights import load

        return OpenedNetwork(open_network(name).title, *load(name, report))


def _title(name: str) -> str:
    """Return what a network is called where it is offered: “RegNetY-400MF”."""
    from core.pretrained.torchvision_table import torchvision_table

    known = torchvision_table().get(name)
    return known.title if known else name


def _stored(name: str, weights: Weights) -> StoredWeights:
    """Write weights into the cache, in a file named after what they came from."""
    digest = hashlib.sha256(str(Path(name).absolute()).encode()).hexdigest()[:12]
    folder = cache_folder() / "opened"
    return store_weights(folder / f"{Path(name).stem}-{digest}.safetensors", weights)
