"""Layers that bring branches together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, Value, formula, size_formula
from core.network.layers.base.layer import Family, Layer, Shape, ShapeError, describe

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter


class _Merge(Layer, frozen=True):
    """Takes two inputs or more."""

    family: ClassVar[Family] = Family.MERGE
    input_count: ClassVar[int | None] = None
    functional: ClassVar[bool] = True


class Add(_Merge, frozen=True, tag=True):
    """Adds inputs of the same shape, number by number."""

    title: ClassVar[str] = "Add"
    synonyms: ClassVar[tuple[str, ...]] = ("sum", "plus", "residual", "skip")

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the common shape."""
        for other in inputs[1:]:
            if other != inputs[0]:
                raise ShapeError(
                    f"Add needs inputs of one shape but receives {describe(inputs[0])} "
                    f"and {describe(other)}",
                    why="Numbers are added place by place, so each needs a partner.",
                    hint="Insert a 1 × 1 convolution that gives one the other's shape.",
                )
        return inputs[0]

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Add, or Sum where there are more than two inputs."""
        return graph.add("Add" if len(inputs) == 2 else "Sum", inputs)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that sums its arguments."""
        return construct("Sum")

    def source_call(self, inputs: list[str]) -> str:
        """Return the sum."""
        return " + ".join(inputs)


class Multiply(_Merge, frozen=True, tag=True):
    """Multiplies its inputs number by number; a side of 1 counts for all places of the other.

    In squeeze and excitation it weighs each channel of a map by one number.
    """

    title: ClassVar[str] = "Multiply"
    synonyms: ClassVar[tuple[str, ...]] = ("product", "times", "gate")

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the common shape, sides of 1 widened."""
        try:
            if len({len(shape) for shape in inputs}) > 1:
                raise ValueError
            return np.broadcast_shapes(*inputs)
        except ValueError:
            raise ShapeError(
                f"Multiply cannot combine {' and '.join(map(describe, inputs))}",
                why="Each side must be the same in all inputs, or 1.",
                hint="Give the inputs the same shape, or reduce one of them to 1 × 1.",
            ) from None

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the size: of each side, the largest."""
        shape = self.output_shape(*inputs)
        ports = [
            next(port for port, other in enumerate(inputs) if other[axis] == side)
            for axis, side in enumerate(shape)
        ]
        widened = any(other != shape for other in inputs)
        note = "a side of 1 counts for all places of the other" if widened else ""
        links = [f"input:{port}:{axis}" for axis, port in enumerate(ports)]
        return (size_formula(links, shape, note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write one Mul for each further input."""
        value = inputs[0]
        for other in inputs[1:]:
            value = graph.add("Mul", [value, other])
        return value

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that multiplies its arguments."""
        return construct("Product")

    def source_call(self, inputs: list[str]) -> str:
        """Return the product."""
        return " * ".join(inputs)


class Concatenate(_Merge, frozen=True, tag=True):
    """Joins the channels of its inputs: C_out = Σ C_in."""

    title: ClassVar[str] = "Concatenate"
    stem: ClassVar[str] = "cat"
    synonyms: ClassVar[tuple[str, ...]] = ("concat", "cat", "join", "merge")

    axis: Annotated[
        int,
        Meta(
            ge=0,
            le=7,
            title="Axis",
            description="Axis along which they are joined, not counting the batch: 0 the channels.",
        ),
    ] = 0

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape with the sum of the channels."""
        if self.axis >= min(map(len, inputs)):
            raise ShapeError(
                f"{' and '.join(map(describe, inputs))} have no common axis {self.axis}",
                why="Axes are counted from 0, not counting the batch.",
                hint="Choose a smaller axis.",
            )
        for other in inputs[1:]:
            if self._rest(other) != self._rest(inputs[0]):
                raise ShapeError(
                    f"Concatenate needs inputs of one height and width but receives "
                    f"{describe(inputs[0])} and {describe(other)}",
                    why="The channels are stacked pixel by pixel.",
                    hint="Give the branches the same height and width, by stride or padding.",
                )
        total = sum(shape[self.axis] for shape in inputs)
        return (*inputs[0][: self.axis], total, *inputs[0][self.axis + 1 :])

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the channels."""
        values: dict[str, Value] = {
            f"C_{port + 1}": (shape[self.axis], f"input:{port}:{self.axis}")
            for port, shape in enumerate(inputs)
        }
        pattern = " + ".join(f"{{{symbol}}}" for symbol in values)
        total = sum(shape[self.axis] for shape in inputs)
        return (formula("Output channels", pattern, values, total),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Concat along the channels."""
        return graph.add("Concat", inputs, axis=self.axis + 1)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that concatenates its arguments."""
        return construct("Concatenation", axis=(self.axis + 1, 1))

    def source_call(self, inputs: list[str]) -> str:
        """Return `torch.cat`, of a list where the only input is one unpacked: “*features”."""
        if len(inputs) == 1:
            return f"torch.cat({inputs[0].removeprefix('*')}, {self.axis + 1})"
        return f"torch.cat([{', '.join(inputs)}], {self.axis + 1})"

    def _rest(self, shape: Shape) -> Shape:
        return shape[: self.axis] + shape[self.axis + 1 :]
