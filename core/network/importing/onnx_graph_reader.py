"""The nodes of an ONNX graph, one after the other, as layers with weights."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator

from core.errors import LayerloomError
from core.network.layers.ends import Input, Output
from core.network.layers.layer import Layer, Shape, Weights
from core.network.network import Edge, Network, Node
from core.network.onnx_graph import OPSET

Array = npt.NDArray[np.generic]
LARGEST_FOLDED = 2**24
"""Numbers in a constant that is computed from others; what a classifier needs is far below."""


class OnnxError(LayerloomError):
    """An ONNX file that cannot be read."""


@dataclass(frozen=True)
class Operator:
    """An ONNX node with what is known of its inputs.

    Attributes:
        node: As in the file.
        settings: Its attributes by name.
        constants: Its inputs; None where one is computed or left out.
        shapes: Of its inputs, with the batch of 1; None where unknown.
        output_shapes: Of its outputs, likewise.
    """

    node: onnx.NodeProto
    settings: dict[str, Any]
    constants: tuple[Array | None, ...]
    shapes: tuple[Shape | None, ...]
    output_shapes: tuple[Shape | None, ...]

    @property
    def wires(self) -> list[str]:
        """The inputs that are computed."""
        pairs = zip(self.node.input, self.constants, strict=True)
        return [name for name, constant in pairs if constant is None and name]

    def constant(self, place: int) -> Array | None:
        """Return the constant at an input, if there is one."""
        return self.constants[place] if place < len(self.constants) else None


@dataclass(frozen=True)
class Read:
    """What an operator becomes.

    Attributes:
        layer: None where its input passes through.
        tensors: The layer's state.
    """

    layer: Layer | None
    tensors: dict[str, Array] = field(default_factory=dict)


class GraphReader:
    """Reads one graph whose shapes have been inferred."""

    def __init__(self, model: onnx.ModelProto, path: Path) -> None:
        self._graph, self._path, self._model = model.graph, path, model
        self._constants: dict[str, Array] = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer
        }
        values = [*model.graph.value_info, *model.graph.input, *model.graph.output]
        self._shapes = {value.name: _known_shape(value) for value in values}
        self._shapes |= {name: tuple(value.shape) for name, value in self._constants.items()}
        self._values: dict[str, tuple[str, int]] = {}
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._weights: Weights = {}

    def read(self) -> tuple[Network, Weights]:
        """Return the network and its weights.

        Raises:
            OnnxError: An operator cannot be read.
        """
        image = self._graph.input[0].name
        _, channels, height, width = self._shapes[image] or (1, 0, 0, 0)
        self._place("input", self._input(channels, height, width), [], [image])
        for node in self._graph.node:
            if not self._fold(node):
                self._read(node)
        scores = self._graph.output[0].name
        if scores not in self._values:
            raise OnnxError("The network's output does not depend on the image", self._path)
        self._place("output", Output(), [scores], [])
        return _renamed(Network(nodes=tuple(self._nodes), edges=tuple(self._edges)), self._weights)

    def _input(self, channels: int, height: int, width: int) -> Layer:
        try:
            return msgspec.convert(
                {"kind": "Input", "channels": channels, "height": height, "width": width}, Input
            )
        except msgspec.ValidationError as error:
            raise OnnxError(
                f"The network takes images of {channels} × {height} × {width}, too large to open",
                self._path,
            ) from error

    def _fold(self, node: onnx.NodeProto) -> bool:
        """Compute a node that depends on constants alone, or on a shape; return whether it did."""
        if node.op_type == "Shape" and self._shapes.get(node.input[0]):
            shape = self._shapes[node.input[0]] or ()
            settings = _settings(node)
            part = shape[settings.get("start", 0) : settings.get("end", len(shape))]
            self._know(node.output[0], np.array(part, np.int64))
            return True
        if not all(name in self._constants for name in node.input if name):
            return False
        shapes = [self._shapes.get(name) or () for name in node.output]
        if any(np.prod(shape, dtype=np.float64) > LARGEST_FOLDED for shape in shapes):
            raise OnnxError(f"{node.name} makes a constant larger than a classifier needs")
        try:
            results = ReferenceEvaluator(node).run(
                None, {n: self._constants[n] for n in node.input}
            )
        except Exception as error:
            raise OnnxError(f"{node.op_type} ({node.name}) cannot be computed: {error}") from error
        for name, value in zip(node.output, results, strict=True):
            self._know(name, np.asarray(value))
        return True

    def _know(self, name: str, value: Array) -> None:
        self._constants[name], self._shapes[name] = value, tuple(value.shape)

    def _read(self, node: onnx.NodeProto) -> None:
        """Write a node down as a layer."""
        from core.network.importing.onnx_operators import read_operator

        self._infer(node)
        operator = Operator(
            node,
            _settings(node),
            tuple(self._constants.get(name) for name in node.input),
            tuple(self._shapes.get(name) for name in node.input),
            tuple(self._shapes.get(name) for name in node.output),
        )
        try:
            read = read_operator(operator)
        except LayerloomError as error:
            raise OnnxError(error.what, f"{self._path.name}, {node.name}", error.hint) from error
        if read.layer is None:
            self._values[node.output[0]] = self._values[operator.wires[0]]
            return
        name = _unused(self._name(node), {node.name for node in self._nodes})
        self._place(name, read.layer, operator.wires, list(node.output))
        self._weights.update({f"{name}.{k}": _plain(v) for k, v in read.tensors.items()})

    def _infer(self, node: onnx.NodeProto) -> None:
        """Work out output shapes that hang on constants which had to be computed first."""
        known = [self._shapes.get(name) for name in node.input if name]
        if node.domain not in ("", "ai.onnx") or None in known:
            return
        if all(self._shapes.get(name) for name in node.output):
            return
        types = {name: self._type(name) for name in node.input if name}
        data = {
            n: numpy_helper.from_array(v)
            for n in types
            if (v := self._constants.get(n)) is not None
        }
        try:
            schema = onnx.defs.get_schema(node.op_type, OPSET)
            found = shape_inference.infer_node_outputs(schema, node, types, data)
        except (onnx.defs.SchemaError, shape_inference.InferenceError, RuntimeError):
            return
        for name, kind in found.items():
            self._shapes[name] = _known_shape(helper.make_value_info(name, kind))

    def _type(self, name: str) -> onnx.TypeProto:
        constant = self._constants.get(name)
        dtype = np.dtype(np.float32) if constant is None else constant.dtype
        return helper.make_tensor_type_proto(
            helper.np_dtype_to_tensor_dtype(dtype), self._shapes[name]
        )

    def _place(self, name: str, layer: Layer, wires: list[str], outputs: list[str]) -> None:
        self._nodes.append(Node(id=name, name=name, layer=layer))
        for port, wire in enumerate(wires):
            source, source_port = self._values[wire]
            self._edges.append(Edge(source, name, port, source_port))
        self._values.update({output: (name, port) for port, output in enumerate(outputs)})

    def _name(self, node: onnx.NodeProto) -> str:
        """Return a dotted name: that of the weight, or the node's own."""
        for name in node.input:
            if name in self._constants and name.endswith(".weight"):
                return str(name).removesuffix(".weight")[:400]
        return dotted(node.name, node.op_type)


