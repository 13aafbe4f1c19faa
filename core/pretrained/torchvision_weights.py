"""torchvision's networks with their ImageNet weights. Imports torch and torchvision."""

from __future__ import annotations

from pathlib import Path

from core.jobs.job import Reporter
from core.network.importing.torchvision import import_model
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Input
from core.network.network import Edge, Network, Node
from core.network.running.fit_weights import fit_weights
from core.network.templates.googlenet import RESCALE
from core.pretrained.efficientnet_lite_weights import PretrainedError
from core.pretrained.torchvision_table import entry
from core.pretrained.weights_file import read_weights

NORMALISED_AGAIN = ("googlenet", "inception_v3")
"""Their weights expect pixels from −1 to 1 (`transform_input` in torchvision)."""


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
    path = file or known.present(report)
    fitted = fit_weights(network, read_weights(path))
    if not fitted.complete:
        amiss = next(layer for layer in fitted.layers if layer.why)
        raise PretrainedError(
            f"These are not the weights of {name}: {amiss.name} does not fit. {amiss.why}", path
        )
    return (_normalised_again(network) if name in NORMALISED_AGAIN else network), fitted.weights


def _normalised_again(network: Network) -> Network:
    """Return the network with pixels brought from ImageNet's normalisation to −1…1."""
    image = network.only(Input)
    node = Node(id="transform_input", name="transform_input", layer=RESCALE)
    edges = tuple(
        Edge(node.id, e.target, e.target_port) if e.source == image.id else e for e in network.edges
    )
    return Network(nodes=(*network.nodes, node), edges=(*edges, Edge(image.id, node.id)))
