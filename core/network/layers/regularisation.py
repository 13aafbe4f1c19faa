"""Layers that act during training alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import msgspec

from core.network.layers.layer import Family, Layer, Shape

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class Dropout(Layer, frozen=True, tag=True):
    """Sets numbers to zero at random during training and passes all through in use.

    Attributes:
        probability: Share of the numbers set to zero, 0…1.
    """

    title: ClassVar[str] = "Dropout"
    family: ClassVar[Family] = Family.REGULARISATION

    probability: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.5

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write nothing: the input passes through."""
        return inputs[0]

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.Dropout`."""
        from torch import nn

        return nn.Dropout(self.probability)
