"""What is known of the values in an ONNX graph: their types and shapes, and the constants."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator

from core.errors import LayerloomError
from core.network.layers.base.layer import Shape
from core.onnx.graph_writer import OPSET

Array = npt.NDArray[np.generic]

FOLDED = 2**24
"""Numbers in all constants that are computed, beside some times as many as the file holds."""
TIMES_FOLDED = 4
"""Weights may be transposed, unpacked from 8 bits, reshaped: each makes as many numbers again."""

BOUNDED = ("NonZero",)
"""Operators whose result has no size beforehand but is never much larger than what they take."""

INFERENCE_ERRORS = (
    onnx.defs.SchemaError,
    onnx.checker.ValidationError,
    shape_inference.InferenceError,
    RuntimeError,
)
"""What onnx raises where it cannot work a shape out."""


class OnnxError(LayerloomError):
    """An ONNX file that cannot be read."""


class KnownValues:
    """Types, shapes and constants of a graph whose shapes have been inferred, by value name.

    Attributes:
        constants: From the file, and what was computed from them.
        shapes: With the batch of 1; None where unknown.
        types: ONNX element types.
    """

    def __init__(self, graph: onnx.GraphProto, path: Path) -> None:
        self._path = path
        self.constants: dict[str, Array] = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer
        }
        held = sum(value.size for value in self.constants.values())
        self._room = FOLDED + TIMES_FOLDED * held
        values = [*graph.value_info, *graph.input, *graph.output]
        self.shapes = {value.name: _known_shape(value) for value in values}
        self.shapes |= {name: tuple(value.shape) for name, value in self.constants.items()}
        self._stale = False
        self.types = {value.name: value.type.tensor_type.elem_type for value in values}

    def fold(self, node: onnx.NodeProto) -> bool:
        """Compute a node that depends on constants alone, or on a shape; return whether it did.

        Raises:
            OnnxError: It makes too many numbers, or cannot be computed.
        """
        if node.op_type == "Shape" and self.shapes.get(node.input[0]):
            shape = self.shapes[node.input[0]] or ()
            settings = settings_of(node)
            part = shape[settings.get("start", 0) : settings.get("end", len(shape))]
            self._know(node.output[0], np.array(part, np.int64))
            return True
        if has_graphs(node) or not all(name in self.constants for name in node.input if name):
            return False
        self._check_size(node)
        try:
            given = {name: self.constants[name] for name in node.input if name}
            results = ReferenceEvaluator(node).run(None, given)
        except Exception as error:
            raise OnnxError(
                f"The constant that {node.op_type} ({node.name}) makes cannot be computed",
                self._path,
            ) from error
        for name, value in zip(node.output, results, strict=True):
            self._know(name, np.asarray(value))
        return True

    def infer(self, node: onnx.NodeProto) -> None:
        """Work out output shapes that hang on constants which had to be computed first."""
        known = [self.shapes.get(name) for name in node.input if name]
        if node.domain not in ("", "ai.onnx") or None in known:
            return
        if not self._stale and all(self.shapes.get(name) for name in node.output):
            return
        types = {name: self._type(name) for name in node.input if name}
        data = {
            n: numpy_helper.from_array(v) for n in types if (v := self.constants.get(n)) is not None
        }
        try:
            schema = onnx.defs.get_schema(node.op_type, OPSET)
            found = shape_inference.infer_node_outputs(schema, node, types, data)
        except INFERENCE_ERRORS:
            return
        for name, kind in found.items():
            self.shapes[name] = _known_shape(helper.make_value_info(name, kind))
            self.types[name] = kind.tensor_type.elem_type

    def correct(self, name: str, shape: Shape) -> None:
        """Note the right shape of a value; if it was another, what lies behind is inferred anew.

        In ceil mode onnx counts a window that begins behind the map, up to opset 21.
        """
        told = self.shapes.get(name)
        self._stale |= told is not None and told != shape
        self.shapes[name] = shape

    def _know(self, name: str, value: Array) -> None:
        self._room -= value.size
        self.constants[name], self.shapes[name] = value, tuple(value.shape)

    def _check_size(self, node: onnx.NodeProto) -> None:
        """Raise `OnnxError` unless what a node makes of constants is known to be small enough."""
        if node.op_type in BOUNDED:
            return
        self.infer(node)
        shapes = [self.shapes.get(name) for name in node.output if name]
        if any(s is None or np.prod(s, dtype=np.float64) > self._room for s in shapes):
            raise OnnxError(
                f"{node.op_type} ({node.name}) makes more constants than a classifier needs",
                self._path,
            )

    def _type(self, name: str) -> onnx.TypeProto:
        constant = self.constants.get(name)
        if constant is None:
            kind = self.types.get(name) or onnx.TensorProto.FLOAT
        else:
            kind = helper.np_dtype_to_tensor_dtype(constant.dtype)
        return helper.make_tensor_type_proto(kind, self.shapes[name])


def has_graphs(node: onnx.NodeProto) -> bool:
    """Return whether a node has branches or a loop within it."""
    kinds = (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS)
    return any(item.type in kinds for item in node.attribute)


def settings_of(node: onnx.NodeProto) -> dict[str, Any]:
    """Return a node's attributes by name."""
    return {item.name: helper.get_attribute_value(item) for item in node.attribute}


def _known_shape(value: onnx.ValueInfoProto) -> Shape | None:
    kind = value.type.tensor_type
    sides = kind.shape.dim
    known = kind.HasField("shape") and all(side.HasField("dim_value") for side in sides)
    return tuple(side.dim_value for side in sides) if known else None
