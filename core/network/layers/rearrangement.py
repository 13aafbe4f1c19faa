"""Layers that divide, reorder or summarise axes."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, prod
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

import numpy as np
from msgspec import Meta
from msgspec.structs import replace

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, size_formula
from core.network.layers.base.layer import (
    Family,
    FieldStep,
    Layer,
    Shape,
    ShapeError,
    describe,
    need_groups,
    need_map,
)
from core.network.layers.base.setting_types import Channels
from core.network.layers.base.usual import USUAL_CHANNELS, channels_of

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

Axis = Annotated[int, Meta(ge=0, le=7)]


class _Rearrangement(Layer, frozen=True):
    family: ClassVar[Family] = Family.REARRANGEMENT
    functional: ClassVar[bool] = True


class Split(_Rearrangement, frozen=True, tag=True):
    """Divides the channels into parts, each with an output of its own."""

    title: ClassVar[str] = "Split"

    sizes: Annotated[
        tuple[Channels, ...],
        Meta(min_length=1, max_length=64, title="Parts", description="Channels of each part."),
    ]

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one that halves the channels."""
        channels = channels_of(shape)
        half = channels // 2
        return cls(sizes=(channels - half, half) if half else (1,))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape of the first part."""
        return self.output_shapes(*inputs)[0]

    def output_shapes(self, *inputs: Shape) -> tuple[Shape, ...]:
        """Return the shape of each part."""
        if sum(self.sizes) != inputs[0][0]:
            raise ShapeError(
                f"Split makes parts of {sum(self.sizes)} channels but receives {inputs[0][0]}",
                why=f"{' + '.join(map(str, self.sizes))} = {sum(self.sizes)}",
                hint="Choose parts that add up to the channels.",
            )
        return tuple((size, *inputs[0][1:]) for size in self.sizes)

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return 0: the parts are views."""
        return 0

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer equal parts."""
        count = len(self.sizes)
        if inputs[0][0] % count == 0:
            size = inputs[0][0] // count
            yield f"Set each part to {size} channels", replace(self, sizes=(size,) * count)

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the size of each part."""
        rest = [f"input:0:{axis}" for axis in range(1, len(inputs[0]))]
        return tuple(
            size_formula([f"setting:sizes:{port}", *rest], shape, port=port)
            for port, shape in enumerate(self.output_shapes(*inputs))
        )

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write the first part."""
        return self.write_onnx_outputs(graph, inputs, tensors, shapes)[0]

    def write_onnx_outputs(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> list[str]:
        """Write a Slice for each part."""
        ends = np.cumsum(self.sizes)
        return [
            graph.add("Slice", [inputs[0], *_numbers(graph, int(end) - size, int(end), 1)])
            for size, end in zip(self.sizes, ends, strict=True)
        ]

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that splits its argument."""
        return construct("Split", self.sizes)

    def source_call(self, inputs: list[str]) -> str:
        """Return `torch.split`, a tuple."""
        return f"torch.split({inputs[0]}, {list(self.sizes)}, 1)"


