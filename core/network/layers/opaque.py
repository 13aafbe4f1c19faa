"""Operations whose inside cannot be edited: shape, parameters and multiply-adds are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import msgspec
from msgspec import Meta

from core.errors import LayerloomError
from core.network.layers.constructor import Constructor, construct
from core.network.layers.layer import Family, Layer, Shape, ShapeError, Tensor, describe

if TYPE_CHECKING:
    from core.network.onnx_graph import GraphWriter

Side = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Sides = Annotated[tuple[Side, ...], Meta(max_length=8)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Name = Annotated[str, Meta(max_length=200)]
Value = bool | int | float | str | tuple[int | float | str, ...]


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tensor of an opaque operation, as `Tensor`."""

    name: Name
    shape: Sides
    trainable: bool = True


class _Opaque(Layer, frozen=True):
    family: ClassVar[Family] = Family.OPAQUE

    operation: Annotated[Name, Meta(title="Operation", description="What it computes.")]
    inputs: Annotated[
        tuple[Sides, ...],
        Meta(max_length=64, title="Input shapes", description="What it was made for."),
    ]
    output: Annotated[Sides, Meta(title="Output shape", description="Without the batch.")]
    states: Annotated[
        tuple[State, ...], Meta(max_length=100_000, title="Tensors", description="Its state.")
    ] = ()
    macs: Annotated[Count, Meta(title="Multiply-adds", description="For one image.")] = 0

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the given shape."""
        if inputs != self.inputs:
            raise ShapeError(
                f"{self.operation} was made for {' and '.join(map(describe, self.inputs))} "
                f"but receives {' and '.join(map(describe, inputs))}",
                why="Its inside is not known to Layerloom and cannot be adapted.",
                hint="Bring its input back to the size it was made for.",
            )
        return self.output

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return the given tensors."""
        return tuple(Tensor(s.name, s.shape, s.trainable) for s in self.states)

    def multiply_adds(self, *inputs: Shape) -> int:
        """Return the given count."""
        return self.macs


class TorchOperation(_Opaque, frozen=True, tag=True):
    """A module of torchvision or torch, such as a transformer's block; its inside is closed.

    `operation` is its class (`torchvision.models.vision_transformer.EncoderBlock`), of those two
    libraries alone.
    """

    title: ClassVar[str] = "Closed module"

    arguments: Annotated[
        tuple[tuple[Name, Value | None], ...],
        Meta(max_length=50, title="Arguments", description="What its class is called with."),
    ] = ()

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Refuse: its nodes are not known."""
        raise LayerloomError(
            f"{self.operation} cannot be written as ONNX without torch",
            hint="Export the network with a recipe that uses torch.",
        )

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a call that makes the module."""
        return construct("closed_module", self.operation, dict(self.arguments))


class OnnxOperation(_Opaque, frozen=True, tag=True):
    """An ONNX operator that has no layer kind; it is written again as it was read.

    In torch it is computed by ONNX Runtime and passes no gradient on.
    """

    title: ClassVar[str] = "ONNX operator"
    input_count: ClassVar[int | None] = 1

    operands: Annotated[
        tuple[Name, ...],
        Meta(
            max_length=64,
            title="Operands",
            description="What each input of the operator is: “#0” the first wire, a tensor's "
            "name, or nothing.",
        ),
    ] = ("#0",)
    attributes: Annotated[
        tuple[tuple[Name, Value], ...],
        Meta(max_length=64, title="Attributes", description="As in the ONNX file."),
    ] = ()

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write the operator."""
        values = [
            inputs[int(operand[1:])] if operand.startswith("#") else tensors.get(operand, "")
            for operand in self.operands
        ]
        return graph.add(self.operation, values, **dict(self.attributes))

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that runs the operator."""
        states = tuple((state.name, state.shape) for state in self.states)
        return construct(
            "OnnxOperator", self.operation, self.operands, dict(self.attributes), states
        )
