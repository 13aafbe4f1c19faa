"""Layers that scale or shift by numbers of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Self

import numpy as np
from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, Value, formula
from core.network.layers.base.layer import (
    Family,
    Layer,
    Shape,
    ShapeError,
    Tensor,
    describe,
    need_map,
)
from core.network.layers.base.usual import channels_of

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

Finite = Annotated[float, Meta(ge=-1e6, le=1e6)]


class LayerScale(Layer, frozen=True, tag=True):
    """Multiplies each channel by a learned number, as in ConvNeXt.

    Source: H. Touvron et al., "Going deeper with image transformers", 2021, section 3.
    """

    title: ClassVar[str] = "Scale per channel"
    family: ClassVar[Family] = Family.NORMALISATION

    initial: Annotated[
        Finite, Meta(title="Start", description="Value of the numbers before training.")
    ] = 1e-6

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        return need_map(self, inputs[0])

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (channels, 1, 1)."""
        return (Tensor("weight", (inputs[0][0], 1, 1)),)

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the parameters."""
        channels = inputs[0][0]
        note = "a factor for each channel"
        values: dict[str, Value] = {"C": (channels, "input:0:0")}
        return (formula("Parameters", "{C}", values, channels, note),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Mul."""
        return graph.add("Mul", [inputs[0], tensors["weight"]])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the numbers."""
        call = construct("LayerScale", inputs[0][0], initial=(self.initial, 1e-6))
        return call.labelled("channels")


class Rescale(Layer, frozen=True, tag=True):
    """Multiplies each channel by a fixed number and adds another: x · factor + offset.

    torchvision's GoogLeNet and Inception bring an image to their own normalisation with it.
    """

    title: ClassVar[str] = "Rescale"
    family: ClassVar[Family] = Family.NORMALISATION

    factors: Annotated[
        tuple[Finite, ...],
        Meta(min_length=1, max_length=4096, title="Factors", description="One for each channel."),
    ]
    offsets: Annotated[
        tuple[Finite, ...],
        Meta(min_length=1, max_length=4096, title="Offsets", description="One for each channel."),
    ]

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one that changes nothing."""
        channels = channels_of(shape)
        return cls(factors=(1.0,) * channels, offsets=(0.0,) * channels)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        channels, _, _ = need_map(self, inputs[0])
        if not len(self.factors) == len(self.offsets) == channels:
            raise ShapeError(
                f"Rescale has {len(self.factors)} factors and {len(self.offsets)} offsets "
                f"but receives {describe(inputs[0])}",
                why=f"Each of the {channels} channels has its own factor and offset.",
                hint=f"Give {channels} of each.",
            )
        return inputs[0]

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Mul and Add."""
        factors, offsets = (
            graph.constant(np.array(values, np.float32).reshape(-1, 1, 1))
            for values in (self.factors, self.offsets)
        )
        return graph.add("Add", [graph.add("Mul", [inputs[0], factors]), offsets])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the numbers."""
        return construct("Rescale", self.factors, self.offsets)


class ClassToken(Layer, frozen=True, tag=True):
    """Puts a learned token before the others; its output then describes the whole image."""

    title: ClassVar[str] = "Class token"
    family: ClassVar[Family] = Family.OPAQUE

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (tokens + 1, features)."""
        if len(inputs[0]) != 2:
            raise ShapeError(
                f"Class token needs tokens × features, not {describe(inputs[0])}",
                why="It is one token more, with as many features as the others.",
                hint="Convert the map to tokens × features with Reshape and Permute.",
            )
        return (inputs[0][0] + 1, inputs[0][1])

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (1, 1, features)."""
        return (Tensor("weight", (1, 1, inputs[0][1])),)

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of size and parameters."""
        tokens, features = inputs[0]
        values: dict[str, Value] = {"N_0": (tokens, "input:0:0"), "N_1": (features, "input:0:1")}
        return (
            formula("Output tokens", "{N_0} + 1", values, tokens + 1),
            formula("Parameters", "{N_1}", values, features, "one token"),
        )

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Expand to the batch and Concat."""
        size = graph.add("Shape", [inputs[0]], start=0, end=1)
        rest = graph.constant(np.array([1, shapes[0][1]], np.int64))
        shape = graph.add("Concat", [size, rest], axis=0)
        token = graph.add("Expand", [tensors["weight"], shape])
        return graph.add("Concat", [token, inputs[0]], axis=1)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the token."""
        return construct("ClassToken", inputs[0][1])


class PositionEmbedding(Layer, frozen=True, tag=True):
    """Adds learned numbers to each token that mark its position."""

    title: ClassVar[str] = "Position embedding"
    family: ClassVar[Family] = Family.OPAQUE

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        if len(inputs[0]) != 2:
            raise ShapeError(
                f"Position embedding needs tokens × features, not {describe(inputs[0])}",
                why="It has numbers for each token.",
                hint="Convert the map to tokens × features with Reshape and Permute.",
            )
        return inputs[0]

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (1, tokens, features)."""
        return (Tensor("weight", (1, *inputs[0])),)

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the parameters."""
        tokens, features = inputs[0]
        values: dict[str, Value] = {"N_0": (tokens, "input:0:0"), "N_1": (features, "input:0:1")}
        return (formula("Parameters", "{N_0} · {N_1}", values, tokens * features),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Add."""
        return graph.add("Add", [inputs[0], tensors["weight"]])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module with the numbers."""
        return construct("PositionEmbedding", *inputs[0])
