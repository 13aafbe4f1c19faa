"""Convolutions."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, ClassVar, Self

from msgspec.structs import replace

from core.network.layers.base.constructor import Constructor, construct, plain
from core.network.layers.base.filters import Convolution
from core.network.layers.base.formula import Formula
from core.network.layers.base.layer import FieldStep, Layer, Shape, ShapeError, Tensor, need_map
from core.network.layers.base.usual import usual_filters
from core.network.layers.base.window import Axis, Four, axes, field_step, output_size, symmetric

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

DEFAULTS = {
    "kernel_size": None,
    "stride": 1,
    "padding": 0,
    "dilation": 1,
    "groups": 1,
    "bias": True,
}
"""Of the settings of `nn.Conv2d`. Source: PyTorch."""


class Conv2d(Convolution, frozen=True, tag=True):
    """Slides `out_channels` filters over the feature map.

    H_out = ⌊(H − D_h (K_h − 1) − 1 + P_top + P_bottom) / S_h⌋ + 1, the width likewise.
    Parameters: (K_h · K_w · C_in / groups + bias) · C_out.
    """

    title: ClassVar[str] = "Conv 2D"
    synonyms: ClassVar[tuple[str, ...]] = ("convolution", "conv")

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one with as many filters as channels arrive, that keeps the size."""
        return cls(out_channels=usual_filters(shape), padding=(1, 1, 1, 1))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (out_channels, height, width)."""
        channels, _, _ = need_map(self, inputs[0])
        self.check_groups(channels)
        if self.padding == "same" and self.stride != (1, 1):
            raise ShapeError(
                f"Padding “same” cannot be combined with a stride of {plain(self.stride)}",
                why="“Same” means that height and width are kept; a stride above 1 makes them "
                "smaller.",
                hint="Set the stride to 1 or give the padding in pixels.",
            )
        return (self.out_channels, *output_size(*self._axes(inputs[0])))

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (out_channels, in_channels / groups, height, width) and bias."""
        return self.filters(self.out_channels, inputs[0][0] // self.groups)

    def multiply_adds(self, *inputs: Shape) -> int:
        """K_h · K_w · C_in / groups for each number of the output."""
        rows, columns = self._axes(inputs[0])
        taps = prod(self.kernel_size) * (inputs[0][0] // self.groups)
        return taps * self.out_channels * rows.positions * columns.positions

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the dilated kernel and the stride."""
        return field_step(*self._axes(inputs[0]))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of output size, parameters and multiply-adds."""
        rows, columns = self._axes(inputs[0])
        sizes = (rows.formula(vertical=True), columns.formula(vertical=False))
        return (*sizes, *self.count_formulas(inputs[0], (rows.positions, columns.positions)))

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer groups that divide, a stride that goes with “same”, a kernel that fits."""
        yield from Convolution.repairs(self, *inputs)
        if self.padding == "same" and self.stride != (1, 1):
            yield "Set the stride to 1", replace(self, stride=(1, 1))
            rows, columns = self.kernel_size[0] // 2, self.kernel_size[1] // 2
            sides = (rows, columns, rows, columns)
            yield f"Set the padding to {plain((rows, columns))} px", replace(self, padding=sides)
        elif len(inputs[0]) == 3:
            padding = (self.dilation[0] * (self.kernel_size[0] - 1) + 1) // 2
            yield f"Set the padding to {padding} px", replace(self, padding=(padding,) * 4)
            fitting = tuple(map(min, self.kernel_size, inputs[0][1:]))
            yield (
                f"Set the kernel to {fitting[0]} × {fitting[1]} px",
                replace(self, kernel_size=fitting, dilation=(1, 1)),
            )

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Conv."""
        return self.write_filters(graph, "Conv", inputs[0], tensors, pads=self.sides)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Conv2d`, or one with four-sided padding where the sides differ."""
        even = self.padding if self.padding == "same" else symmetric(self.padding)
        return construct(
            "nn.Conv2d" if even else "PaddedConv2d",
            inputs[0][0],
            self.out_channels,
            kernel_size=(self.kernel_size, None),
            stride=(self.stride, 1),
            padding=(even, 0) if even else (None, None),
            sides=(None, None) if even else (self.padding, None),
            dilation=(self.dilation, 1),
            groups=(self.groups, 1),
            bias=(self.bias, True),
        ).labelled("in_channels", "out_channels", **DEFAULTS)

    @property
    def sides(self) -> Four:
        """The padding in pixels at (top, left, bottom, right).

        “Same” is D · (K − 1) rows, the odd one at the bottom.

        Source: PyTorch, `torch/nn/modules/conv.py`, `_reversed_padding_repeated_twice`.
        """
        if self.padding != "same":
            return self.padding
        rows, columns = (d * (k - 1) for d, k in zip(self.dilation, self.kernel_size, strict=True))
        return (rows // 2, columns // 2, rows - rows // 2, columns - columns // 2)

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        size = (shape[1], shape[2])
        return axes(size, self.kernel_size, self.stride, self.sides, self.dilation)
