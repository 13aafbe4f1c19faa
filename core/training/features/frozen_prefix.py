"""The frozen prefix: the part of a network that training leaves alone, run once by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import onnx

from core.images.preparation import Preparation
from core.network.analysis import Analysis, analyse
from core.network.layers.base.layer import Shape, Weights
from core.network.layers.ends import Input, Output
from core.network.layers.regularisation import Dropout, StochasticDepth
from core.network.network import Network
from core.network.running.onnx_graph import write_layers
from core.onnx.graph_writer import GraphWriter
from core.training.features.auxiliary import learnt_through

Point = tuple[str, int]
"""A node's id and which of its outputs."""

PIXELS = "pixels"


@dataclass(frozen=True)
class FrozenPrefix:
    """The largest part of a network all of whose layers are frozen.

    It computes as in use: batch normalisation by its stored mean and variance, dropout not at all.

    Attributes:
        boundary: What crosses from it into the rest.
        shapes: Of each of these for one image, without the batch.
        file: The part with the normalisation of the pixels as an ONNX file: uint8
            (batch, 3, crop, crop) to the boundary's values, named "0", "1", ….
    """

    boundary: tuple[Point, ...]
    shapes: tuple[Shape, ...]
    file: bytes

    @property
    def size(self) -> int:
        """How many numbers cross the boundary for one image."""
        return sum(prod(shape) for shape in self.shapes)


def frozen_prefix(network: Network, weights: Weights, preparation: Preparation) -> FrozenPrefix:
    """Return the prefix with its weights."""
    return _up_to(boundary_of(network), network, weights, preparation)


def features_before(
    layer: str, network: Network, weights: Weights, preparation: Preparation
) -> FrozenPrefix:
    """Return all that leads to a layer as a prefix, whatever is frozen."""
    (edge,) = network.incoming[network.named(layer).id]
    return _up_to(((edge.source, edge.source_port),), network, weights, preparation)


def _up_to(
    boundary: tuple[Point, ...], network: Network, weights: Weights, preparation: Preparation
) -> FrozenPrefix:
    analysis = analyse(network)
    shapes = tuple(analysis.results[id_].outputs[port] for id_, port in boundary)
    graph = GraphWriter()
    image = preparation.write_normalising(graph, PIXELS)
    values = write_layers(graph, analysis, weights, image, boundary)
    names = [str(number) for number in range(len(boundary))]
    side = preparation.crop
    file = graph.model(
        {PIXELS: (onnx.TensorProto.UINT8, ["batch", 3, side, side])},
        dict(zip(names, values, strict=True)),
        {name: ["batch", *shape] for name, shape in zip(names, shapes, strict=True)},
    )
    return FrozenPrefix(boundary, shapes, file)


def boundary_of(network: Network) -> tuple[Point, ...]:
    """Return what crosses from the frozen prefix into the rest, in computing order."""
    analysis = analyse(network)
    inside = prefix_nodes(analysis)
    used = learnt_through(network)
    crossing = {
        (edge.source, edge.source_port): None
        for result in analysis.results.values()
        if result.node.id in used - inside
        for edge in network.incoming[result.node.id]
        if edge.source in inside
    }
    return tuple(crossing)


def prefix_nodes(analysis: Analysis) -> set[str]:
    """Return the ids of the layers of the prefix: frozen, and fed by such alone.

    Layers without parameters count where a frozen one lies behind them. Behind the last frozen
    one they count too, but for those that act at random in training.
    """
    network = analysis.network
    candidates = _fed_by_the_same(analysis, lambda id_: True)
    holding = [id_ for id_ in candidates if analysis.results[id_].parameters]
    needed = network.leading_to(holding)
    return _fed_by_the_same(
        analysis,
        lambda id_: (
            id_ in needed
            or not isinstance(network.by_id[id_].layer, Dropout | StochasticDepth | Output)
        ),
    )


def _fed_by_the_same(analysis: Analysis, admits: Callable[[str], bool]) -> set[str]:
    """Return the admitted nodes without unfrozen parameters that only such nodes feed."""
    network = analysis.network
    free = {node.name for node in network.nodes if not node.frozen}  # also of a shared layer
    inside: set[str] = set()
    for result in analysis.results.values():
        node, edges = result.node, network.incoming[result.node.id]
        still = not result.parameters or node.name not in free
        fed = bool(edges) and all(edge.source in inside for edge in edges)
        if isinstance(node.layer, Input) or (still and fed and admits(node.id)):
            inside.add(node.id)
    return inside
