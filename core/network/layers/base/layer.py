"""What every layer kind tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, ClassVar, Self

import msgspec
import numpy as np
import numpy.typing as npt

from core.errors import LayerloomError
from core.network.family import Family
from core.network.layers.base.formula import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from torch import nn

    from core.network.layers.base.constructor import Constructor
    from core.onnx.graph_writer import GraphWriter

Shape = tuple[int, ...]
"""Of one image's activations, without the batch: (channels, height, width) or (features,)."""

Weights = dict[str, npt.NDArray[np.generic]]
"""Tensors by name, as in a PyTorch `state_dict`."""


class ShapeError(LayerloomError):
    """A layer cannot take what arrives at it.

    Args:
        what: One sentence with the numbers received.
        why: The rule behind it, with this layer's numbers.
        hint: What can be done, as a sentence.
    """

    def __init__(self, what: str, why: str = "", hint: str = "") -> None:
        super().__init__(what, hint=hint)
        self.why = why


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor of a layer's state.

    Attributes:
        name: As in the layer's own `state_dict` ("weight").
        shape: Of the tensor.
        trainable: Whether training changes it by gradient (a buffer is not).
    """

    name: str
    shape: tuple[int, ...]
    trainable: bool = True

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class FieldStep:
    """How a layer widens the receptive field, vertically and horizontally.

    With field r and jump j before the layer: r + (reach − 1) · j and j · stride after it.

    Source: W. Luo et al., "Understanding the effective receptive field", 2016;
    A. Araujo et al., "Computing receptive fields of convolutional neural networks", 2019.
    """

    reach: tuple[int, int] = (1, 1)
    stride: tuple[float, float] = (1, 1)


POINT = FieldStep()
"""Of layers that look at one position alone."""


class Layer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    cache_hash=True,
    tag_field="kind",
    forbid_unknown_fields=True,
):
    """One step of a network with its settings: a value.

    A subclass is a layer kind and holds all there is to know of it. Shapes are those of one image,
    without the batch. The methods are asked with shapes that `output_shapes` has accepted.

    Attributes:
        title: As shown in the palette.
        family: What it is for.
        stem: What such layers are usually called, without a number; "": as the kind, in small
            letters.
        synonyms: What it is also known as, for searching.
        imported: Whether only reading a file or a model makes it: it is not in the palette.
        input_count: How many inputs it takes; None: two or more.
        functional: Whether its PyTorch source is an expression in `forward` instead of a module.
    """

    title: ClassVar[str] = ""
    family: ClassVar[Family]
    stem: ClassVar[str] = ""
    synonyms: ClassVar[tuple[str, ...]] = ()
    imported: ClassVar[bool] = False
    input_count: ClassVar[int | None] = 1
    functional: ClassVar[bool] = False

    @classmethod
    def usual(cls, shape: Shape | None) -> Self:
        """Return a layer of this kind as it is usual.

        Args:
            shape: What arrives; None where that is not known.
        """
        return cls()

    @classmethod
    def usual_name(cls) -> str:
        """Return what such layers are usually called, without a number."""
        return cls.stem or cls.__name__.lower()

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape that leaves the layer.

        Raises:
            ShapeError: The inputs do not fit the layer.
        """
        return inputs[0]

    def output_shapes(self, *inputs: Shape) -> tuple[Shape, ...]:
        """Return the shape at each output port; all kinds but Split have one.

        Raises:
            ShapeError: The inputs do not fit the layer.
        """
        return (self.output_shape(*inputs),)

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return the tensors of the layer's state."""
        return ()

    def multiply_adds(self, *inputs: Shape) -> int:
        """Return the multiply-adds for one image, bias not counted, as torch counts them."""
        return 0

    def connections(self, *inputs: Shape) -> int:
        """Return the connections as the 1998 LeNet-5 paper counts them: with the biases."""
        biases = any(t.name == "bias" and t.trainable for t in self.tensors(*inputs))
        macs = self.multiply_adds(*inputs)
        return macs + (prod(self.output_shape(*inputs)) if macs and biases else 0)

    def field_step(self, *inputs: Shape) -> FieldStep:
        """Return how the layer widens the receptive field."""
        return POINT

    def activation_numbers(self, *inputs: Shape) -> int:
        """Return how many numbers the layer newly writes for one image; a view writes none."""
        return sum(prod(shape) for shape in self.output_shapes(*inputs))

    def formulas(self, *inputs: Shape) -> tuple[Formula, ...]:
        """Return how output size, parameters and multiply-adds come about."""
        return ()

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Yield layers of other settings that may take these inputs, each with what it changes."""
        yield from ()

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write the layer's ONNX nodes.

        Args:
            graph: Receives the nodes.
            inputs: Names of the values that arrive.
            tensors: Names of the layer's tensors in the graph, by their own name.
            shapes: Shapes of the inputs, without the batch.

        Returns:
            Name of the value that leaves.
        """
        raise NotImplementedError

    def write_onnx_outputs(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> list[str]:
        """Write the layer's ONNX nodes; return the value at each output port."""
        return [self.write_onnx(graph, inputs, tensors, shapes)]

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return the call that makes the layer's torch module."""
        raise NotImplementedError

    def module(self, *inputs: Shape) -> nn.Module:
        """Build the torch module that computes the layer, with fresh weights.

        Of a layer with several outputs it returns a tuple.
        """
        return self.constructor(*inputs).build()

    def source_call(self, inputs: list[str]) -> str:
        """Return the expression in `forward` of a functional layer, over its inputs' names.

        It may use `torch` and `functional` (`torch.nn.functional`).
        """
        raise NotImplementedError


def need_map(layer: Layer, shape: Shape) -> tuple[int, int, int]:
    """Return `shape` as (channels, height, width).

    Raises:
        ShapeError: It is not a feature map.
    """
    if len(shape) != 3:
        raise ShapeError(
            f"{layer.title} needs a feature map (channels × height × width) "
            f"but receives {describe(shape)}",
            why=f"It works along height and width; the input has {len(shape)} "
            f"{'axis' if len(shape) == 1 else 'axes'}, not 3.",
            hint="Place it before the Flatten layer.",
        )
    return shape


def need_groups(groups: int, counts: Mapping[str, int]) -> None:
    """Raise `ShapeError` unless channels can be divided into groups.

    Args:
        groups: How many.
        counts: Of the channels, by what they are called.
    """
    for what, count in counts.items():
        if count % groups:
            raise ShapeError(
                f"{count} {what} cannot be divided into {groups} groups",
                why=f"{count} / {groups} = {count / groups:g} is not a whole number of channels.",
                hint=f"Choose a number of groups that divides {' and '.join(counts)}.",
            )


def describe(shape: Shape) -> str:
    """Return a shape as shown: “64 × 112 × 112” or “4096 features”."""
    return f"{shape[0]} features" if len(shape) == 1 else " × ".join(str(n) for n in shape)
