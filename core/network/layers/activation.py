"""Activations: a function of each number by itself, and Softmax."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from core.network.layers.layer import Family, Layer, Shape

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class _Activation(Layer, frozen=True):
    """A function that is one ONNX node and one torch module without settings."""

    family: ClassVar[Family] = Family.ACTIVATION
    onnx_name: ClassVar[str]
    torch_name: ClassVar[str]

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write the node of the same name."""
        return graph.add(self.onnx_name, inputs)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build the module of the same name."""
        from torch import nn

        module: nn.Module = getattr(nn, self.torch_name)()
        return module


class ReLU(_Activation, frozen=True, tag=True):
    """max(0, x)."""

    title: ClassVar[str] = "ReLU"
    onnx_name: ClassVar[str] = "Relu"
    torch_name: ClassVar[str] = "ReLU"


class ReLU6(_Activation, frozen=True, tag=True):
    """min(max(0, x), 6)."""

    title: ClassVar[str] = "ReLU6"
    onnx_name: ClassVar[str] = "Clip"
    torch_name: ClassVar[str] = "ReLU6"

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Clip from 0 to 6."""
        bounds = [graph.constant(np.float32(bound)) for bound in (0, 6)]
        return graph.add("Clip", [inputs[0], *bounds])


class Sigmoid(_Activation, frozen=True, tag=True):
    """1 / (1 + e⁻ˣ)."""

    title: ClassVar[str] = "Sigmoid"
    onnx_name: ClassVar[str] = "Sigmoid"
    torch_name: ClassVar[str] = "Sigmoid"


class Tanh(_Activation, frozen=True, tag=True):
    """The hyperbolic tangent of x."""

    title: ClassVar[str] = "Tanh"
    onnx_name: ClassVar[str] = "Tanh"
    torch_name: ClassVar[str] = "Tanh"


class Softmax(_Activation, frozen=True, tag=True):
    """Turns the scores of the classes into probabilities: eˣⁱ / Σ eˣʲ over the channels."""

    title: ClassVar[str] = "Softmax"

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Softmax over the channels."""
        return graph.add("Softmax", inputs, axis=1)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.Softmax(dim=1)`."""
        from torch import nn

        return nn.Softmax(dim=1)