def dotted(name: str, operator: str) -> str:
    """Return a node's name as a module's: "/layer1/layer1.0/relu/Relu" gives "layer1.0.relu".

    Source: the names that PyTorch's exporter writes.
    """
    path, before = "", ""
    for part in name.strip("/").split("/"):
        path = path.removesuffix(before) if before and part.startswith(f"{before}.") else f"{path}."
        path, before = path + part, part
    path = path.strip(".")
    inside: str = re.sub(rf"\.{operator}(_\d+)?$", "", path)
    parts = [re.sub(r"\W+", "_", part)[:100] for part in inside.split(".")]
    return ".".join(part for part in parts if part)[:400] or operator.lower()


def _renamed(network: Network, weights: Weights) -> tuple[Network, Weights]:
    """Return the network without names that are also the beginning of others."""
    names = {node.name for node in network.nodes}
    groups = {
        ".".join(name.split(".")[:n]) for name in names for n in range(1, name.count(".") + 1)
    }
    new: dict[str, str] = {}
    for node in network.nodes:
        if node.name in groups:
            new[node.name] = _unused(f"{node.name}.{type(node.layer).__name__.lower()}", names)
            names.add(new[node.name])
    nodes = (msgspec.structs.replace(n, name=new.get(n.name, n.name)) for n in network.nodes)
    moved = {}
    for name, value in weights.items():
        layer, _, tensor = name.rpartition(".")
        moved[f"{new.get(layer, layer)}.{tensor}"] = value
    return msgspec.structs.replace(network, nodes=tuple(nodes)), moved


def _known_shape(value: onnx.ValueInfoProto) -> Shape | None:
    kind = value.type.tensor_type
    sides = kind.shape.dim
    known = kind.HasField("shape") and all(side.HasField("dim_value") for side in sides)
    return tuple(side.dim_value for side in sides) if known else None


def _settings(node: onnx.NodeProto) -> dict[str, Any]:
    return {item.name: helper.get_attribute_value(item) for item in node.attribute}


def _plain(value: Array) -> Array:
    """Return a tensor as 32-bit numbers where it has fewer or more bits."""
    return value.astype(np.float32) if value.dtype.kind == "f" else value


def _unused(name: str, taken: Container[str]) -> str:
    unused, number = name, 1
    while unused in taken:
        number += 1
        unused = f"{name}_{number}"
    return unused
