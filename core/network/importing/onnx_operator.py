"""One ONNX operator as it lies in a file, and what it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import onnx

from core.network.importing.onnx_values import Array
from core.network.layers.base.layer import Layer, Shape


@dataclass(frozen=True)
class Operator:
    """An ONNX node with what is known of its inputs.

    Attributes:
        node: As in the file.
        settings: Its attributes by name.
        constants: Its inputs; None where one is computed or left out.
        types: ONNX element types of its inputs; 0 where unknown.
        shapes: Of its inputs, with the batch of 1; None where unknown.
        output_shapes: Of its outputs, likewise.
    """

    node: onnx.NodeProto
    settings: dict[str, Any]
    constants: tuple[Array | None, ...]
    types: tuple[int, ...]
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
