"""Activations: a function of each number by itself, and Softmax."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, formula
from core.network.layers.base.layer import Family, Layer, Shape, ShapeError, Tensor, describe

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

Slope = Annotated[float, Meta(ge=-1000, le=1000)]


class _Activation(Layer, frozen=True):
    """A function that is one ONNX node and one torch module."""

    family: ClassVar[Family] = Family.ACTIVATION
    onnx_name: ClassVar[str]

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write the node of the same name."""
        return graph.add(self.onnx_name, inputs, **self._onnx_attributes())

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return the module of the same name."""
        return construct(f"nn.{type(self).__name__}")

    def _onnx_attributes(self) -> dict[str, Any]:
        return {}


class ReLU(_Activation, frozen=True, tag=True):
    """max(0, x)."""

    title: ClassVar[str] = "ReLU"
    synonyms: ClassVar[tuple[str, ...]] = ("rectifier", "rectified linear")
    onnx_name: ClassVar[str] = "Relu"


class ReLU6(_Activation, frozen=True, tag=True):
    """min(max(0, x), 6)."""

    title: ClassVar[str] = "ReLU6"
    onnx_name: ClassVar[str] = "Clip"

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Clip from 0 to 6."""
        bounds = [graph.constant(np.float32(bound)) for bound in (0, 6)]
        return graph.add("Clip", [inputs[0], *bounds])


class LeakyReLU(_Activation, frozen=True, tag=True):
    """x above 0, slope · x below."""

    title: ClassVar[str] = "Leaky ReLU"
    onnx_name: ClassVar[str] = "LeakyRelu"

    negative_slope: Annotated[
        Slope, Meta(title="Slope", description="Factor for numbers below 0.")
    ] = 0.01

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.LeakyReLU`."""
        return construct("nn.LeakyReLU", negative_slope=(self.negative_slope, 0.01))

    def _onnx_attributes(self) -> dict[str, Any]:
        return {"alpha": self.negative_slope}


class PReLU(_Activation, frozen=True, tag=True):
    """x above 0, a · x below, with a learned: one number, or one for each channel."""

    title: ClassVar[str] = "PReLU"

    per_channel: Annotated[
        bool,
        Meta(title="Per channel", description="Whether each channel learns its own slope."),
    ] = False

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return the slopes, (1,) or (channels,)."""
        return (Tensor("weight", (inputs[0][0] if self.per_channel else 1,)),)

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the formula of the parameters."""
        if not self.per_channel:
            return (formula("Parameters", "1", {}, 1),)
        return (formula("Parameters", "{C}", {"C": (inputs[0][0], "input:0:0")}, inputs[0][0]),)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write PRelu with the slopes along the channels."""
        along = graph.constant(np.array([-1] + [1] * (len(shapes[0]) - 1), np.int64))
        return graph.add("PRelu", [inputs[0], graph.add("Reshape", [tensors["weight"], along])])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.PReLU`."""
        count = inputs[0][0] if self.per_channel else 1
        return construct("nn.PReLU", num_parameters=(count, 1))


class ELU(_Activation, frozen=True, tag=True):
    """x above 0, α (eˣ − 1) below."""

    title: ClassVar[str] = "ELU"
    onnx_name: ClassVar[str] = "Elu"

    alpha: Annotated[
        Slope,
        Meta(
            title="Alpha",
            description="How far the function goes below 0.",
            extra={"symbol": "α"},
        ),
    ] = 1.0

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.ELU`."""
        return construct("nn.ELU", alpha=(self.alpha, 1.0))

    def _onnx_attributes(self) -> dict[str, Any]:
        return {"alpha": self.alpha}


class SiLU(_Activation, frozen=True, tag=True):
    """x · sigmoid(x), also called Swish."""

    title: ClassVar[str] = "SiLU"
    synonyms: ClassVar[tuple[str, ...]] = ("swish",)

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write Sigmoid and Mul: opset 20 has no node for it."""
        return graph.add("Mul", [inputs[0], graph.add("Sigmoid", inputs)])


class GELU(_Activation, frozen=True, tag=True):
    """x · Φ(x), Φ the normal distribution's."""

    title: ClassVar[str] = "GELU"
    onnx_name: ClassVar[str] = "Gelu"

    approximate: Annotated[
        Literal["none", "tanh"],
        Meta(title="Approximation", description="Exact, or by a hyperbolic tangent."),
    ] = "none"

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.GELU`."""
        return construct("nn.GELU", approximate=(self.approximate, "none"))

    def _onnx_attributes(self) -> dict[str, Any]:
        return {"approximate": self.approximate}


class Hardswish(_Activation, frozen=True, tag=True):
    """x · min(max(0, x / 6 + 1/2), 1)."""

    title: ClassVar[str] = "Hard swish"
    onnx_name: ClassVar[str] = "HardSwish"


class Hardsigmoid(_Activation, frozen=True, tag=True):
    """min(max(0, x / 6 + 1/2), 1)."""

    title: ClassVar[str] = "Hard sigmoid"
    onnx_name: ClassVar[str] = "HardSigmoid"

    def _onnx_attributes(self) -> dict[str, Any]:
        return {"alpha": 1 / 6, "beta": 0.5}


class Sigmoid(_Activation, frozen=True, tag=True):
    """1 / (1 + e⁻ˣ)."""

    title: ClassVar[str] = "Sigmoid"
    onnx_name: ClassVar[str] = "Sigmoid"


class Tanh(_Activation, frozen=True, tag=True):
    """The hyperbolic tangent of x."""

    title: ClassVar[str] = "Tanh"
    onnx_name: ClassVar[str] = "Tanh"


class Softmax(_Activation, frozen=True, tag=True):
    """Turns the scores of the classes into probabilities: eˣⁱ / Σ eˣʲ over the channels."""

    title: ClassVar[str] = "Softmax"
    synonyms: ClassVar[tuple[str, ...]] = ("probabilities",)
    onnx_name: ClassVar[str] = "Softmax"

    axis: Annotated[
        int,
        Meta(
            ge=-1,
            le=7,
            title="Axis",
            description="Axis along which the sum is 1, not counting the batch: 0 the channels, "
            "−1 the last.",
        ),
    ] = 0

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        if self.axis >= len(inputs[0]):
            raise ShapeError(
                f"{describe(inputs[0])} has no axis {self.axis}",
                why="Axes are counted from 0, not counting the batch.",
                hint="Choose a smaller axis.",
            )
        return inputs[0]

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Softmax`."""
        return Constructor("nn.Softmax", (), {"dim": self._with_batch()})

    def _onnx_attributes(self) -> dict[str, Any]:
        return {"axis": self._with_batch()}

    def _with_batch(self) -> int:
        return self.axis if self.axis < 0 else self.axis + 1
