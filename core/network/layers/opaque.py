"""Operations whose inside cannot be edited: shape, parameters and multiply-adds are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from core.errors import LayerloomError
from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.formula import Formula, formula, size_formula, state_formula
from core.network.layers.base.layer import Family, Layer, Shape, ShapeError, Tensor, describe

if TYPE_CHECKING:
    from torch import nn

    from core.onnx.graph_writer import GraphWriter

Side = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Sides = Annotated[tuple[Side, ...], Meta(max_length=8)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Name = Annotated[str, Meta(max_length=200)]
Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Value = bool | Whole | float | str | tuple[Whole | float | str, ...]
Small = Annotated[int, Meta(ge=0, le=65_536)]

TorchClass = Literal[
    "torchvision.models.vision_transformer.EncoderBlock",
    "torchvision.models.swin_transformer.ShiftedWindowAttention",
    "torchvision.models.swin_transformer.ShiftedWindowAttentionV2",
    "torchvision.models.swin_transformer.PatchMerging",
    "torchvision.models.swin_transformer.PatchMergingV2",
    "torchvision.models.maxvit.PartitionAttentionLayer",
]
"""No others: what a design file names is never imported otherwise."""


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tensor of an opaque operation, as `Tensor`, with its numpy type."""

    name: Name
    shape: Sides
    trainable: bool = True
    dtype: Literal["float32", "float64", "float16", "int64", "int32", "int8", "uint8", "bool"] = (
        "float32"
    )


class _Opaque(Layer, frozen=True, kw_only=True):
    family: ClassVar[Family] = Family.OPAQUE

    inputs: Annotated[
        tuple[Sides, ...],
        Meta(
            min_length=1,
            max_length=64,
            title="Input shapes",
            description="The shapes it was made for.",
        ),
    ]
    outputs: Annotated[
        tuple[Sides, ...],
        Meta(
            min_length=1,
            max_length=64,
            title="Output shapes",
            description="Not counting the batch.",
        ),
    ]
    states: Annotated[
        tuple[State, ...],
        Meta(max_length=100_000, title="Tensors", description="The tensors it contains."),
    ] = ()
    macs: Annotated[Count, Meta(title="Multiply-adds", description="For one image.")] = 0

    @property
    def input_count(self) -> int | None:  # type: ignore[override]
        """As many as it was made for."""
        return len(self.inputs)

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the given shape."""
        return self.output_shapes(*inputs)[0]

    def output_shapes(self, *inputs: Shape) -> tuple[Shape, ...]:
        """Return the given shapes."""
        if inputs != self.inputs:
            raise ShapeError(
                f"{self.title} was made for {' and '.join(map(describe, self.inputs))} "
                f"but receives {' and '.join(map(describe, inputs))}",
                why="Layerloom does not know its contents and cannot adapt them.",
                hint="Give it an input of the size it was made for.",
            )
        return self.outputs

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return the given tensors."""
        return tuple(Tensor(s.name, s.shape, s.trainable) for s in self.states)

    def multiply_adds(self, *inputs: Shape) -> int:
        """Return the given count."""
        return self.macs

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return the given sizes and counts, each saying that it was given."""
        inside = "its contents cannot be edited"
        several = len(self.outputs) > 1
        sizes = (
            size_formula([""] * len(shape), shape, inside, port if several else None)
            for port, shape in enumerate(self.outputs)
        )
        trained = [state.shape for state in self.states if state.trainable]
        counts = [state_formula(trained, inside)] if trained else []
        if self.macs:
            given = {"given": (self.macs, "setting:macs")}
            counts.append(formula("Multiply-adds", "{given}", {**given}, self.macs, inside))
        return (*sizes, *counts)


class TorchOperation(_Opaque, frozen=True, kw_only=True, tag=True):
    """A module of torchvision, such as a transformer's block; its contents cannot be edited."""

    title: ClassVar[str] = "Closed module"
    imported: ClassVar[bool] = True

    operation: Annotated[
        TorchClass, Meta(title="Operation", description="The class of the module.")
    ]
    arguments: Annotated[
        tuple[tuple[Name, bool | Small | float | str | tuple[Small, ...]], ...],
        Meta(max_length=50, title="Arguments", description="The arguments of its class."),
    ] = ()

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Refuse: its nodes are not known."""
        raise LayerloomError(
            f"{self.operation.rpartition('.')[2]} cannot be written as ONNX without torch",
            hint="Choose a convolutional network.",
        )

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return the call that makes the module."""
        return Constructor(
            self.operation, (), {name: _argument(value) for name, value in self.arguments}
        )

    def module(self, *inputs: Shape) -> nn.Module:
        """Build the module of torchvision."""
        from importlib import import_module

        from torch import nn

        home, _, name = self.operation.rpartition(".")
        arguments = self.constructor(*inputs).settings
        for key, value in arguments.items():
            if isinstance(value, ClassName):
                arguments[key] = {"torch.nn.GELU": nn.GELU, "torch.nn.LayerNorm": nn.LayerNorm}[
                    value
                ]
        made: nn.Module = getattr(import_module(home), name)(**arguments)
        return made


class ClassName(str):
    """The name of a class, printed without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _argument(value: Any) -> Any:
    """Return an argument as torchvision takes it: lists, and classes by their name."""
    if isinstance(value, tuple):
        return list(value)
    named = isinstance(value, str) and value.startswith("torch.nn.")
    return ClassName(value) if named else value


class OnnxOperation(_Opaque, frozen=True, kw_only=True, tag=True):
    """An ONNX operator that has no layer kind; it is saved exactly as it was read.

    In torch it is computed by ONNX Runtime and passes no gradient on.
    """

    title: ClassVar[str] = "ONNX operator"
    imported: ClassVar[bool] = True

    operation: Annotated[Name, Meta(title="Operator", description="The operation it computes.")]
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
        """Write the operator; return its first output."""
        return self.write_onnx_outputs(graph, inputs, tensors, shapes)[0]

    def write_onnx_outputs(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> list[str]:
        """Write the operator."""
        values = [
            inputs[int(operand[1:])] if operand.startswith("#") else tensors.get(operand, "")
            for operand in self.operands
        ]
        attributes = dict(self.attributes)
        return graph.add_several(self.operation, values, len(self.outputs), **attributes)

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return a module that runs the operator."""
        states = tuple((state.name, state.shape, state.dtype) for state in self.states)
        return construct(
            "OnnxOperator",
            self.operation,
            self.operands,
            dict(self.attributes),
            states,
            len(self.outputs),
        )
