"""What convolution and transposed convolution share: settings, groups, parameters, cost."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, prod
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace

from core.network.layers.base.formula import Formula, Value, formula
from core.network.layers.base.layer import Family, Layer, Shape, Tensor, need_groups
from core.network.layers.base.setting_types import (
    Bias,
    Dilation,
    Groups,
    Kernel,
    OutChannels,
    SamePadding,
    Stride,
)

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter


class Convolution(Layer, frozen=True):
    """Filters that are laid on a map, at every place with the same weights."""

    family: ClassVar[Family] = Family.CONVOLUTION
    stem: ClassVar[str] = "conv"

    out_channels: OutChannels
    kernel_size: Kernel = (3, 3)
    stride: Stride = (1, 1)
    padding: SamePadding = (0, 0, 0, 0)
    dilation: Dilation = (1, 1)
    groups: Groups = 1
    bias: Bias = True

    def repairs(self, *inputs: Shape) -> Iterator[tuple[str, Layer]]:
        """Offer the nearest settings whose groups divide."""
        shape = inputs[0]
        if shape[0] % self.groups == 0 and self.out_channels % self.groups == 0:
            return
        groups = gcd(shape[0], self.out_channels, self.groups)
        yield f"Set the groups to {groups}", replace(self, groups=groups)
        if shape[0] % self.groups == 0:
            filters = -(-self.out_channels // self.groups) * self.groups
            yield f"Set the filters to {filters}", replace(self, out_channels=filters)

    def check_groups(self, channels: int) -> None:
        """Raise `ShapeError` unless the groups divide input channels and filters."""
        need_groups(self.groups, {"input channels": channels, "filters": self.out_channels})

    def filters(self, first: int, second: int) -> tuple[Tensor, ...]:
        """Return weight (first, second, height, width) and bias."""
        weight = Tensor("weight", (first, second, *self.kernel_size))
        return (weight, Tensor("bias", (self.out_channels,))) if self.bias else (weight,)

    def write_filters(
        self,
        graph: GraphWriter,
        operator: str,
        value: str,
        tensors: dict[str, str],
        **settings: Any,
    ) -> str:
        """Write the operator with the settings of both."""
        return graph.add(
            operator,
            [value, *tensors.values()],
            kernel_shape=self.kernel_size,
            strides=self.stride,
            dilations=self.dilation,
            group=self.groups,
            **settings,
        )

    def count_formulas(
        self, shape: Shape, positions: tuple[int, int], of: str = "output:0"
    ) -> tuple[Formula, Formula]:
        """Return the formulas of parameters and multiply-adds.

        Args:
            shape: Of its input.
            positions: (height, width) at which each filter is laid on.
            of: The map whose height and width these are, as a link.
        """
        values: dict[str, Value] = {
            "K_h": (self.kernel_size[0], "setting:kernel_size:0"),
            "K_w": (self.kernel_size[1], "setting:kernel_size:1"),
            "C_in": (shape[0], "input:0:0"),
            "C_out": (self.out_channels, "setting:out_channels"),
            "groups": (self.groups, "setting:groups"),
            "H": (positions[0], f"{of}:1"),
            "W": (positions[1], f"{of}:2"),
            "bias": (1, "setting:bias"),
        }
        per_filter = "{K_h} · {K_w} · {C_in}" + (" / {groups}" if self.groups > 1 else "")
        whole = f"({per_filter} + {{bias}})" if self.bias else per_filter
        taps = prod(self.kernel_size) * shape[0] // self.groups
        macs = taps * self.out_channels * prod(positions)
        return (
            formula(
                "Parameters", f"{whole} · {{C_out}}", values, (taps + self.bias) * self.out_channels
            ),
            formula("Multiply-adds", f"{per_filter} · {{C_out}} · {{H}} · {{W}}", values, macs),
        )
