"""Fully connected layers, and what leads over to them."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from msgspec import Meta
from msgspec.structs import replace

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
)
from core.network.layers.base.setting_types import Bias, Channels

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter


class Linear(Layer, frozen=True, tag=True):
    """Connects every input with every output: n_in · n_out + n_out parameters.

    Of a map it connects the last axis, as PyTorch does.
    """

    title: ClassVar[str] = "Linear"
    stem: ClassVar[str] = "fc"
    synonyms: ClassVar[tuple[str, ...]] = ("dense", "fully connected", "fc")
    family: ClassVar[Family] = Family.FULLY_CONNECTED

    out_features: Annotated[
        Channels,
        Meta(
            title="Outputs",
            description="How many numbers the layer outputs; in the last layer, one for each "
            "class.",
            extra={"symbol": "n_out"},
        ),
    ]
    in_features: Annotated[
        Channels | None,
        Meta(
            title="Inputs",
            description="How many numbers the layer takes; leave empty to use the input's size.",
            extra={"symbol": "n_in"},
        ),
    ] = None
    bias: Bias = True

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return one with 128 features."""
        return cls(out_features=128)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape with the last axis replaced by out_features."""
        shape = inputs[0]
        if self.in_features not in (None, shape[-1]):
            features = prod(shape)
            what = f"a map of {describe(shape)}" if len(shape) > 1 else f"{shape[0]}"
            raise ShapeError(
                f"Linear expects {self.in_features} input features but receives {what}",
                why=f"Each output has one weight for each of {self.in_features} inputs.",
                hint="Insert a Flatten layer before it."
                if len(shape) > 1 and features == self.in_features
                else f"Set its input features to {features}"
                + (" after a Flatten layer." if len(shape) > 1 else "."),
            )
        return (*shape[:-1], self.out_features)

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return weight (out_features, in_features) and bias."""
        weight = Tensor("weight", (self.out_features, inputs[0][-1]))
        return (weight, Tensor("bias", (self.out_features,))) if self.bias else (weight,)

    def multiply_adds(self, *inputs: Shape) -> int:
        """n_in · n_out, at each position of a map."""
        return prod(inputs[0]) * self.out_features

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formulas of parameters and multiply-adds."""
        n_in, n_out = inputs[0][-1], self.out_features
        values: dict[str, Value] = {
            "n_in": (n_in, f"input:0:{len(inputs[0]) - 1}"),
            "n_out": (n_out, "setting:out_features"),
            "positions": (prod(inputs[0][:-1]), "input:0"),
        }
        pattern = "{n_in} · {n_out}"
        macs = pattern if len(inputs[0]) == 1 else pattern + " · {positions}"
        return (
            formula("Output features", "{n_out}", values, n_out),
            formula(
                "Parameters",
                pattern + (" + {n_out}" if self.bias else ""),
                values,
                n_in * n_out + n_out * self.bias,
            ),
            formula("Multiply-adds", macs, values, self.multiply_adds(*inputs)),
        )

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer the number of inputs that arrive."""
        if len(inputs[0]) == 1:
            count = inputs[0][0]
            yield f"Set the inputs to {count}", replace(self, in_features=count)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Gemm with the weight transposed, for a map MatMul and Add."""
        if len(shapes[0]) == 1:
            return graph.add("Gemm", [inputs[0], *tensors.values()], transB=1)
        weight = graph.add("Transpose", [tensors["weight"]], perm=(1, 0))
        value = graph.add("MatMul", [inputs[0], weight])
        return graph.add("Add", [value, tensors["bias"]]) if self.bias else value

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Linear`."""
        call = construct("nn.Linear", inputs[0][-1], self.out_features, bias=(self.bias, True))
        return call.labelled("in_features", "out_features")


class Flatten(Layer, frozen=True, tag=True):
    """Turns a feature map into one row of numbers, channel after channel."""

    title: ClassVar[str] = "Flatten"
    synonyms: ClassVar[tuple[str, ...]] = ("reshape", "vector")
    family: ClassVar[Family] = Family.FULLY_CONNECTED
    functional: ClassVar[bool] = True

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels · height · width,)."""
        return (prod(inputs[0]),)

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return the whole map: a row has no positions any more."""
        rows, columns = inputs[0][1:] if len(inputs[0]) == 3 else (1, 1)
        return FieldStep((rows, columns), (rows, columns))

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return 0: the numbers stay where they are."""
        return 0

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the number of features."""
        names = (
            ("C", "H", "W") if len(inputs[0]) == 3 else [f"N_{i}" for i in range(len(inputs[0]))]
        )
        values: dict[str, Value] = {
            name: (size, f"input:0:{axis}")
            for axis, (name, size) in enumerate(zip(names, inputs[0], strict=True))
        }
        pattern = " · ".join(f"{{{name}}}" for name in names)
        return (formula("Output features", pattern, values, prod(inputs[0])),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Flatten."""
        return graph.add("Flatten", inputs, axis=1)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Flatten`."""
        return construct("nn.Flatten")

    def source_call(self, inputs: list[str]) -> str:
        """Return `torch.flatten`."""
        return f"torch.flatten({inputs[0]}, 1)"
