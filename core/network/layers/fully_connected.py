"""Fully connected layers, and what leads over to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from core.network.layers.layer import Family, Layer, Shape, ShapeError, Tensor, describe
from core.network.layers.settings import Channels

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class Linear(Layer, frozen=True, tag=True):
    """Connects every input with every output: n_in · n_out + n_out parameters.

    Attributes:
        out_features: Number of outputs, n_out.
        in_features: Number of inputs it is made for, n_in; None takes what arrives.
        bias: Whether each output adds a number of its own.
    """

    title: ClassVar[str] = "Linear"
    family: ClassVar[Family] = Family.FULLY_CONNECTED

    out_features: Channels
    in_features: Channels | None = None
    bias: bool = True

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (out_features,)."""
        shape = inputs[0]
        if len(shape) != 1:
            raise ShapeError(
                f"Linear needs a row of features but receives a map of {describe(shape)}",
                hint="Insert a Flatten layer before it.",
            )
        if self.in_features not in (None, shape[0]):
            raise ShapeError(
                f"Linear expects {self.in_features} input features but receives {shape[0]}",
                hint=f"Set its input features to {shape[0]}.",
            )
        return (self.out_features,)

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (out_features, in_features) and bias."""
        weight = Tensor("weight", (self.out_features, inputs[0][0]))
        return (weight, Tensor("bias", (self.out_features,))) if self.bias else (weight,)

    def multiply_adds(self, *inputs: Shape) -> int:
        """n_in · n_out."""
        return inputs[0][0] * self.out_features

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Gemm with the weight transposed."""
        return graph.add("Gemm", [inputs[0], *tensors.values()], transB=1)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.Linear`."""
        from torch import nn

        return nn.Linear(inputs[0][0], self.out_features, bias=self.bias)


class Flatten(Layer, frozen=True, tag=True):
    """Lays a feature map out as one row of numbers, channel after channel."""

    title: ClassVar[str] = "Flatten"
    family: ClassVar[Family] = Family.FULLY_CONNECTED

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels · height · width,)."""
        return (int(np.prod(inputs[0], dtype=np.int64)),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Flatten."""
        return graph.add("Flatten", inputs, axis=1)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.Flatten`."""
        from torch import nn

        return nn.Flatten()