class ChannelShuffle(Layer, frozen=True, tag=True):
    """Mixes the channels of groups: (g, C / g) turned to (C / g, g), as in ShuffleNet."""

    title: ClassVar[str] = "Channel shuffle"
    family: ClassVar[Family] = Family.REARRANGEMENT

    groups: Annotated[
        Channels, Meta(title="Groups", description="How many groups are mixed with each other.")
    ] = 2

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one with two groups where they divide the channels."""
        return cls(groups=gcd(2, channels_of(shape)))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        channels, _, _ = need_map(self, inputs[0])
        need_groups(self.groups, {"channels": channels})
        return inputs[0]

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Reshape, Transpose, Reshape."""
        channels, height, width = shapes[0]
        groups = graph.constant(
            np.array([-1, self.groups, channels // self.groups, height, width], np.int64)
        )
        value = graph.add("Reshape", [inputs[0], groups])
        value = graph.add("Transpose", [value], perm=(0, 2, 1, 3, 4))
        return graph.add("Reshape", [value, graph.constant(np.array([-1, *shapes[0]], np.int64))])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.ChannelShuffle`."""
        return construct("nn.ChannelShuffle", self.groups)


class Reshape(_Rearrangement, frozen=True, tag=True):
    """Arranges the same numbers in another shape."""

    title: ClassVar[str] = "Reshape"

    shape: Annotated[
        tuple[Annotated[int, Meta(ge=-1, le=2**31)], ...],
        Meta(
            min_length=1,
            max_length=7,
            title="Shape",
            description="Not counting the batch; one side may be −1 and takes what is left.",
        ),
    ]

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one that lays what arrives out as one row."""
        return cls(shape=(prod(shape) if shape else USUAL_CHANNELS,))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape, with −1 worked out."""
        total, known = prod(inputs[0]), prod(side for side in self.shape if side != -1)
        holes = self.shape.count(-1)
        if 0 in self.shape or holes > 1 or total % known or (not holes and total != known):
            raise ShapeError(
                f"The {total} numbers of {describe(inputs[0])} do not fill "
                f"{' × '.join(map(str, self.shape))}",
                why="Numbers are neither added nor left out: the product of the sides stays "
                f"{total}.",
                hint="Choose sides whose product is the count of numbers.",
            )
        return tuple(total // known if side == -1 else side for side in self.shape)

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return 0: the numbers stay where they are."""
        return 0

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the size, and what −1 stands for."""
        shape = self.output_shape(*inputs)
        note = f"the same {prod(shape):,} numbers in another shape"
        links = [f"setting:shape:{axis}" for axis in range(len(shape))]
        return (size_formula(links, shape, note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Reshape."""
        shape = np.array([-1, *self.output_shape(*shapes)], np.int64)
        return graph.add("Reshape", [inputs[0], graph.constant(shape)])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that reshapes its argument."""
        return construct("Reshape", self.shape)

    def source_call(self, inputs: list[str]) -> str:
        """Return `torch.flatten` where it is one, or `reshape`."""
        return f"{inputs[0]}.reshape({inputs[0]}.shape[0], {', '.join(map(str, self.shape))})"


class Permute(_Rearrangement, frozen=True, tag=True):
    """Puts the axes into another order."""

    title: ClassVar[str] = "Permute"

    order: Annotated[
        tuple[Axis, ...],
        Meta(
            min_length=1,
            max_length=7,
            title="Order",
            description="Old position of each new axis, not counting the batch: 1, 2, 0 puts "
            "the channels last.",
        ),
    ]

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one that reverses the axes."""
        return cls(order=tuple(range(len(shape)))[::-1] if shape else (2, 1, 0))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape in the new order."""
        if sorted(self.order) != list(range(len(inputs[0]))):
            raise ShapeError(
                f"The order {', '.join(map(str, self.order))} does not name each axis of "
                f"{describe(inputs[0])} once",
                why=f"There are {len(inputs[0])} axes, each with one new place.",
                hint=f"Name each of 0 … {len(inputs[0]) - 1} once.",
            )
        return tuple(inputs[0][axis] for axis in self.order)

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return 0: a view."""
        return 0

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the size: each side from its old place."""
        links = [f"input:0:{axis}" for axis in self.order]
        note = "the same numbers, the axes in another order"
        return (size_formula(links, self.output_shape(*inputs), note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Transpose."""
        return graph.add("Transpose", inputs, perm=self._with_batch())

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that permutes its argument."""
        return construct("Permute", self._with_batch())

    def source_call(self, inputs: list[str]) -> str:
        """Return `permute`."""
        return f"{inputs[0]}.permute({', '.join(map(str, self._with_batch()))})"

    def _with_batch(self) -> tuple[int, ...]:
        return (0, *(axis + 1 for axis in self.order))


class Mean(_Rearrangement, frozen=True, tag=True):
    """Takes the mean over axes; over height and width it is a global average pooling."""

    title: ClassVar[str] = "Mean"

    axes: Annotated[
        tuple[Axis, ...],
        Meta(
            min_length=1,
            max_length=7,
            title="Axes",
            description="Not counting the batch: 1, 2 are height and width.",
        ),
    ] = (1, 2)
    keep_axes: Annotated[
        bool, Meta(title="Keep axes", description="Whether the axes stay, with a side of 1.")
    ] = False

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape without the axes."""
        if len(set(self.axes)) < len(self.axes) or max(self.axes) >= len(inputs[0]):
            raise ShapeError(
                f"Mean over axes {', '.join(map(str, self.axes))} does not fit "
                f"{describe(inputs[0])}",
                why=f"There are {len(inputs[0])} axes, counted from 0.",
                hint=f"Name axes between 0 and {len(inputs[0]) - 1}, each once.",
            )
        sides = enumerate(inputs[0])
        if self.keep_axes:
            return tuple(1 if axis in self.axes else side for axis, side in sides)
        return tuple(side for axis, side in sides if axis not in self.axes) or (1,)

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the whole map along the axes that are averaged."""
        if len(inputs[0]) != 3:
            return FieldStep()
        sizes = [inputs[0][axis] if axis in self.axes else 1 for axis in (1, 2)]
        return FieldStep((sizes[0], sizes[1]), (sizes[0], sizes[1]))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the size: the axes that are averaged go, or stay as 1."""
        sides = [axis for axis in range(len(inputs[0])) if self.keep_axes or axis not in self.axes]
        links = ["" if axis in self.axes else f"input:0:{axis}" for axis in sides] or [""]
        count = prod(inputs[0][axis] for axis in self.axes)
        note = f"each number is the mean of {count:,}"
        return (size_formula(links, self.output_shape(*inputs), note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write ReduceMean."""
        axes = graph.constant(np.array(self._with_batch(), np.int64))
        value = graph.add("ReduceMean", [inputs[0], axes], keepdims=int(self.keep_axes))
        if self.output_shape(*shapes) != (1,) or self.keep_axes or len(shapes[0]) > len(self.axes):
            return value
        return graph.add("Unsqueeze", [value, graph.constant(np.array([1], np.int64))])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that takes the mean of its argument."""
        return construct("Mean", self._with_batch(), self.keep_axes)

    def source_call(self, inputs: list[str]) -> str:
        """Return `mean`."""
        keep = ", keepdim=True" if self.keep_axes else ""
        return f"{inputs[0]}.mean({list(self._with_batch())}{keep})"

    def _with_batch(self) -> tuple[int, ...]:
        return tuple(axis + 1 for axis in self.axes)


class Select(_Rearrangement, frozen=True, tag=True):
    """Takes one place of an axis, such as the class token of a transformer."""

    title: ClassVar[str] = "Select"

    axis: Annotated[Axis, Meta(title="Axis", description="Not counting the batch.")] = 0
    index: Annotated[int, Meta(ge=0, title="Place", description="Counted from 0.")] = 0

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape without the axis."""
        shape = inputs[0]
        if self.axis >= len(shape) or self.index >= shape[self.axis] or len(shape) < 2:
            raise ShapeError(
                f"{describe(shape)} has no place {self.index} along axis {self.axis} to select",
                why="Axes and places are counted from 0, and one axis must remain.",
                hint="Choose a smaller axis or place.",
            )
        return shape[: self.axis] + shape[self.axis + 1 :]

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return 0: a view."""
        return 0

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the size: without the axis of which one place is taken."""
        links = [f"input:0:{axis}" for axis in range(len(inputs[0])) if axis != self.axis]
        note = f"place {self.index} of {inputs[0][self.axis]}"
        return (size_formula(links, self.output_shape(*inputs), note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Gather."""
        index = graph.constant(np.int64(self.index))
        return graph.add("Gather", [inputs[0], index], axis=self.axis + 1)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that selects from its argument."""
        return construct("Select", self.axis + 1, self.index)

    def source_call(self, inputs: list[str]) -> str:
        """Return an index expression."""
        return f"{inputs[0]}[{', '.join([':'] * (self.axis + 1) + [str(self.index)])}]"


def _numbers(graph: GraphWriter, *numbers: int) -> list[str]:
    return [graph.constant(np.array([number], np.int64)) for number in numbers]
