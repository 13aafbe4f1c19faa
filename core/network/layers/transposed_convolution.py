"""The transposed convolution."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.filters import Convolution
from core.network.layers.base.formula import Formula, Value, formula
from core.network.layers.base.layer import FieldStep, Shape, ShapeError, Tensor, need_map
from core.network.layers.base.setting_types import Kernel, Margins2d, Stride
from core.network.layers.base.usual import channels_of

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

Trim = Annotated[
    Margins2d,
    Meta(
        title="Padding",
        description="Rows and columns removed from the output at top and bottom, left and "
        "right: the reverse of a convolution's padding.",
        extra={"symbol": "P", "unit": "pixels"},
    ),
]
OutputPadding = Annotated[
    Margins2d,
    Meta(
        title="Output padding",
        description="Rows added at the bottom and columns added at the right of the output, to "
        "choose between the sizes that a convolution would shrink to the same one; "
        "less than stride or dilation.",
        extra={"symbol": "O", "unit": "pixels"},
    ),
]


class ConvTranspose2d(Convolution, frozen=True, tag=True):
    """The reverse of a convolution's arithmetic: makes the map larger.

    H_out = (H − 1) · S_h − 2 P_h + D_h (K_h − 1) + O_h + 1, the width likewise.
    Parameters: K_h · K_w · C_in · C_out / groups + bias · C_out.

    Source: PyTorch, `ConvTranspose2d`.
    """

    title: ClassVar[str] = "Transposed conv 2D"
    stem: ClassVar[str] = "upconv"
    synonyms: ClassVar[tuple[str, ...]] = ("deconvolution", "deconv", "upsampling", "convolution")

    kernel_size: Kernel = (2, 2)
    stride: Stride = (2, 2)
    padding: Trim = (0, 0)  # type: ignore[assignment]  # of another kind than a Conv2d's
    output_padding: OutputPadding = (0, 0)

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one with half as many filters as channels arrive."""
        return cls(out_channels=max(1, channels_of(shape) // 2))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (out_channels, height, width)."""
        channels, _, _ = need_map(self, inputs[0])
        self.check_groups(channels)
        for extra, *steps in zip(self.output_padding, self.stride, self.dilation, strict=True):
            if extra >= max(steps):
                raise ShapeError(
                    f"An output padding of {extra} px is not less than stride or dilation",
                    why=f"{extra} ≥ {max(steps)}: no convolution leads back from that size.",
                    hint="Choose a smaller output padding.",
                )
        height, width = self._size(inputs[0], 0), self._size(inputs[0], 1)
        if height < 1 or width < 1:
            raise ShapeError(
                f"The padding leaves {height} × {width} px of the result",
                why="(H − 1) · S − 2·P + D · (K − 1) + O + 1 is less than 1.",
                hint="Choose a smaller padding.",
            )
        return (self.out_channels, height, width)

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (in_channels, out_channels / groups, height, width) and bias."""
        return self.filters(inputs[0][0], self.out_channels // self.groups)

    def multiply_adds(self, *inputs: Shape) -> int:
        """K_h · K_w · C_out / groups for each number of the input."""
        return prod(self.kernel_size) * (self.out_channels // self.groups) * prod(inputs[0])

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the ⌈reach / S⌉ input pixels behind each output pixel, and the step 1 / S."""
        reach = [
            -(-(d * (k - 1) + 1) // s)
            for d, k, s in zip(self.dilation, self.kernel_size, self.stride, strict=True)
        ]
        return FieldStep((reach[0], reach[1]), (1 / self.stride[0], 1 / self.stride[1]))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of output size, parameters and multiply-adds."""
        positions = (inputs[0][1], inputs[0][2])
        counts = self.count_formulas(inputs[0], positions, of="input:0")
        return (self._size_formula(inputs[0], 0), self._size_formula(inputs[0], 1), *counts)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write ConvTranspose."""
        sides = {"pads": self.padding * 2, "output_padding": self.output_padding}
        return self.write_filters(graph, "ConvTranspose", inputs[0], tensors, **sides)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.ConvTranspose2d`."""
        return construct(
            "nn.ConvTranspose2d",
            inputs[0][0],
            self.out_channels,
            kernel_size=(self.kernel_size, None),
            stride=(self.stride, 1),
            padding=(self.padding, 0),
            output_padding=(self.output_padding, 0),
            groups=(self.groups, 1),
            bias=(self.bias, True),
            dilation=(self.dilation, 1),
        )

    def _size(self, shape: Shape, axis: int) -> int:
        reach = self.dilation[axis] * (self.kernel_size[axis] - 1) + 1
        steps = (shape[axis + 1] - 1) * self.stride[axis]
        return steps - 2 * self.padding[axis] + reach + self.output_padding[axis]

    def _size_formula(self, shape: Shape, axis: int) -> Formula:
        size, name = ("H", "Output height") if axis == 0 else ("W", "Output width")
        values: dict[str, Value] = {
            size: (shape[axis + 1], f"input:0:{axis + 1}"),
            "S": (self.stride[axis], f"setting:stride:{axis}"),
            "P": (self.padding[axis], f"setting:padding:{axis}"),
            "D": (self.dilation[axis], f"setting:dilation:{axis}"),
            "K": (self.kernel_size[axis], f"setting:kernel_size:{axis}"),
            "O": (self.output_padding[axis], f"setting:output_padding:{axis}"),
        }
        pattern = f"({{{size}}} − 1) · {{S}} − 2·{{P}} + {{D}} · ({{K}} − 1) + {{O}} + 1"
        return formula(name, pattern, values, self._size(shape, axis))
