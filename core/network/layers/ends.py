"""Where a network begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from core.network.layers.layer import Family, Layer, Shape
from core.network.layers.settings import Channels, Extent

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class Input(Layer, frozen=True, tag=True):
    """Where the prepared image enters.

    Attributes:
        channels: 3 for colour, 1 for grey.
        height: Pixels.
        width: Pixels.
    """

    title: ClassVar[str] = "Image input"
    family: ClassVar[Family] = Family.ENDS
    input_count: ClassVar[int | None] = 0

    channels: Channels = 3
    height: Extent = 224
    width: Extent = 224

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, height, width)."""
        return (self.channels, self.height, self.width)


class Output(Layer, frozen=True, tag=True):
    """Where the scores of the classes leave."""

    title: ClassVar[str] = "Classifier output"
    family: ClassVar[Family] = Family.ENDS

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write nothing: the input passes through."""
        return inputs[0]

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.Identity`."""
        from torch import nn

        return nn.Identity()
