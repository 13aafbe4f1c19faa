"""Groups of ONNX operators that exporters write for one: GELU and layer norm of older opsets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import onnx
from onnx import helper, numpy_helper

from core.network.importing.onnx_values import Array


def put_together(graph: onnx.GraphProto) -> None:
    """Replace each group in a graph by the operator that it computes."""
    patterns = _Patterns(graph)
    found = {id(last): (new, group) for last, new, group in patterns.found()}
    gone = {id(node) for _, group in found.values() for node in group}
    nodes = [
        found[id(node)][0] if id(node) in found else node
        for node in patterns.nodes
        if id(node) in found or id(node) not in gone
    ]
    del graph.node[:]
    graph.node.extend(nodes)


Group = list[onnx.NodeProto]


class _Patterns:
    """Looks for the groups; what one computes may be used within it alone."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.nodes = list(graph.node)
        self._makers = {name: node for node in self.nodes for name in node.output}
        self._users = Counter(name for node in self.nodes for name in node.input)
        self._users.update(value.name for value in graph.output)
        self._numbers = {t.name: t for t in graph.initializer}
        for node in self.nodes:
            if node.op_type == "Constant" and node.attribute[0].name == "value":
                self._numbers[node.output[0]] = node.attribute[0].t
            elif node.op_type == "Identity" and node.input[0] in self._numbers:
                self._numbers[node.output[0]] = self._numbers[node.input[0]]

    def found(self) -> Iterator[tuple[onnx.NodeProto, onnx.NodeProto, Group]]:
        """Yield the last operator of each group, what takes its place, and the group."""
        for node in self.nodes:
            found = self._gelu(node) or self._layer_norm(node)
            if found:
                kind, inputs, settings, group = found
                outputs = list(node.output)
                yield node, helper.make_node(kind, inputs, outputs, node.name, **settings), group

    def _gelu(self, last: onnx.NodeProto) -> _Found | None:
        """Find x · (erf(x / √2) + 1) · 0.5, as PyTorch writes GELU before opset 20."""
        half = self._step(last.output[0], "Mul", 0.5, last)
        whole = half and self._only(half[0], "Mul")
        if not half or not whole:
            return None
        for x, sum_ in (whole.input, whole.input[::-1]):
            one = self._step(sum_, "Add", 1.0)
            erf = one and self._only(one[0], "Erf")
            root = erf and self._step(erf.input[0], "Div", 2**0.5)
            if one and erf and root and root[0] == x:
                return "Gelu", [x], {}, [last, whole, one[1], erf, root[1]]
        return None

    def _layer_norm(self, last: onnx.NodeProto) -> _Found | None:
        """Find (x − mean) / √(mean((x − mean)²) + ε) · weight + bias, of opsets before 17."""
        bias = self._with_constant(last, "Add")
        scaled = bias and self._only(bias[0], "Mul")
        weight = scaled and self._with_constant(scaled, "Mul")
        divided = weight and self._only(weight[0], "Div")
        if not bias or not scaled or not weight or not divided:
            return None
        centred = self._makers.get(divided.input[0])
        root = self._only(divided.input[1], "Sqrt")
        sum_ = root and self._only(root.input[0], "Add")
        epsilon = sum_ and self._with_constant(sum_, "Add")
        variance = epsilon and self._only(epsilon[0], "ReduceMean")
        square = variance and self._step(variance.input[0], "Pow", 2.0)
        if not centred or not root or not sum_ or not epsilon or not variance or not square:
            return None
        mean = self._only(centred.input[1], "ReduceMean") if centred.op_type == "Sub" else None
        axes = self._axes(variance)
        if not mean or mean.input[0] != centred.input[0] or square[0] != centred.output[0]:
            return None
        if self._users[centred.output[0]] != 2 or not axes or axes != self._axes(mean):
            return None
        group = [last, scaled, divided, centred, root, sum_, variance, square[1], mean]
        settings = {"axis": axes[0], "epsilon": float(self._number(epsilon[1]))}
        return "LayerNormalization", [mean.input[0], weight[1], bias[1]], settings, group

    def _only(self, value: str, kind: str) -> onnx.NodeProto | None:
        """Return the operator of a kind that makes a value which is used once."""
        node = self._makers.get(value)
        return node if node and node.op_type == kind and self._users[value] == 1 else None

    def _with_constant(self, node: onnx.NodeProto, kind: str) -> tuple[str, str] | None:
        """Return an operator's computed input and its constant one."""
        if node.op_type != kind or len(node.input) != 2:
            return None
        first, second = node.input
        if first in self._numbers:
            first, second = second, first
        return (first, second) if second in self._numbers else None

    def _step(
        self, value: str, kind: str, number: float, last: onnx.NodeProto | None = None
    ) -> tuple[str, onnx.NodeProto] | None:
        """Return what an operation with a certain number is applied to, and the operation."""
        node = last or self._only(value, kind)
        pair = node and self._with_constant(node, kind)
        if not node or not pair or (kind in ("Div", "Pow") and node.input[0] != pair[0]):
            return None
        constant = self._number(pair[1])
        near = constant.size == 1 and abs(float(constant.reshape(-1)[0]) - number) < 1e-6
        return (pair[0], node) if near else None

    def _axes(self, mean: onnx.NodeProto) -> list[int]:
        """Return the last axes that a mean is taken over, counted from the end; none if others."""
        settings = {item.name: helper.get_attribute_value(item) for item in mean.attribute}
        axes = settings.get("axes", [])
        if len(mean.input) > 1 and mean.input[1] in self._numbers:
            axes = self._number(mean.input[1]).reshape(-1).tolist()
        axes = sorted(axes)
        last = axes == list(range(-len(axes), 0))
        return axes if last and settings.get("keepdims", 1) else []

    def _number(self, name: str) -> Array:
        value: Array = np.asarray(numpy_helper.to_array(self._numbers[name]))
        return value


_Found = tuple[str, list[str], dict[str, float], Group]
