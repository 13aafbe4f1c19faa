"""The nodes of an ONNX graph, one after the other, as layers with weights."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import numpy as np
import onnx

from core.decoding import convert
from core.errors import LayerloomError
from core.network.importing.onnx_operator import Operator
from core.network.importing.onnx_operators import read_operator
from core.network.importing.onnx_values import Array, KnownValues, OnnxError, settings_of
from core.network.layers.base.layer import Layer, Weights
from core.network.layers.ends import Input, Output
from core.network.network import Edge, Network, Node
from core.unique_names import UniqueNames


class GraphReader:
    """Reads one graph whose shapes have been inferred."""

    def __init__(self, model: onnx.ModelProto, path: Path) -> None:
        self._graph, self._path = model.graph, path
        self._known = KnownValues(model.graph, path)
        self._values: dict[str, tuple[str, int]] = {}
        self._names = UniqueNames()
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._weights: Weights = {}

    def read(self) -> tuple[Network, Weights]:
        """Return the network and its weights.

        Raises:
            OnnxError: An operator cannot be read.
        """
        image = self._graph.input[0].name
        _, channels, height, width = self._known.shapes[image] or (1, 0, 0, 0)
        name = self._names.take("input")
        self._place(name, self._input(channels, height, width), [], [image])
        for node in self._graph.node:
            if not self._known.fold(node):
                self._read(node)
        self._place(self._names.take("output"), Output(), [self._scores()], [])
        return _renamed(Network(nodes=tuple(self._nodes), edges=tuple(self._edges)), self._weights)

    def _scores(self) -> str:
        """Return the output that has one row of numbers for an image, or else the first one."""
        computed: list[str] = [v.name for v in self._graph.output if v.name in self._values]
        if not computed:
            raise OnnxError("The network's output does not depend on the image", self._path)
        rows = [name for name in computed if len(self._known.shapes.get(name) or ()) == 2]
        return rows[0] if rows else computed[0]

    def _input(self, channels: int, height: int, width: int) -> Layer:
        try:
            return convert(
                {"kind": "Input", "channels": channels, "height": height, "width": width}, Input
            )
        except msgspec.ValidationError as error:
            raise OnnxError(
                f"The network takes images of {channels} × {height} × {width}, too large to open",
                self._path,
            ) from error

    def _read(self, node: onnx.NodeProto) -> None:
        """Write a node down as a layer."""
        self._known.infer(node)
        operator = Operator(
            node,
            settings_of(node),
            tuple(self._known.constants.get(name) for name in node.input),
            tuple(self._known.types.get(name, 0) for name in node.input),
            tuple(self._known.shapes.get(name) for name in node.input),
            tuple(self._known.shapes.get(name) for name in node.output),
        )
        try:
            read = read_operator(operator)
        except LayerloomError as error:
            raise OnnxError(error.what, f"{self._path.name}, {node.name}", error.hint) from error
        if read.layer is None:
            self._values[node.output[0]] = self._values[operator.wires[0]]
            return
        name = self._names.take(self._name(node))
        self._place(name, read.layer, operator.wires, list(node.output))
        self._note_shapes(read.layer, operator)
        self._weights.update({f"{name}.{k}": _plain(v) for k, v in read.tensors.items()})

    def _note_shapes(self, layer: Layer, operator: Operator) -> None:
        """Go on with the shapes that a layer makes, where ONNX knows none or others."""
        arriving = [self._known.shapes.get(name) for name in operator.wires]
        inputs = [shape[1:] for shape in arriving if shape is not None]
        if len(inputs) == len(arriving):
            for name, shape in zip(
                operator.node.output, layer.output_shapes(*inputs), strict=False
            ):
                self._known.correct(name, (1, *shape))

    def _place(self, name: str, layer: Layer, wires: list[str], outputs: list[str]) -> None:
        self._nodes.append(Node(id=name, name=name, layer=layer))
        for port, wire in enumerate(wires):
            source, source_port = self._values[wire]
            self._edges.append(Edge(source, name, port, source_port))
        self._values.update({output: (name, port) for port, output in enumerate(outputs)})

    def _name(self, node: onnx.NodeProto) -> str:
        """Return a dotted name: that of the weight, or the node's own."""
        for name in node.input:
            if name in self._known.constants and name.endswith(".weight"):
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
    names, taken = {node.name for node in network.nodes}, UniqueNames()
    for name in names:
        taken.keep(name)
    groups = {
        ".".join(name.split(".")[:n]) for name in names for n in range(1, name.count(".") + 1)
    }
    new: dict[str, str] = {}
    for node in network.nodes:
        if node.name in groups:
            new[node.name] = taken.take(f"{node.name}.{type(node.layer).__name__.lower()}")
    nodes = (msgspec.structs.replace(n, name=new.get(n.name, n.name)) for n in network.nodes)
    moved = {}
    for name, value in weights.items():
        layer, _, tensor = name.rpartition(".")
        moved[f"{new.get(layer, layer)}.{tensor}"] = value
    return msgspec.structs.replace(network, nodes=tuple(nodes)), moved


def _plain(value: Array) -> Array:
    """Return a tensor as 32-bit numbers where it has fewer or more bits."""
    return value.astype(np.float32) if value.dtype.kind == "f" else value
