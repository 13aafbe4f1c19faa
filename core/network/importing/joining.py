"""Layers that an ONNX file has as several put together again: SiLU, Split, a Linear's bias."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from msgspec.structs import replace

from core.network.layers.activation import Hardsigmoid, Hardswish, Sigmoid, SiLU
from core.network.layers.base.layer import Layer, Weights
from core.network.layers.fully_connected import Linear
from core.network.layers.merge import Multiply
from core.network.layers.opaque import OnnxOperation
from core.network.layers.rearrangement import Split
from core.network.network import Edge, Network, Node

Value = tuple[str, int]
"""A node's id and the port that the value leaves by."""

GATES: dict[type[Layer], type[Layer]] = {Sigmoid: SiLU, Hardsigmoid: Hardswish}
"""What x · gate(x) is."""


def join_layers(network: Network, weights: Weights) -> tuple[Network, Weights]:
    """Return the network and its weights with what belongs together as one layer."""
    return _Joining(network, weights).result()


class _Joining:
    """Collects what becomes of layers; the network is looked at as it was."""

    def __init__(self, network: Network, weights: Weights) -> None:
        self._network = network
        self._weights = dict(weights)
        self._layers: dict[str, Layer] = {}
        self._gone: set[str] = set()
        self._moved: dict[Value, Value] = {}

    def result(self) -> tuple[Network, Weights]:
        """Join all there is, and return what comes of it."""
        for node in self._network.nodes:
            if isinstance(node.layer, Multiply):
                self._join_gate(node)
            elif isinstance(node.layer, OnnxOperation) and node.layer.operation == "Add":
                self._join_bias(node)
        self._join_slices()
        nodes = (
            replace(node, layer=self._layers.get(node.id, node.layer))
            for node in self._network.nodes
            if node.id not in self._gone
        )
        return replace(self._network, nodes=tuple(nodes), edges=tuple(self._edges())), self._weights

    def _edges(self) -> Iterator[Edge]:
        for edge in self._network.edges:
            if edge.target not in self._gone:
                value = (edge.source, edge.source_port)
                source, port = self._moved.get(value, value)
                yield replace(edge, source=source, source_port=port)

    def _join_gate(self, node: Node) -> None:
        """Make SiLU of x · sigmoid(x), and Hardswish likewise."""
        incoming = self._network.incoming[node.id]
        for edge, other in zip(incoming, incoming[::-1], strict=True):
            gate = self._network.by_id[edge.source]
            whole = GATES.get(type(gate.layer))
            into = self._network.incoming[gate.id]
            same = len(into) == 1 and _value(into[0]) == _value(other)
            if whole and same and self._feeds_one(gate):
                self._layers[gate.id] = whole()
                self._replace(node, (gate.id, 0))
                return

    def _join_bias(self, node: Node) -> None:
        """Give a Linear the numbers that are added to its outputs."""
        (edge, *others) = self._network.incoming[node.id]
        linear = self._network.by_id[edge.source]
        if others or not isinstance(linear.layer, Linear) or linear.layer.bias:
            return
        bias, size = self._weights[self._operands(node)[0]], linear.layer.out_features
        if bias.size != size or bias.shape[-1:] != (size,) or not self._feeds_one(linear):
            return
        self._layers[linear.id] = replace(linear.layer, bias=True)
        self._replace(node, (linear.id, 0))
        self._weights[f"{linear.name}.bias"] = bias.reshape(-1)

    def _join_slices(self) -> None:
        """Make one Split of the slices of a value that share its channels out."""
        groups: dict[Value, list[tuple[int, int, Node]]] = defaultdict(list)
        for node in self._network.nodes:
            part = self._channels(node)
            if part:
                groups[_value(self._network.incoming[node.id][0])].append((*part, node))
        for parts in groups.values():
            parts.sort(key=lambda part: part[:2])
            ends = [0, *(end for _, end, _ in parts)]
            if all(begin >= end for (begin, _, _), end in zip(parts, ends, strict=False)):
                self._join_split(parts)

    def _join_split(self, parts: list[tuple[int, int, Node]]) -> None:
        split = parts[0][2]
        assert isinstance(split.layer, OnnxOperation)
        channels = split.layer.inputs[0][0]
        borders = sorted({0, channels, *(b for b, _, _ in parts), *(e for _, e, _ in parts)})
        for begin, _, node in parts:
            self._replace(node, (split.id, borders.index(begin)))
        self._gone.discard(split.id)
        sizes = np.diff(borders).tolist()
        self._layers[split.id] = Split(sizes=tuple(sizes))

    def _channels(self, node: Node) -> tuple[int, int] | None:
        """Return the first channel of a slice and the one behind its last."""
        layer = node.layer
        if not isinstance(layer, OnnxOperation) or layer.operation != "Slice":
            return None
        names = self._operands(node)
        if len(layer.operands) - len(names) != 1 or len(names) < 3:
            return None
        begin, end, axis, *step = (self._weights[name].reshape(-1) for name in names)
        if any(values.tolist() != [1] for values in (axis, *step)) or begin.size != 1:
            return None
        part = range(layer.inputs[0][0])[int(begin[0]) : int(end[0])]
        return (part.start, part.stop) if part else None

    def _operands(self, node: Node) -> list[str]:
        """Return the names of a closed operator's tensors."""
        assert isinstance(node.layer, OnnxOperation)
        return [f"{node.name}.{state.name}" for state in node.layer.states]

    def _feeds_one(self, node: Node) -> bool:
        return len(self._network.outgoing[node.id]) == 1

    def _replace(self, node: Node, value: Value) -> None:
        """Take a layer away: what it gave comes from elsewhere."""
        self._gone.add(node.id)
        self._moved[node.id, 0] = value
        if isinstance(node.layer, OnnxOperation):
            for name in self._operands(node):
                del self._weights[name]


def _value(edge: Edge) -> Value:
    return edge.source, edge.source_port
