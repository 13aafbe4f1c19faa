"""A network with its weights as ONNX, written without torch."""

from __future__ import annotations

from collections.abc import Sequence

from core.network.analysis import Analysis, LayerResult, analyse, check_weights
from core.network.bypassing import without_bypassed
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Input, Output
from core.network.network import Network
from core.onnx.graph_writer import GraphWriter

COUNTER = "num_batches_tracked"
"""The only tensor of a batch normalisation that takes no part in computing."""


def write_network(graph: GraphWriter, network: Network, weights: Weights, value: str) -> str:
    """Write a network's layers into a graph.

    Args:
        graph: Receives them.
        network: Sound, with one input and one output.
        weights: All its tensors.
        value: Name of the value that enters, (batch, channels, height, width).

    Returns:
        Name of the value that leaves.

    Raises:
        NetworkError: The network has problems, or a tensor is missing.
    """
    network = without_bypassed(network)
    analysis = analyse(network)
    check_weights(analysis, weights)
    (leaving,) = write_layers(graph, analysis, weights, value, [(network.only(Output).id, 0)])
    return leaving


def write_layers(
    graph: GraphWriter,
    analysis: Analysis,
    weights: Weights,
    value: str,
    wanted: Sequence[tuple[str, int]],
) -> list[str]:
    """Write the layers of a network that lead to some of its values.

    Args:
        graph: Receives them.
        analysis: Of a sound network with one input.
        weights: Tensors of these layers at least.
        value: Name of the value that enters, (batch, channels, height, width).
        wanted: Each a node's id and which of its outputs.

    Returns:
        Names of the wanted values.

    Raises:
        NetworkError: The network has problems.
    """
    analysis.require_sound()
    network = analysis.network
    needed = network.leading_to([id_ for id_, _ in wanted])
    values = {(network.only(Input).id, 0): value}
    constants: dict[str, str] = {}
    for result in analysis.results.values():
        node = result.node
        if (node.id, 0) in values or node.id not in needed:
            continue
        graph.begin(node.name)
        tensors = _constants(graph, result, weights, constants)
        sources = [values[edge.source, edge.source_port] for edge in network.incoming[node.id]]
        shapes = [shape for shape in result.inputs if shape is not None]
        outputs = node.layer.write_onnx_outputs(graph, sources, tensors, shapes)
        values.update({(node.id, port): name for port, name in enumerate(outputs)})
    return [values[point] for point in wanted]


def _constants(
    graph: GraphWriter, result: LayerResult, weights: Weights, written: dict[str, str]
) -> dict[str, str]:
    """Write a layer's tensors, those of a shared layer once; return their names in the graph."""
    names = {}
    for tensor in result.tensors:
        if tensor.name != COUNTER:
            name = f"{result.node.name}.{tensor.name}"
            if name not in written:
                written[name] = graph.constant(weights[name], name)
            names[tensor.name] = written[name]
    return names
