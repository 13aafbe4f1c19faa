"""Layers that bring branches together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from core.network.layers.layer import Family, Layer, Shape, ShapeError, describe

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class Add(Layer, frozen=True, tag=True):
    """Adds inputs of the same shape, number by number."""

    title: ClassVar[str] = "Add"
    family: ClassVar[Family] = Family.MERGE
    input_count: ClassVar[int | None] = None

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the common shape."""
        for other in inputs[1:]:
            if other != inputs[0]:
                raise ShapeError(
                    f"Add needs inputs of one shape but receives {describe(inputs[0])} "
                    f"and {describe(other)}",
                    hint="Insert a 1 × 1 convolution that brings one to the other's shape.",
                )
        return inputs[0]

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Add, or Sum where there are more than two inputs."""
        return graph.add("Add" if len(inputs) == 2 else "Sum", inputs)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build a module that sums its arguments."""
        from core.network.torch_layers import Sum

        return Sum()
