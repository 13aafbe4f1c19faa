"""The layer that a torch module is. Imports torch and torchvision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch import nn
from torchvision import ops
from torchvision.models import convnext

from core.network.layers import activation, adaptive_pooling, fully_connected, normalisation
from core.network.layers.base.layer import Layer
from core.network.layers.convolution import Conv2d
from core.network.layers.pooling import AvgPool2d, MaxPool2d
from core.network.layers.rearrangement import ChannelShuffle, Permute
from core.network.layers.regularisation import Dropout, Identity, StochasticDepth
from core.network.layers.response_normalisation import LocalResponseNorm
from core.network.network import NetworkError


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """Return (height, width) of what torch takes as one number or two."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def sides(value: int | tuple[int, int]) -> tuple[int, int, int, int]:
    """Return (top, left, bottom, right) of a padding that torch takes as one number or two."""
    return pair(value) * 2


def max_pool(
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Layer:
    """Return max pooling as torch's arguments have it."""
    return MaxPool2d(
        kernel_size=pair(kernel_size),
        stride=pair(stride or kernel_size),
        padding=sides(padding),
        dilation=pair(dilation),
        ceil_mode=ceil_mode,
    )


def average_pool(
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Layer:
    """Return average pooling as torch's arguments have it."""
    return AvgPool2d(
        kernel_size=pair(kernel_size),
        stride=pair(stride or kernel_size),
        padding=sides(padding),
        ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
    )


def _convolution(m: nn.Conv2d) -> Layer:
    if m.padding_mode != "zeros":
        raise NetworkError(f"Layerloom has no convolution with {m.padding_mode} padding")
    return Conv2d(
        out_channels=m.out_channels,
        kernel_size=pair(m.kernel_size),  # type: ignore[arg-type]
        stride=pair(m.stride),  # type: ignore[arg-type]
        padding=_padding(m),
        dilation=pair(m.dilation),  # type: ignore[arg-type]
        groups=m.groups,
        bias=m.bias is not None,
    )


def _padding(m: nn.Conv2d) -> Any:
    if m.padding == "valid":
        return (0, 0, 0, 0)
    return m.padding if isinstance(m.padding, str) else sides(m.padding)  # type: ignore[arg-type]


def _linear(m: nn.Linear) -> Layer:
    return fully_connected.Linear(
        out_features=m.out_features, in_features=m.in_features, bias=m.bias is not None
    )


def _response_norm(m: nn.LocalResponseNorm) -> Layer:
    return LocalResponseNorm(size=m.size, alpha=m.alpha, beta=m.beta, k=m.k)


READERS: Mapping[type[nn.Module], Callable[[Any], Layer]] = {
    nn.Conv2d: _convolution,
    nn.Linear: _linear,
    nn.BatchNorm2d: lambda m: normalisation.BatchNorm2d(epsilon=m.eps, momentum=m.momentum),
    nn.GroupNorm: lambda m: normalisation.GroupNorm(groups=m.num_groups, epsilon=m.eps),
    nn.LayerNorm: lambda m: normalisation.LayerNorm(axes=len(m.normalized_shape), epsilon=m.eps),
    nn.LocalResponseNorm: _response_norm,
    convnext.LayerNorm2d: lambda m: normalisation.ChannelLayerNorm(epsilon=m.eps),
    nn.MaxPool2d: lambda m: max_pool(m.kernel_size, m.stride, m.padding, m.dilation, m.ceil_mode),
    nn.AvgPool2d: lambda m: average_pool(
        m.kernel_size, m.stride, m.padding, m.ceil_mode, m.count_include_pad
    ),
    nn.AdaptiveAvgPool2d: lambda m: adaptive_pooling.AdaptiveAvgPool2d(
        output_size=pair(m.output_size)
    ),
    nn.AdaptiveMaxPool2d: lambda m: adaptive_pooling.AdaptiveMaxPool2d(
        output_size=pair(m.output_size)
    ),
    nn.ReLU: lambda _: activation.ReLU(),
    nn.ReLU6: lambda _: activation.ReLU6(),
    nn.LeakyReLU: lambda m: activation.LeakyReLU(negative_slope=m.negative_slope),
    nn.PReLU: lambda m: activation.PReLU(per_channel=m.num_parameters > 1),
    nn.ELU: lambda m: activation.ELU(alpha=m.alpha),
    nn.SiLU: lambda _: activation.SiLU(),
    nn.GELU: lambda m: activation.GELU(approximate=m.approximate),
    nn.Hardswish: lambda _: activation.Hardswish(),
    nn.Hardsigmoid: lambda _: activation.Hardsigmoid(),
    nn.Sigmoid: lambda _: activation.Sigmoid(),
    nn.Tanh: lambda _: activation.Tanh(),
    nn.Softmax: lambda _: activation.Softmax(),
    nn.Flatten: lambda _: fully_connected.Flatten(),
    nn.Dropout: lambda m: Dropout(probability=m.p),
    nn.Identity: lambda _: Identity(),
    nn.ChannelShuffle: lambda m: ChannelShuffle(groups=m.groups),
    ops.StochasticDepth: lambda m: StochasticDepth(probability=m.p, mode=m.mode),
    ops.Permute: lambda m: Permute(order=tuple(axis - 1 for axis in m.dims[1:])),
}
"""What reads the settings of each module class that is one layer."""
