"""Layers in the short form of the papers' tables: square kernels, equal padding."""

from __future__ import annotations

from core.network.layers.convolution import Conv2d
from core.network.layers.pooling import AvgPool2d, MaxPool2d


def conv(
    filters: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
    bias: bool = True,
) -> Conv2d:
    """Return a convolution; kernel, stride and padding in pixels."""
    return Conv2d(
        out_channels=filters,
        kernel_size=(kernel, kernel),
        stride=(stride, stride),
        padding=(padding,) * 4,
        groups=groups,
        bias=bias,
    )


def max_pool(kernel: int, stride: int, padding: int = 0, ceil: bool = False) -> MaxPool2d:
    """Return a max pooling; all in pixels."""
    return MaxPool2d(
        kernel_size=(kernel, kernel),
        stride=(stride, stride),
        padding=(padding,) * 4,
        ceil_mode=ceil,
    )


def average_pool(kernel: int, stride: int) -> AvgPool2d:
    """Return an average pooling; both in pixels."""
    return AvgPool2d(kernel_size=(kernel, kernel), stride=(stride, stride))


def make_divisible(channels: float, divisor: int = 8) -> int:
    """Return the nearest multiple of `divisor` that is not below 90 % of `channels`.

    Source: torchvision, `torchvision/models/_utils.py`.
    """
    rounded = max(divisor, int(channels + divisor / 2) // divisor * divisor)
    return rounded + divisor * (rounded < 0.9 * channels)
