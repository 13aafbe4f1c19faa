"""Layers through which the numbers pass as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.network.layers.base.layer import Layer, Shape

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter


class PassThrough(Layer, frozen=True):
    """In use all numbers pass through unchanged."""

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return 0: the numbers stay where they are."""
        return 0

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write nothing: the input passes through."""
        return inputs[0]
