"""ONNX's operators that slide a window over a map: convolutions and poolings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.network.importing.onnx_operator import Operator, Read
from core.network.layers.convolution import Conv2d
from core.network.layers.pooling import AvgPool2d, MaxPool2d
from core.network.layers.transposed_convolution import ConvTranspose2d


def _conv(o: Operator) -> Read | None:
    weight, bias = o.constant(1), o.constant(2)
    if weight is None or weight.ndim != 4 or (len(o.node.input) > 2 and bias is None):
        return None
    size = (weight.shape[2], weight.shape[3])
    padding = _padding(o, size)
    if padding is None:
        return None
    layer = Conv2d(
        out_channels=weight.shape[0],
        kernel_size=size,
        stride=_pair(o, "strides"),
        padding=padding,
        dilation=_pair(o, "dilations"),
        groups=o.settings.get("group", 1),
        bias=bias is not None,
    )
    return Read(layer, {"weight": weight} | ({"bias": bias} if bias is not None else {}))


def _pair(o: Operator, name: str) -> tuple[int, int]:
    first, second = o.settings.get(name, [1, 1])
    return first, second


def _padding(o: Operator, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Return (top, left, bottom, right); None where the input's size is needed and unknown."""
    automatic = o.settings.get("auto_pad", b"NOTSET").decode()
    if automatic in ("NOTSET", "VALID"):
        top, left, bottom, right = o.settings.get("pads", [0] * 4)
        return top, left, bottom, right
    if o.shapes[0] is None:
        return None
    before, after = [], []
    rows = zip(o.shapes[0][2:], size, _pair(o, "strides"), _pair(o, "dilations"), strict=True)
    for side, kernel, stride, dilation in rows:
        reach = dilation * (kernel - 1) + 1
        total = max((-(-side // stride) - 1) * stride + reach - side, 0)
        small, large = total // 2, total - total // 2
        before.append(small if automatic == "SAME_UPPER" else large)
        after.append(large if automatic == "SAME_UPPER" else small)
    return before[0], before[1], after[0], after[1]


def _pool(o: Operator) -> Read | None:
    size = _pair(o, "kernel_shape") if len(o.settings["kernel_shape"]) == 2 else None
    padding = _padding(o, size) if size else None
    if size is None or padding is None or len(o.node.output) > 1:
        return None
    settings: dict[str, Any] = {
        "kernel_size": size,
        "stride": _pair(o, "strides"),
        "padding": padding,
        "ceil_mode": bool(o.settings.get("ceil_mode", 0)),
    }
    if any(side > kernel // 2 for side, kernel in zip(padding, size * 2, strict=True)):
        return None
    if o.node.op_type == "MaxPool":
        return Read(MaxPool2d(dilation=_pair(o, "dilations"), **settings))
    if _pair(o, "dilations") != (1, 1):
        return None
    counted = bool(o.settings.get("count_include_pad", 0)) or not any(padding)
    return Read(AvgPool2d(count_include_pad=counted, **settings))


def _transposed(o: Operator) -> Read | None:
    weight, bias = o.constant(1), o.constant(2)
    sides = o.settings.get("pads", [0] * 4)
    open_size = o.settings.get("auto_pad", b"NOTSET") != b"NOTSET" or "output_shape" in o.settings
    if weight is None or weight.ndim != 4 or (len(o.node.input) > 2 and bias is None):
        return None
    if open_size or sides[:2] != sides[2:]:
        return None
    groups = o.settings.get("group", 1)
    extra = o.settings.get("output_padding", [0, 0])
    layer = ConvTranspose2d(
        out_channels=weight.shape[1] * groups,
        kernel_size=(weight.shape[2], weight.shape[3]),
        stride=_pair(o, "strides"),
        padding=(sides[0], sides[1]),
        output_padding=(extra[0], extra[1]),
        dilation=_pair(o, "dilations"),
        groups=groups,
        bias=bias is not None,
    )
    return Read(layer, {"weight": weight} | ({"bias": bias} if bias is not None else {}))


WINDOWS: Mapping[str, Callable[[Operator], Read | None]] = {
    "Conv": _conv,
    "ConvTranspose": _transposed,
    "MaxPool": _pool,
    "AveragePool": _pool,
}
"""What reads each; None where it has something no layer kind has."""
