"""What convolution and transposed convolution share: groups, parameters, multiply-adds."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, prod
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from core.network.layers.formula import Formula, Value, formula
from core.network.layers.layer import Shape, ShapeError

if TYPE_CHECKING:
    from core.network.layers.convolution import Conv2d
    from core.network.layers.transposed_convolution import ConvTranspose2d

    Convolution: TypeAlias = Conv2d | ConvTranspose2d


def check_groups(channels: int, filters: int, groups: int) -> None:
    """Raise `ShapeError` unless the groups divide input channels and filters."""
    for count, what in ((channels, "input channels"), (filters, "filters")):
        if count % groups:
            raise ShapeError(
                f"{count} {what} cannot be divided into {groups} groups",
                why=f"{count} / {groups} = {count / groups:g} is no whole number of channels.",
                hint="Choose a number of groups that divides input channels and filters.",
            )


def group_repairs(layer: Convolution, shape: Shape) -> Iterator[tuple[str, Convolution]]:
    """Yield the nearest settings whose groups divide."""
    if shape[0] % layer.groups == 0 and layer.out_channels % layer.groups == 0:
        return
    groups = gcd(shape[0], layer.out_channels, layer.groups)
    yield f"Set the groups to {groups}", replace(layer, groups=groups)
    if shape[0] % layer.groups == 0:
        filters = -(-layer.out_channels // layer.groups) * layer.groups
        yield f"Set the filters to {filters}", replace(layer, out_channels=filters)


def count_formulas(
    layer: Convolution, shape: Shape, positions: tuple[int, int]
) -> tuple[Formula, Formula]:
    """Return the formulas of parameters and multiply-adds.

    Args:
        layer: The convolution.
        shape: Of its input.
        positions: (height, width) at which each filter is laid on.
    """
    values: dict[str, Value] = {
        "K_h": (layer.kernel_size[0], "setting:kernel_size:0"),
        "K_w": (layer.kernel_size[1], "setting:kernel_size:1"),
        "C_in": (shape[0], "input:0:0"),
        "C_out": (layer.out_channels, "setting:out_channels"),
        "groups": (layer.groups, "setting:groups"),
        "H": (positions[0], "output:0:1"),
        "W": (positions[1], "output:0:2"),
        "bias": (1, "setting:bias"),
    }
    per_filter = "{K_h} · {K_w} · {C_in}" + (" / {groups}" if layer.groups > 1 else "")
    whole = f"({per_filter} + {{bias}})" if layer.bias else per_filter
    taps = prod(layer.kernel_size) * shape[0] // layer.groups
    macs = taps * layer.out_channels * prod(positions)
    return (
        formula(
            "Parameters", f"{whole} · {{C_out}}", values, (taps + layer.bias) * layer.out_channels
        ),
        formula("Multiply-adds", f"{per_filter} · {{C_out}} · {{H}} · {{W}}", values, macs),
    )
