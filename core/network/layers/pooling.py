"""Pooling with a window that slides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from msgspec import Meta
from msgspec.structs import replace

from core.network.layers.adaptive_pooling import GlobalAvgPool2d, GlobalMaxPool2d
from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula
from core.network.layers.base.layer import Family, FieldStep, Layer, Shape, ShapeError, need_map
from core.network.layers.base.setting_types import CeilMode, Dilation, Kernel, Padding, Stride
from core.network.layers.base.window import Axis, axes, field_step, output_size, symmetric

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

__all__ = ["AvgPool2d", "GlobalAvgPool2d", "GlobalMaxPool2d", "MaxPool2d"]


class _Pool2d(Layer, frozen=True):
    """A window that slides over each channel by itself; padding is at most half the window.

    H_out = ⌊(H − K_h + P_top + P_bottom) / S_h⌋ + 1, the width likewise; in ceil mode rounded up.
    """

    family: ClassVar[Family] = Family.POOLING
    stem: ClassVar[str] = "pool"

    kernel_size: Kernel = (2, 2)
    stride: Stride = (2, 2)
    padding: Padding = (0, 0, 0, 0)
    ceil_mode: CeilMode = False

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, height, width)."""
        channels, _, _ = need_map(self, inputs[0])
        self._check_padding()
        return (channels, *output_size(*self._axes(inputs[0])))

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the window and the stride."""
        return field_step(*self._axes(inputs[0]))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of the output size."""
        rows, columns = self._axes(inputs[0])
        return (rows.formula(vertical=True), columns.formula(vertical=False))

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer less padding, a window that fits, ceil mode."""
        limits = [kernel // 2 for kernel in self.kernel_size * 2]
        padding = tuple(map(min, self.padding, limits))
        if padding != self.padding:
            yield f"Set the padding to {max(padding)} px", replace(self, padding=padding)
        if len(inputs[0]) == 3:
            fitting = tuple(map(min, self.kernel_size, inputs[0][1:]))
            text = f"Set the window to {fitting[0]} × {fitting[1]} px"
            if fitting != self.kernel_size:
                yield text, replace(self, kernel_size=fitting, padding=(0, 0, 0, 0))
        if not self.ceil_mode:
            yield "Use ceil mode", replace(self, ceil_mode=True)

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        size = (shape[1], shape[2])
        return axes(size, self.kernel_size, self.stride, self.padding, (1, 1), self.ceil_mode)

    def _check_padding(self) -> None:
        for side, kernel in zip(self.padding, self.kernel_size * 2, strict=True):
            if 2 * side > kernel:
                raise ShapeError(
                    f"A padding of {side} px is more than half of the {kernel} px window",
                    why=f"{side} > {kernel} / 2: a window at the edge could contain only padding.",
                    hint=f"Choose a padding of {kernel // 2} px or less.",
                )
        if self.ceil_mode and symmetric(self.padding) is None:
            raise ShapeError(
                "Ceil mode cannot be combined with a padding that differs between the sides",
                why="PyTorch supports ceil mode only for one padding at top and bottom and one "
                "at left and right.",
                hint="Set the same padding on all sides or turn ceil mode off.",
            )


class MaxPool2d(_Pool2d, frozen=True, tag=True):
    """Keeps the largest number of each window."""

    title: ClassVar[str] = "Max pool"
    synonyms: ClassVar[tuple[str, ...]] = ("maximum pooling", "downsampling")

    dilation: Dilation = (1, 1)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write MaxPool; ceil mode as the padding it comes to."""
        rows, columns = self._axes(shapes[0])
        top, left, bottom, right = self.padding
        pads = (top, left, bottom + rows.overhang, right + columns.overhang)
        value = inputs[0]
        if any(pad >= kernel for pad, kernel in zip(pads, self.kernel_size * 2, strict=True)):
            # ONNX Runtime refuses such padding even where dilation makes the window larger.
            sides = graph.constant(np.array([0, 0, *pads[:2], 0, 0, *pads[2:]], np.int64))
            value = graph.add("Pad", [value, sides, graph.constant(np.float32(-np.inf))])
            pads = (0, 0, 0, 0)
        return graph.add(
            "MaxPool",
            [value],
            kernel_shape=self.kernel_size,
            strides=self.stride,
            pads=pads,
            dilations=self.dilation,
        )

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.MaxPool2d`, or one with four-sided padding where the sides differ."""
        even = symmetric(self.padding)
        return construct(
            "nn.MaxPool2d" if even else "PaddedMaxPool2d",
            kernel_size=(self.kernel_size, None),
            stride=(self.stride, None),
            padding=(even, 0) if even else (None, None),
            sides=(None, None) if even else (self.padding, None),
            dilation=(self.dilation, 1),
            ceil_mode=(self.ceil_mode, False),
        )

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return axes(
            (shape[1], shape[2]),
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            self.ceil_mode,
        )


class AvgPool2d(_Pool2d, frozen=True, tag=True):
    """Takes the mean of each window."""

    title: ClassVar[str] = "Average pool"
    synonyms: ClassVar[tuple[str, ...]] = ("mean pooling", "avgpool", "subsampling")

    count_include_pad: Annotated[
        bool,
        Meta(
            title="Count padding",
            description="Whether padding counts as zeros in the mean or is left out of it.",
        ),
    ] = True

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write AveragePool; what ceil mode adds never counts in the mean, as in torch."""
        rows, columns = self._axes(shapes[0])
        top, left, bottom, right = self.padding
        value, apart = inputs[0], self.count_include_pad and (rows.overhang or columns.overhang)
        if apart:
            sides = np.array([0, 0, top, left, 0, 0, bottom, right], np.int64)
            value = graph.add("Pad", [value, graph.constant(sides)])
            top = left = bottom = right = 0
        return graph.add(
            "AveragePool",
            [value],
            kernel_shape=self.kernel_size,
            strides=self.stride,
            pads=(top, left, bottom + rows.overhang, right + columns.overhang),
            count_include_pad=int(self.count_include_pad and not apart),
        )

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.AvgPool2d`, or one with four-sided padding where the sides differ."""
        even = symmetric(self.padding)
        return construct(
            "nn.AvgPool2d" if even else "PaddedAvgPool2d",
            kernel_size=(self.kernel_size, None),
            stride=(self.stride, None),
            padding=(even, 0) if even else (None, None),
            sides=(None, None) if even else (self.padding, None),
            ceil_mode=(self.ceil_mode, False),
            count_include_pad=(self.count_include_pad, True),
        )
