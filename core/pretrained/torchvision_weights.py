"""torchvision's networks with their ImageNet weights. Imports torch and torchvision."""

from __future__ import annotations

from pathlib import Path

from core.network.importing.torchvision import import_model
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Input
from core.network.network import Edge, Network, Node
from core.network.running.fit_weights import fit_weights
from core.network.templates.googlenet import RESCALE
from core.pretrained.imagenet import PretrainedError
from core.pretrained.weights_file import read_weights

NORMALISED_AGAIN = ("googlenet", "inception_v3")
"""Their weights expect pixels from −1 to 1 (`transform_input` in torchvision)."""


def load(name: str, side: int, file: Path) -> tuple[Network, Weights]:
    """Return a network of torchvision with the weights of a file.

    Args:
        name: As torchvision has it.
        side: Height and width in pixels of the images that the weights were trained with.
        file: Torchvision's own weights, or the user's.

    Raises:
        PretrainedError: The weights are those of another network.
        WeightsFileError: The file cannot be read.
    """
    network = import_model(name, side=side)
    fitted = fit_weights(network, read_weights(file))
    if not fitted.complete:
        amiss = next(layer for layer in fitted.layers if layer.why)
        raise PretrainedError(
            f"These are not the weights of {name}: {amiss.name} does not fit. {amiss.why}", file
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
