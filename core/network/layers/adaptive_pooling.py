"""Pooling to a given output size, and over the whole map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
import numpy.typing as npt
from msgspec import Meta

from core.network.layers.base.constructor import Constructor, plain
from core.network.layers.base.formula import Formula, formula, size_formula
from core.network.layers.base.layer import Family, FieldStep, Layer, Shape, need_map
from core.network.layers.base.setting_types import Size2d

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

OutputSize = Annotated[
    Size2d,
    Meta(
        title="Output size",
        description="Height and width of the output, whatever the size of the input.",
        extra={"symbol": "O", "unit": "pixels"},
    ),
]


class _AdaptivePool2d(Layer, frozen=True):
    """Windows chosen so that the result has the given size.

    Window i of O over H rows: ⌊i · H / O⌋ … ⌈(i + 1) · H / O⌉.

    Source: PyTorch, `AdaptiveAveragePooling.cpp`, `start_index` and `end_index`.
    """

    family: ClassVar[Family] = Family.POOLING
    stem: ClassVar[str] = "pool"
    torch_name: ClassVar[str]
    onnx_name: ClassVar[str]

    output_size: OutputSize = (1, 1)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, output height, output width)."""
        return (need_map(self, inputs[0])[0], *self.output_size)

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the widest window and the mean step."""
        _, height, width = inputs[0]
        rows, columns = self.output_size
        reach = [
            max(end - start for start, end in windows(size, count))
            for size, count in ((height, rows), (width, columns))
        ]
        return FieldStep((reach[0], reach[1]), (height / rows, width / columns))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of the output size, with the windows it leads to."""
        sides = zip(("H", "W"), ("height", "width"), inputs[0][1:], self.output_size, strict=True)
        return tuple(
            formula(
                f"Output {name}",
                f"{{O_{symbol.lower()}}}",
                {f"O_{symbol.lower()}": (count, f"setting:output_size:{axis}")},
                count,
                _windows_note(size, count),
            )
            for axis, (symbol, name, size, count) in enumerate(sides)
        )

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return torch's adaptive pooling."""
        return Constructor(self.torch_name, (plain(self.output_size),), {})

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write a global pooling, a plain one where the size divides, or the windows singly."""
        if self.output_size == (1, 1):
            return graph.add(f"Global{self.onnx_name}", inputs)
        _, height, width = shapes[0]
        rows, columns = self.output_size
        if height % rows == 0 and width % columns == 0:
            kernel = (height // rows, width // columns)
            return graph.add(self.onnx_name, inputs, kernel_shape=kernel, strides=kernel)
        return self._write_windows(graph, inputs[0], shapes[0])

    def _write_windows(self, graph: GraphWriter, value: str, shape: Shape) -> str:
        raise NotImplementedError


class AdaptiveAvgPool2d(_AdaptivePool2d, frozen=True, tag=True):
    """Takes the mean of windows chosen so that the output has the given size."""

    title: ClassVar[str] = "Adaptive average pool"
    synonyms: ClassVar[tuple[str, ...]] = ("mean pooling", "global pooling")
    torch_name: ClassVar[str] = "nn.AdaptiveAvgPool2d"
    onnx_name: ClassVar[str] = "AveragePool"

    def _write_windows(self, graph: GraphWriter, value: str, shape: Shape) -> str:
        """Write the mean over rows and columns as a product with a matrix on either side."""
        left = graph.constant(mean_matrix(shape[1], self.output_size[0]))
        right = graph.constant(mean_matrix(shape[2], self.output_size[1]).T.copy())
        return graph.add("MatMul", [graph.add("MatMul", [left, value]), right])


class AdaptiveMaxPool2d(_AdaptivePool2d, frozen=True, tag=True):
    """Keeps the largest number of windows chosen so that the output has the given size."""

    title: ClassVar[str] = "Adaptive max pool"
    synonyms: ClassVar[tuple[str, ...]] = ("maximum pooling", "global pooling")
    torch_name: ClassVar[str] = "nn.AdaptiveMaxPool2d"
    onnx_name: ClassVar[str] = "MaxPool"

    def _write_windows(self, graph: GraphWriter, value: str, shape: Shape) -> str:
        """Write one ReduceMax for each row of windows, then for each column."""
        for axis in (2, 3):
            parts = [
                _largest(graph, value, axis, start, end)
                for start, end in windows(shape[axis - 1], self.output_size[axis - 2])
            ]
            value = graph.add("Concat", parts, axis=axis)
        return value


class _GlobalPool2d(Layer, frozen=True):
    """One number for each channel: (channels, 1, 1)."""

    family: ClassVar[Family] = Family.POOLING
    stem: ClassVar[str] = "pool"
    torch_name: ClassVar[str]
    onnx_name: ClassVar[str]

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, 1, 1)."""
        return (need_map(self, inputs[0])[0], 1, 1)

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the whole map."""
        _, height, width = inputs[0]
        return FieldStep((height, width), (height, width))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the output size."""
        channels, height, width = inputs[0]
        note = f"one number for the {height} × {width} of each channel"
        return (size_formula(("input:0:0", "", ""), (channels, 1, 1), note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write the node for it."""
        return graph.add(self.onnx_name, inputs)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return torch's adaptive pooling to 1 × 1."""
        return Constructor(self.torch_name, (1,), {})


class GlobalAvgPool2d(_GlobalPool2d, frozen=True, tag=True):
    """Takes the mean of each channel over the whole map: (channels, 1, 1)."""

    title: ClassVar[str] = "Global average pool"
    synonyms: ClassVar[tuple[str, ...]] = ("gap", "mean pooling", "global pooling")
    torch_name: ClassVar[str] = "nn.AdaptiveAvgPool2d"
    onnx_name: ClassVar[str] = "GlobalAveragePool"


class GlobalMaxPool2d(_GlobalPool2d, frozen=True, tag=True):
    """Keeps the largest number of each channel over the whole map: (channels, 1, 1)."""

    title: ClassVar[str] = "Global max pool"
    synonyms: ClassVar[tuple[str, ...]] = ("global pooling", "maximum pooling")
    torch_name: ClassVar[str] = "nn.AdaptiveMaxPool2d"
    onnx_name: ClassVar[str] = "GlobalMaxPool"


def windows(size: int, count: int) -> list[tuple[int, int]]:
    """Return (start, end) of each of `count` adaptive windows over `size` pixels."""
    return [(i * size // count, -(-(i + 1) * size // count)) for i in range(count)]


def _windows_note(size: int, count: int) -> str:
    """Return how large the windows of an adaptive pooling are, as a sentence."""
    spans = {end - start for start, end in windows(size, count)}
    small, large = min(spans), max(spans)
    span = f"{small}" if small == large else f"{small} to {large}"
    return f"whatever the input; of {size} px each window takes {span}"


def mean_matrix(size: int, count: int) -> npt.NDArray[np.float32]:
    """Return the (count, size) matrix that takes the means of the adaptive windows."""
    matrix = np.zeros((count, size), np.float32)
    for row, (start, end) in enumerate(windows(size, count)):
        matrix[row, start:end] = 1 / (end - start)
    return matrix


def _largest(graph: GraphWriter, value: str, axis: int, start: int, end: int) -> str:
    bounds = [graph.constant(np.array([number], np.int64)) for number in (start, end, axis)]
    part = graph.add("Slice", [value, *bounds])
    return graph.add("ReduceMax", [part, bounds[2]], keepdims=1)
