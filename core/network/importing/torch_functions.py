"""The layer that a function of torch is when it is called in a `forward`. Imports torch."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.models import shufflenetv2

from core.network.importing.torch_modules import average_pool, max_pool, pair
from core.network.layers import activation, merge, rearrangement
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.base.layer import Layer
from core.network.layers.fully_connected import Flatten
from core.network.network import NetworkError


def _flatten(x: Tensor, start_dim: int = 0, end_dim: int = -1) -> Layer:
    if start_dim != 1 or end_dim not in (-1, x.ndim - 1):
        raise NetworkError("Layerloom flattens all axes of an image or none")
    return Flatten()


def _mean(_: Tensor, dim: Sequence[int], keepdim: bool = False) -> Layer:
    return rearrangement.Mean(axes=tuple(axis - 1 for axis in dim), keep_axes=keepdim)


def _chunk(x: Tensor, chunks: int, dim: int = 0) -> Layer:
    return rearrangement.Split(sizes=tuple(part.shape[dim] for part in x.chunk(chunks, dim)))


def _reshape(x: Tensor, *shape: int) -> Layer:
    return rearrangement.Reshape(shape=tuple(x.reshape(*shape).shape[1:]))


def _permute(_: Tensor, *order: Any) -> Layer:
    axes = order[0] if len(order) == 1 else order
    return rearrangement.Permute(order=tuple(axis - 1 for axis in axes[1:]))


def _select(x: Tensor, index: Any) -> Layer:
    places = [(axis, place) for axis, place in enumerate(index) if isinstance(place, int)]
    if len(places) != 1 or places[0][0] == 0:
        raise NetworkError(f"Layerloom cannot select {index} of a tensor")
    return rearrangement.Select(axis=places[0][0] - 1, index=places[0][1] % x.shape[places[0][0]])


READERS: Mapping[Any, Callable[..., Layer]] = {
    torch.flatten: _flatten,
    "flatten": _flatten,
    functional.relu: lambda *_, **__: activation.ReLU(),
    functional.adaptive_avg_pool2d: lambda _, size: AdaptiveAvgPool2d(output_size=pair(size)),
    functional.avg_pool2d: lambda _, *args, **settings: average_pool(*args, **settings),
    functional.max_pool2d: lambda _, *args, **settings: max_pool(
        *args, **{k: v for k, v in settings.items() if k != "return_indices"}
    ),
    operator.add: lambda *_: merge.Add(),
    operator.iadd: lambda *_: merge.Add(),
    torch.add: lambda *_: merge.Add(),
    operator.mul: lambda *_: merge.Multiply(),
    torch.cat: lambda *_, **__: merge.Concatenate(),
    "mean": _mean,
    "chunk": _chunk,
    "reshape": _reshape,
    "permute": _permute,
    operator.getitem: _select,
    shufflenetv2.channel_shuffle: lambda _, groups: rearrangement.ChannelShuffle(groups=groups),
}
"""What reads the arguments of each function, or of a tensor's method."""

NAMES: Mapping[Any, str] = {
    torch.cat: "concatenate",
    operator.iadd: "add",
    operator.getitem: "select",
    shufflenetv2.channel_shuffle: "shuffle",
}
"""What layers made of functions are called, where it is not the function's own name."""
