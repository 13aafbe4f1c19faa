"""Convolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from core.network.layers.layer import (
    Family,
    Layer,
    Shape,
    ShapeError,
    Tensor,
    need_map,
)
from core.network.layers.settings import Channels, Sides, Size2d
from core.network.layers.window import slide

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class Conv2d(Layer, frozen=True, tag=True):
    """Slides `out_channels` filters over the feature map.

    H_out = ⌊(H − D_h (K_h − 1) − 1 + P_top + P_bottom) / S_h⌋ + 1, the width likewise.
    Parameters: (K_h · K_w · C_in / groups + bias) · C_out.

    Attributes:
        out_channels: Number of filters, C_out.
        kernel_size: (height, width) of a filter in pixels, K.
        stride: Step in pixels, S.
        padding: Rows and columns of zeros at (top, left, bottom, right), P.
        dilation: Distance between the taps of a filter in pixels, D.
        groups: The channels are divided into so many groups that do not see each other; with as
            many groups as channels the convolution is depthwise.
        bias: Whether each filter adds a number of its own.
    """

    title: ClassVar[str] = "Conv 2D"
    family: ClassVar[Family] = Family.CONVOLUTION

    out_channels: Channels
    kernel_size: Size2d = (3, 3)
    stride: Size2d = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    dilation: Size2d = (1, 1)
    groups: Channels = 1
    bias: bool = True

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (out_channels, height, width)."""
        channels, _, _ = need_map(self, inputs[0])
        for count, what in ((channels, "input channels"), (self.out_channels, "filters")):
            if count % self.groups:
                raise ShapeError(
                    f"{count} {what} cannot be divided into {self.groups} groups",
                    hint="Choose a number of groups that divides input channels and filters.",
                )
        reach = (
            self.dilation[0] * (self.kernel_size[0] - 1) + 1,
            self.dilation[1] * (self.kernel_size[1] - 1) + 1,
        )
        return (self.out_channels, *slide(self, inputs[0], reach, self.stride, self.padding))

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (out_channels, in_channels / groups, height, width) and bias."""
        shape = (self.out_channels, inputs[0][0] // self.groups, *self.kernel_size)
        weight = Tensor("weight", shape)
        return (weight, Tensor("bias", (self.out_channels,))) if self.bias else (weight,)

    def multiply_adds(self, *inputs: Shape) -> int:
        """K_h · K_w · C_in / groups for each number of the output."""
        channels, height, width = self.output_shape(*inputs)
        weight = self.tensors(*inputs)[0]
        return weight.size // self.out_channels * channels * height * width

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Conv."""
        return graph.add(
            "Conv",
            [inputs[0], *tensors.values()],
            kernel_shape=self.kernel_size,
            strides=self.stride,
            pads=self.padding,
            dilations=self.dilation,
            group=self.groups,
        )

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.Conv2d`, with four-sided padding where the sides differ."""
        from core.network.torch_layers import PaddedConv2d

        return PaddedConv2d(
            inputs[0][0],
            self.out_channels,
            self.kernel_size,
            sides=self.padding,
            stride=self.stride,
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias,
        )
