"""Pooling."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from core.network.layers.layer import Family, Layer, Shape, ShapeError, need_map
from core.network.layers.settings import Sides, Size2d
from core.network.layers.window import slide

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class _Pool2d(Layer, frozen=True):
    """A window that slides over each channel by itself.

    H_out = ⌊(H − K_h + P_top + P_bottom) / S_h⌋ + 1, the width likewise.

    Attributes:
        kernel_size: (height, width) of the window in pixels, K.
        stride: Step in pixels, S.
        padding: Rows and columns at (top, left, bottom, right), P; at most half the window.
    """

    family: ClassVar[Family] = Family.POOLING
    onnx_name: ClassVar[str]

    kernel_size: Size2d = (2, 2)
    stride: Size2d = (2, 2)
    padding: Sides = (0, 0, 0, 0)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, height, width)."""
        for side, kernel in zip(self.padding, self.kernel_size * 2, strict=True):
            if side > kernel // 2:
                raise ShapeError(
                    f"A padding of {side} px is more than half of the {kernel} px window",
                    hint=f"Choose a padding of {kernel // 2} px or less.",
                )
        size = slide(self, inputs[0], self.kernel_size, self.stride, self.padding)
        return (inputs[0][0], *size)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write MaxPool or AveragePool."""
        return graph.add(
            self.onnx_name,
            inputs,
            kernel_shape=self.kernel_size,
            strides=self.stride,
            pads=self.padding,
            **self._onnx_attributes(),
        )

    def _onnx_attributes(self) -> dict[str, int]:
        return {}


class MaxPool2d(_Pool2d, frozen=True, tag=True):
    """Keeps the largest number of each window."""

    title: ClassVar[str] = "Max pool"
    onnx_name: ClassVar[str] = "MaxPool"

    def module(self, *inputs: Shape) -> nn.Module:
        """Build a max pooling."""
        from core.network.torch_layers import PaddedMaxPool2d

        return PaddedMaxPool2d(self.kernel_size, self.stride, sides=self.padding)


class AvgPool2d(_Pool2d, frozen=True, tag=True):
    """Takes the mean of each window; padding counts as zeros."""

    title: ClassVar[str] = "Average pool"
    onnx_name: ClassVar[str] = "AveragePool"

    def module(self, *inputs: Shape) -> nn.Module:
        """Build an average pooling."""
        from core.network.torch_layers import PaddedAvgPool2d

        return PaddedAvgPool2d(self.kernel_size, self.stride, sides=self.padding)

    def _onnx_attributes(self) -> dict[str, int]:
        return {"count_include_pad": 1}


class GlobalAvgPool2d(Layer, frozen=True, tag=True):
    """Takes the mean of each channel over the whole map: (channels, 1, 1)."""

    title: ClassVar[str] = "Global average pool"
    family: ClassVar[Family] = Family.POOLING

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, 1, 1)."""
        return (need_map(self, inputs[0])[0], 1, 1)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write GlobalAveragePool."""
        return graph.add("GlobalAveragePool", inputs)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.AdaptiveAvgPool2d(1)`."""
        from torch import nn

        return nn.AdaptiveAvgPool2d(1)
