"""What every layer kind tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import msgspec
import numpy as np
import numpy.typing as npt

from core.errors import LayerloomError

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter

Shape = tuple[int, ...]
"""Of one image's activations, without the batch: (channels, height, width) or (features,)."""

Weights = dict[str, npt.NDArray[np.generic]]
"""Tensors by name, as in a PyTorch `state_dict`."""

# Settings are bounded so that a hostile design cannot ask for absurd sizes.
Channels = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Extent = Annotated[int, msgspec.Meta(ge=1, le=4096)]
Margin = Annotated[int, msgspec.Meta(ge=0, le=4096)]
Size2d = tuple[Extent, Extent]
"""(height, width)."""
Sides = tuple[Margin, Margin, Margin, Margin]
"""(top, left, bottom, right), the order of ONNX."""


class Family(StrEnum):
    """What a layer is for; decides its place in the palette and its colour."""

    ENDS = "input/output"
    CONVOLUTION = "convolution"
    POOLING = "pooling"
    NORMALISATION = "normalisation"
    ACTIVATION = "activation"
    FULLY_CONNECTED = "fully connected"
    MERGE = "merge"
    REGULARISATION = "regularisation"


class ShapeError(LayerloomError):
    """A layer cannot take what arrives at it."""


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
        return int(np.prod(self.shape, dtype=np.int64))


class Layer(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True
):
    """One step of a network with its settings: a value.

    A subclass is a layer kind and holds all there is to know of it. Shapes are those of one image,
    without the batch.

    Attributes:
        title: As shown in the palette.
        family: What it is for.
        input_count: How many inputs it takes; None: two or more.
    """

    title: ClassVar[str] = ""
    family: ClassVar[Family]
    input_count: ClassVar[int | None] = 1

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the shape that leaves the layer.

        Raises:
            ShapeError: The inputs do not fit the layer.
        """
        return inputs[0]

    def tensors(self, *inputs: Shape) -> tuple[Tensor, ...]:
        """Return the tensors of the layer's state."""
        return ()

    def multiply_adds(self, *inputs: Shape) -> int:
        """Return the multiply-adds for one image, bias not counted, as torch counts them."""
        return 0

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

    def module(self, *inputs: Shape) -> nn.Module:
        """Build the torch module that computes the layer, with fresh weights."""
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
            hint="Place it before the Flatten layer.",
        )
    return shape


def describe(shape: Shape) -> str:
    """Return a shape as shown: “64 × 112 × 112” or “4096 features”."""
    return f"{shape[0]} features" if len(shape) == 1 else " × ".join(str(n) for n in shape)


def as_settings(layer: Layer) -> dict[str, Any]:
    """Return a layer's settings by name."""
    return {field: getattr(layer, field) for field in layer.__struct_fields__}
