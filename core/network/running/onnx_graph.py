"""A network with its weights as ONNX, written without torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from core.network.analysis import Analysis, LayerResult, analyse, check_weights
from core.network.bypassing import without_bypassed
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Input, Output
from core.network.network import Network
from core.unique_names import UniqueNames

OPSET = 20
IR_VERSION = 10
"""Of the ONNX release that brought opset 20 to 21 (1.16): older runtimes still open it."""

COUNTER = "num_batches_tracked"
"""The only tensor of a batch normalisation that takes no part in computing."""


class GraphWriter:
    """Collects the nodes and constants of an ONNX graph.

    Values are known by the names that `add` and `constant` return. Those of nodes end in “:” and
    the output's number, so that a layer may be called as the file's own inputs and outputs are.
    """

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, npt.NDArray[np.generic]] = {}
        self._names = UniqueNames(between=".")
        self._prefix = ""

    def begin(self, prefix: str) -> None:
        """Name what follows after a layer."""
        self._prefix = prefix

    def add(self, operator: str, inputs: Sequence[str], **attributes: Any) -> str:
        """Add a node with one output and return the output's name."""
        (value,) = self.add_several(operator, inputs, 1, **attributes)
        return value

    def add_several(
        self, operator: str, inputs: Sequence[str], count: int, **attributes: Any
    ) -> list[str]:
        """Add a node with `count` outputs and return their names."""
        name = self._names.take(self._prefix or operator)
        values = [f"{name}:{number}" for number in range(count)]
        self._nodes.append(helper.make_node(operator, list(inputs), values, name, **attributes))
        return values

    def constant(self, value: npt.ArrayLike, name: str = "") -> str:
        """Add a constant and return its name."""
        name = self._names.take(name or f"{self._prefix}.constant")
        self._constants[name] = np.asarray(value)
        return name

    def model(
        self,
        inputs: Mapping[str, tuple[int, Sequence[int | str]]],
        outputs: Mapping[str, str],
        output_shapes: Mapping[str, Sequence[int | str]],
        metadata: Mapping[str, str] | None = None,
        output_type: int = onnx.TensorProto.FLOAT,
    ) -> bytes:
        """Return the finished file.

        Args:
            inputs: ONNX element type and shape by name.
            outputs: The value to give out, by the output's name.
            output_shapes: Shape of each output, by its name.
            metadata: Texts kept in the file.
            output_type: ONNX element type of all outputs.
        """
        ends = [helper.make_node("Identity", [value], [name]) for name, value in outputs.items()]
        graph = helper.make_graph(
            [*self._nodes, *ends],
            "layerloom",
            [helper.make_tensor_value_info(n, kind, shape) for n, (kind, shape) in inputs.items()],
            [
                helper.make_tensor_value_info(n, output_type, shape)
                for n, shape in output_shapes.items()
            ],
            [numpy_helper.from_array(value, name) for name, value in self._constants.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        model.producer_name = "layerloom"
        helper.set_model_props(model, dict(metadata or {}))
        data: bytes = model.SerializeToString()
        return data


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


def network_as_onnx(network: Network, weights: Weights) -> bytes:
    """Return a network alone as an ONNX file: float32 "input" (batch, C, H, W) to "output".

    Raises:
        NetworkError: The network has problems, or a tensor is missing.
    """
    graph = GraphWriter()
    value = write_network(graph, network, weights, "input")
    shapes = analyse(network).results
    entering = shapes[network.only(Input).id].output or ()
    leaving = shapes[network.only(Output).id].output or ()
    return graph.model(
        {"input": (onnx.TensorProto.FLOAT, ["batch", *entering])},
        {"output": value},
        {"output": ["batch", *leaving]},
    )
