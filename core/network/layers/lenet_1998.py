"""The layers that LeNet-5 had in 1998 and no network has had since.

Source: Y. LeCun et al., "Gradient-based learning applied to document recognition", 1998, II.B.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
import numpy.typing as npt
from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, Value, formula
from core.network.layers.base.layer import (
    Family,
    FieldStep,
    Layer,
    Shape,
    ShapeError,
    Tensor,
    describe,
    need_map,
)
from core.network.layers.base.setting_types import Channels, Kernel
from core.network.layers.base.window import Axis, axes, field_step, output_size

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

C3_TABLE = (
    *((i, (i + 1) % 6, (i + 2) % 6) for i in range(6)),
    *(tuple(sorted((i + k) % 6 for k in range(4))) for i in range(6)),
    (0, 1, 3, 4),
    (1, 2, 4, 5),
    (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)
"""Which maps of S2 each map of C3 sees: the paper's Table I."""


class Subsampling(Layer, frozen=True, tag=True):
    """Sums each window of a channel, times a learned number, plus another: 2C parameters."""

    title: ClassVar[str] = "Trainable subsampling"
    family: ClassVar[Family] = Family.POOLING

    kernel_size: Kernel = (2, 2)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, ⌊height / K_h⌋, ⌊width / K_w⌋)."""
        channels, _, _ = need_map(self, inputs[0])
        return (channels, *output_size(*self._axes(inputs[0])))

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight and bias, (channels,) each."""
        return (Tensor("weight", (inputs[0][0],)), Tensor("bias", (inputs[0][0],)))

    def connections(self, *inputs: Shape) -> int:
        """K_h · K_w + 1 for each number of the output."""
        return (prod(self.kernel_size) + 1) * prod(self.output_shape(*inputs))

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the window, which is its own stride."""
        return field_step(*self._axes(inputs[0]))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of size and parameters."""
        rows, columns = self._axes(inputs[0])
        values: dict[str, Value] = {"C": (inputs[0][0], "input:0:0")}
        note = "a factor and a shift for each channel"
        count = formula("Parameters", "2 · {C}", values, 2 * inputs[0][0], note)
        settings = {"K": "kernel_size", "S": "kernel_size"}
        return (rows.formula(True, settings), columns.formula(False, settings), count)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write AveragePool, Mul and Add."""
        mean = graph.add(
            "AveragePool", inputs, kernel_shape=self.kernel_size, strides=self.kernel_size
        )
        along = graph.constant(np.array([-1, 1, 1], np.int64))
        total = graph.add("Mul", [mean, graph.constant(np.float32(prod(self.kernel_size)))])
        scale, shift = (graph.add("Reshape", [tensors[name], along]) for name in ("weight", "bias"))
        return graph.add("Add", [graph.add("Mul", [total, scale]), shift])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the numbers."""
        return construct("Subsampling", inputs[0][0], self.kernel_size)

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        size = (shape[1], shape[2])
        return axes(size, self.kernel_size, self.kernel_size, (0, 0, 0, 0))


