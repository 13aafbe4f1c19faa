"""Normalisation."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

import numpy as np
from msgspec import Meta
from msgspec.structs import replace

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, Value, formula
from core.network.layers.base.layer import (
    Family,
    Layer,
    Shape,
    ShapeError,
    Tensor,
    describe,
    need_groups,
    need_map,
)
from core.network.layers.base.setting_types import Channels, Epsilon, Share
from core.network.layers.base.usual import channels_of

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter


class _Norm(Layer, frozen=True):
    """Brings numbers to mean 0 and variance 1, then scales and shifts them by learned numbers."""

    family: ClassVar[Family] = Family.NORMALISATION

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        return need_map(self, inputs[0])

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return scale and shift of each channel."""
        channels = (inputs[0][0],)
        return (Tensor("weight", channels), Tensor("bias", channels))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the parameters."""
        values = {"C": (inputs[0][0], "input:0:0")}
        note = "a scale and a shift for each channel"
        return (formula("Parameters", "2 · {C}", values, 2 * inputs[0][0], note),)


class BatchNorm2d(_Norm, frozen=True, tag=True):
    """Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.

    In use and where frozen, the stored running mean and variance take the batch's place.
    Parameters: 2C trainable; 2C + 1 stored numbers.
    """

    title: ClassVar[str] = "Batch norm"
    stem: ClassVar[str] = "bn"
    synonyms: ClassVar[tuple[str, ...]] = ("bn", "batchnorm", "normalisation", "normalization")

    epsilon: Epsilon = 1e-5
    momentum: Annotated[
        Share,
        Meta(
            title="Momentum",
            description="Share of each new batch in the running mean and variance.",
        ),
    ] = 0.1

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return scale and shift, running mean and variance, and the count of batches."""
        channels = (inputs[0][0],)
        return (
            Tensor("weight", channels),
            Tensor("bias", channels),
            Tensor("running_mean", channels, trainable=False),
            Tensor("running_var", channels, trainable=False),
            Tensor("num_batches_tracked", (), trainable=False),
        )

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of the parameters and of the numbers that are kept beside them."""
        channels = inputs[0][0]
        values: dict[str, Value] = {"C": (channels, "input:0:0")}
        note = "running mean and variance of each channel and a count of batches, not trained"
        stored = formula("Stored numbers", "2 · {C} + 1", values, 2 * channels + 1, note)
        return (*_Norm.formulas(self, *inputs), stored)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write BatchNormalization."""
        state = [tensors[name] for name in ("weight", "bias", "running_mean", "running_var")]
        return graph.add("BatchNormalization", [inputs[0], *state], epsilon=self.epsilon)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.BatchNorm2d`."""
        return construct(
            "nn.BatchNorm2d",
            inputs[0][0],
            eps=(self.epsilon, 1e-5),
            momentum=(self.momentum, 0.1),
        ).labelled("channels")


class LayerNorm(_Norm, frozen=True, tag=True):
    """Brings the last axes of one image's numbers to mean 0 and variance 1."""

    title: ClassVar[str] = "Layer norm"
    stem: ClassVar[str] = "norm"
    synonyms: ClassVar[tuple[str, ...]] = ("ln", "normalisation", "normalization")

    axes: Annotated[
        int,
        Meta(
            ge=1,
            le=3,
            title="Axes",
            description="How many of the last axes are normalised together.",
        ),
    ] = 1
    epsilon: Epsilon = 1e-5

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        if len(inputs[0]) < self.axes:
            raise ShapeError(
                f"Layer norm over {self.axes} axes receives {describe(inputs[0])}",
                why=f"The input has {len(inputs[0])} axes.",
                hint=f"Set its axes to {len(inputs[0])} or less.",
            )
        return inputs[0]

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return scale and shift, of the shape of the last axes."""
        shape = inputs[0][-self.axes :]
        return (Tensor("weight", shape), Tensor("bias", shape))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the parameters."""
        first = len(inputs[0]) - self.axes
        values = {f"N_{i}": (n, f"input:0:{i}") for i, n in enumerate(inputs[0]) if i >= first}
        pattern = "2 · " + " · ".join(f"{{{symbol}}}" for symbol in values)
        return (formula("Parameters", pattern, {**values}, 2 * self.tensors(*inputs)[0].size),)

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer as many axes as there are."""
        yield f"Set the axes to {len(inputs[0])}", replace(self, axes=len(inputs[0]))

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write LayerNormalization."""
        values = [inputs[0], *tensors.values()]
        return graph.add("LayerNormalization", values, axis=-self.axes, epsilon=self.epsilon)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.LayerNorm`."""
        shape = inputs[0][-self.axes :]
        size = shape[0] if len(shape) == 1 else shape
        return construct("nn.LayerNorm", size, eps=(self.epsilon, 1e-5)).labelled("features")


class ChannelLayerNorm(_Norm, frozen=True, tag=True):
    """Brings the channels at each position to mean 0 and variance 1, as in ConvNeXt."""

    title: ClassVar[str] = "Layer norm over channels"
    stem: ClassVar[str] = "norm"
    synonyms: ClassVar[tuple[str, ...]] = ("ln", "normalisation", "normalization")

    epsilon: Epsilon = 1e-6

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write LayerNormalization with the channels moved to the end and back."""
        last = graph.add("Transpose", inputs, perm=(0, 2, 3, 1))
        values = [last, *tensors.values()]
        norm = graph.add("LayerNormalization", values, axis=-1, epsilon=self.epsilon)
        return graph.add("Transpose", [norm], perm=(0, 3, 1, 2))

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a layer norm that moves the channels to the end and back."""
        call = construct("LayerNorm2d", inputs[0][0], eps=(self.epsilon, 1e-5))
        return call.labelled("channels")


class GroupNorm(_Norm, frozen=True, tag=True):
    """Brings groups of channels of one image to mean 0 and variance 1; independent of the batch."""

    title: ClassVar[str] = "Group norm"
    stem: ClassVar[str] = "norm"
    synonyms: ClassVar[tuple[str, ...]] = ("gn", "normalisation", "normalization")

    groups: Annotated[
        Channels,
        Meta(title="Groups", description="How many groups the channels are divided into."),
    ] = 32
    epsilon: Epsilon = 1e-5

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one with 32 groups, or as many as divide the channels."""
        return cls(groups=gcd(32, channels_of(shape)))

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        channels, _, _ = need_map(self, inputs[0])
        need_groups(self.groups, {"channels": channels})
        return inputs[0]

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer groups that divide."""
        groups = gcd(inputs[0][0], self.groups)
        yield f"Set the groups to {groups}", replace(self, groups=groups)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write InstanceNormalization over the groups; opset 20 has no right GroupNorm yet."""
        grouped = graph.constant(np.array([0, self.groups, -1], np.int64))
        value = graph.add("Reshape", [inputs[0], grouped])
        ones = graph.constant(np.ones(self.groups, np.float32))
        zeros = graph.constant(np.zeros(self.groups, np.float32))
        value = graph.add("InstanceNormalization", [value, ones, zeros], epsilon=self.epsilon)
        value = graph.add("Reshape", [value, graph.constant(np.array([-1, *shapes[0]], np.int64))])
        shape = graph.constant(np.array([-1, 1, 1], np.int64))
        scale, shift = (graph.add("Reshape", [tensors[name], shape]) for name in ("weight", "bias"))
        return graph.add("Add", [graph.add("Mul", [value, scale]), shift])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.GroupNorm`."""
        call = construct("nn.GroupNorm", self.groups, inputs[0][0], eps=(self.epsilon, 1e-5))
        return call.labelled("groups", "channels")
