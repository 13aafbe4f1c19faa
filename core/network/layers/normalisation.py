"""Normalisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import msgspec

from core.network.layers.layer import Family, Layer, Shape, Tensor, need_map

if TYPE_CHECKING:
    from torch import nn

    from core.network.onnx_graph import GraphWriter


class BatchNorm2d(Layer, frozen=True, tag=True):
    """Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.

    In use and where frozen, the stored running mean and variance take the batch's place.
    Parameters: 2C trainable; 2C + 1 stored numbers.

    Attributes:
        epsilon: Added to the variance against division by zero.
        momentum: Share of a new batch in the running mean and variance.
    """

    title: ClassVar[str] = "Batch norm"
    family: ClassVar[Family] = Family.NORMALISATION

    epsilon: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1e-5
    momentum: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.1

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        return need_map(self, inputs[0])

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

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write BatchNormalization."""
        state = [tensors[name] for name in ("weight", "bias", "running_mean", "running_var")]
        return graph.add("BatchNormalization", [inputs[0], *state], epsilon=self.epsilon)

    def module(self, *inputs: Shape) -> nn.Module:
        """Build `nn.BatchNorm2d`."""
        from torch import nn

        return nn.BatchNorm2d(inputs[0][0], eps=self.epsilon, momentum=self.momentum)