class PartialConv2d(Layer, frozen=True, tag=True):
    """A convolution whose filters each see only some of the input channels.

    Parameters: K_h · K_w for each connection of the table, and a bias for each filter.
    """

    title: ClassVar[str] = "Partial conv 2D"
    stem: ClassVar[str] = "conv"
    synonyms: ClassVar[tuple[str, ...]] = ("lenet", "convolution")
    family: ClassVar[Family] = Family.CONVOLUTION

    table: Annotated[
        tuple[tuple[Annotated[int, Meta(ge=0, lt=4096)], ...], ...],
        Meta(
            min_length=1,
            max_length=4096,
            title="Connections",
            description="For each filter, the input channels it sees, counted from 0.",
        ),
    ] = C3_TABLE
    kernel_size: Kernel = (5, 5)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (filters, height, width)."""
        channels, _, _ = need_map(self, inputs[0])
        highest = max((max(row, default=0) for row in self.table), default=0)
        if highest >= channels:
            raise ShapeError(
                f"The table names channel {highest} but the input has {channels} channels",
                why="Channels are counted from 0.",
                hint=f"Use channels 0 … {channels - 1}.",
            )
        if any(not row or len(set(row)) < len(row) for row in self.table):
            raise ShapeError(
                "A filter of the table sees no channel, or one twice",
                why="A filter has one kernel for each channel that it sees.",
                hint="Name at least one channel in each row, each once.",
            )
        return (len(self.table), *output_size(*self._axes(inputs[0])))

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (connections, height, width) and bias (filters,)."""
        weight = Tensor("weight", (self._count, *self.kernel_size))
        return (weight, Tensor("bias", (len(self.table),)))

    def multiply_adds(self, *inputs: Shape) -> int:
        """K_h · K_w for each connection at each position."""
        _, height, width = self.output_shape(*inputs)
        return self._count * prod(self.kernel_size) * height * width

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the kernel."""
        return field_step(*self._axes(inputs[0]))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of size, parameters and multiply-adds."""
        rows, columns = self._axes(inputs[0])
        values: dict[str, Value] = {
            "K_h": (self.kernel_size[0], "setting:kernel_size:0"),
            "K_w": (self.kernel_size[1], "setting:kernel_size:1"),
            "connections": (self._count, "setting:table"),
            "C_out": (len(self.table), "setting:table"),
            "H": (rows.positions, "output:0:1"),
            "W": (columns.positions, "output:0:2"),
        }
        taps = "{connections} · {K_h} · {K_w}"
        count = self._count * prod(self.kernel_size) + len(self.table)
        return (
            rows.formula(True, {"K": "kernel_size"}),
            columns.formula(False, {"K": "kernel_size"}),
            formula("Parameters", f"{taps} + {{C_out}}", values, count),
            formula(
                "Multiply-adds", f"{taps} · {{H}} · {{W}}", values, self.multiply_adds(*inputs)
            ),
        )

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Conv with zeros where the table has no connection."""
        zeros = graph.constant(np.zeros((1, *self.kernel_size), np.float32))
        kernels = graph.add("Concat", [tensors["weight"], zeros], axis=0)
        places = graph.constant(self._places(shapes[0][0]))
        weight = graph.add("Gather", [kernels, places], axis=0)
        return graph.add(
            "Conv", [inputs[0], weight, tensors["bias"]], kernel_shape=self.kernel_size
        )

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the connections."""
        return construct("PartialConv2d", inputs[0][0], self.table, self.kernel_size)

    @property
    def _count(self) -> int:
        return sum(map(len, self.table))

    def _places(self, channels: int) -> npt.NDArray[np.int64]:
        """Return (filters, channels): which kernel stands there, or the one of zeros."""
        places = np.full((len(self.table), channels), self._count, np.int64)
        number = 0
        for row, seen in enumerate(self.table):
            for channel in seen:
                places[row, channel] = number
                number += 1
        return places

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return axes((shape[1], shape[2]), self.kernel_size, (1, 1), (0, 0, 0, 0))


class ScaledTanh(Layer, frozen=True, tag=True):
    """1.7159 · tanh(2/3 · x): 1 at 1, −1 at −1, steepest in between.

    Source: the paper's appendix A.
    """

    title: ClassVar[str] = "Scaled tanh"
    stem: ClassVar[str] = "tanh"
    family: ClassVar[Family] = Family.ACTIVATION

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Mul, Tanh, Mul."""
        slope, height = (graph.constant(np.float32(x)) for x in (2 / 3, 1.7159))
        return graph.add("Mul", [graph.add("Tanh", [graph.add("Mul", [inputs[0], slope])]), height])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return the module of the same name."""
        return construct("ScaledTanh")


class RadialBasis(Layer, frozen=True, tag=True):
    """Minus the squared distance to a fixed pattern for each class: −Σ (x − w)².

    The paper's output is the distance, of which the smallest is the answer; here the largest is,
    as in every other network. The patterns are not trained.
    """

    title: ClassVar[str] = "Radial basis output"
    stem: ClassVar[str] = "rbf"
    family: ClassVar[Family] = Family.FULLY_CONNECTED

    classes: Annotated[
        Channels, Meta(title="Classes", description="How many patterns there are.")
    ] = 10

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (classes,)."""
        if len(inputs[0]) != 1:
            raise ShapeError(
                f"Radial basis output needs a row of features but receives {describe(inputs[0])}",
                why="Each pattern has one number for each feature of a row.",
                hint="Insert a Flatten layer before it.",
            )
        return (self.classes,)

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return the fixed patterns (classes, features)."""
        return (Tensor("patterns", (self.classes, inputs[0][0]), trainable=False),)

    def connections(self, *inputs: Shape) -> int:
        """n_in · n_out."""
        return inputs[0][0] * self.classes

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of the outputs and of the fixed numbers."""
        values: dict[str, Value] = {
            "n_in": (inputs[0][0], "input:0:0"),
            "n_out": (self.classes, "setting:classes"),
        }
        fixed = inputs[0][0] * self.classes
        return (
            formula("Output features", "{n_out}", values, self.classes),
            formula("Fixed numbers", "{n_in} · {n_out}", values, fixed, "not trained"),
        )

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Sub, Mul, ReduceSum and Neg."""
        last, between = (graph.constant(np.array([axis], np.int64)) for axis in (2, 1))
        row = graph.add("Unsqueeze", [inputs[0], between])
        difference = graph.add("Sub", [row, tensors["patterns"]])
        square = graph.add("Mul", [difference, difference])
        return graph.add("Neg", [graph.add("ReduceSum", [square, last], keepdims=0)])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the patterns."""
        return construct("RadialBasis", inputs[0][0], self.classes)
