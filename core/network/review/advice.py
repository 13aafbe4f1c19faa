"""What works in a design and may still be better."""

from __future__ import annotations

from collections.abc import Iterator

from core.network.analysis import Analysis
from core.network.layers.activation import Softmax
from core.network.layers.base.layer import Family, describe
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.layers.fully_connected import Linear
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.rearrangement import Permute, Reshape
from core.network.layers.transposed_convolution import ConvTranspose2d
from core.network.network import Node
from core.network.problems import Problem
from core.network.results import LayerResult


def advise(analysis: Analysis) -> tuple[Problem, ...]:
    """Return advice on the layers that have no problem, in computing order."""
    turned = _turned(analysis)
    advice = [
        advice
        for result in analysis.results.values()
        if result.measures is not None
        for advice in _advise(analysis, result, turned)
    ]
    return (*advice, *map(_wireless, _detached(analysis)))


def _detached(analysis: Analysis) -> Iterator[Node]:
    network = analysis.network
    return (node for node in network.nodes if node.id in network.detached)


def _wireless(node: Node) -> Problem:
    return Problem(
        node.id,
        f"{node.name} is not connected to the network",
        why="No wire leads to it or from it: it is neither trained nor exported.",
        hint="Connect it or delete it.",
        advice=True,
    )


def _turned(analysis: Analysis) -> set[str]:
    """Return the layers whose maps were laid out anew, so that the last axis may hold channels."""
    turned: set[str] = set()
    for id_, result in analysis.results.items():
        layer = result.node.layer
        begins = isinstance(layer, Permute | Reshape) or layer.family is Family.OPAQUE
        sources = {edge.source for edge in analysis.network.incoming[id_]}
        ends = layer.family in (Family.CONVOLUTION, Family.POOLING)
        if begins or (not ends and not turned.isdisjoint(sources)):
            turned.add(id_)
    return turned


def _advise(analysis: Analysis, result: LayerResult, turned: set[str]) -> Iterator[Problem]:
    layer = result.node.layer
    if isinstance(layer, BatchNorm2d):
        yield from _redundant_bias(analysis, result)
    if isinstance(layer, Softmax | Output):
        yield from _doubled_softmax(analysis, result)
    source = _source(analysis, result)
    if isinstance(layer, Linear) and source and source.node.id not in turned:
        yield from _missing_flatten(result)
    if isinstance(layer, Output):
        yield from _map_as_output(result)
    ends = isinstance(layer, Output | AuxiliaryOutput)
    if not ends and not analysis.network.outgoing[result.node.id]:
        yield Problem(
            result.node.id,
            f"Nothing uses the output of {result.node.name}",
            why="It does not lead to the classifier output, so it changes no score.",
            hint="Connect it or delete it.",
            advice=True,
        )


def _redundant_bias(analysis: Analysis, result: LayerResult) -> Iterator[Problem]:
    before = _source(analysis, result)
    if before is None or not isinstance(before.node.layer, Conv2d | ConvTranspose2d):
        return
    if before.node.layer.bias and len(analysis.network.outgoing[before.node.id]) == 1:
        count = before.node.layer.out_channels
        yield Problem(
            before.node.id,
            f"The bias of {before.node.name} has no effect",
            why=f"{result.node.name} after it subtracts the mean of each channel, and the "
            f"{count:,} biases with it; its own shift does their work.",
            hint="Turn the bias off.",
            advice=True,
        )


def _doubled_softmax(analysis: Analysis, result: LayerResult) -> Iterator[Problem]:
    before = _source(analysis, result)
    if before is None or not isinstance(before.node.layer, Softmax):
        return
    why = "A softmax of probabilities makes them nearly equal."
    if isinstance(result.node.layer, Output):
        why = "Training and export turn scores into probabilities themselves. " + why
    yield Problem(
        before.node.id,
        f"The softmax of {before.node.name} is applied twice",
        why=why,
        hint="Delete it.",
        advice=True,
    )


def _missing_flatten(result: LayerResult) -> Iterator[Problem]:
    (shape,) = result.inputs
    if shape is not None and len(shape) == 3:
        yield Problem(
            result.node.id,
            f"{result.node.name} receives a map of {describe(shape)} and connects its last axis",
            why=f"Of {describe(shape)} only the {shape[-1]} columns of each row are connected, as "
            "PyTorch does it; to connect all numbers, the map must be flattened first.",
            hint="Insert a Flatten layer before it.",
            advice=True,
        )


def _map_as_output(result: LayerResult) -> Iterator[Problem]:
    shape = result.output
    if shape is not None and len(shape) > 1:
        yield Problem(
            result.node.id,
            f"The output is {describe(shape)}, not one score for each class",
            why="A classifier gives one number for each class.",
            hint="End the network with global pooling or Flatten, and Linear.",
            advice=True,
        )


def _source(analysis: Analysis, result: LayerResult) -> LayerResult | None:
    """Return the layer a one-input layer takes its input from."""
    edges = analysis.network.incoming[result.node.id]
    return analysis.results[edges[0].source] if len(edges) == 1 else None
