"""Looking into a network at work: one image forward, its loss backward. Imports torch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.network.layers.convolution import Conv2d
from core.network.network import Network
from core.network.running.module import NetworkModule
from core.training.inside.inside_view import Array, ConvolutionGradients, LayerView, Use


class Inside:
    """A network with its weights, ready to be looked into.

    It computes as when it predicts: batch normalisation by its stored statistics, no dropout.
    """

    def __init__(self, network: Network, module: NetworkModule) -> None:
        self._network = network
        self._module = module.eval()
        self._module.requires_grad_(True)

    def look(self, layer: str, prepared: Array, target: int | None, labels: list[str]) -> LayerView:
        """Send one image through and the loss back, and keep what passes one layer.

        Args:
            layer: Name of a layer.
            prepared: The network's input, (1, channels, height, width).
            target: Number of the image's class; None: the one the network answers.
            labels: The classes.
        """
        module = self._module.get_submodule(layer)
        calls: list[tuple[Tensor, Tensor]] = []
        with _watched(module, calls):
            scores = self._module(torch.from_numpy(np.ascontiguousarray(prepared, np.float32)))
            wanted = int(scores.argmax()) if target is None else target
            loss = functional.cross_entropy(scores, torch.tensor([wanted]))
            self._module.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
        given = calls[0][1]
        return LayerView(
            name=layer,
            class_name=labels[wanted],
            probability=float(torch.softmax(scores.detach(), 1)[0, wanted]),
            loss=float(loss.detach()),
            filters=_filters(module),
            maps=_array(given)[0],
            gradient=None if given.grad is None else _array(given.grad)[0],
            convolution=self._convolution(layer, module, calls),
        )

    def _convolution(
        self, name: str, module: nn.Module, calls: list[tuple[Tensor, Tensor]]
    ) -> ConvolutionGradients | None:
        """Return a convolution's gradients, or None for another layer or one without gradient."""
        layer = self._network.named(name).layer
        weight, bias = getattr(module, "weight", None), getattr(module, "bias", None)
        if not isinstance(layer, Conv2d) or weight is None or weight.grad is None:
            return None
        passed = [(taken, given.grad) for taken, given in calls if given.grad is not None]
        parts = [convolution_gradients(layer, taken, grad) for taken, grad in passed]
        return ConvolutionGradients(
            layer=layer,
            uses=tuple(Use(_array(taken)[0], _array(grad)[0]) for taken, grad in passed),
            weight=_array(_sum([part[0] for part in parts])),
            bias=_array(_sum([part[1] for part in parts])) if layer.bias else None,
            autograd_weight=_array(weight.grad),
            autograd_bias=_array(bias.grad) if bias is not None else None,
        )


def convolution_gradients(layer: Conv2d, taken: Tensor, gradient: Tensor) -> tuple[Tensor, Tensor]:
    """Return ∂L/∂W = Conv(X, ∂L/∂Z) and ∂L/∂b = Sum(∂L/∂Z), in double precision.

    ∂L/∂Z slides over X as a kernel whose taps lie a stride apart, in steps of the dilation: stride
    and dilation change places. Each input channel meets each filter of its group.

    Args:
        layer: The convolution.
        taken: X, (1, in_channels, height, width).
        gradient: ∂L/∂Z, (1, out_channels, height, width).

    Source: V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning", 2016.
    """
    top, left, bottom, right = layer.sides
    padded = functional.pad(taken.detach().double(), (left, right, top, bottom))
    kernel = gradient.detach().double().transpose(0, 1)  # (out_channels, 1, height, width)
    by_group = padded.reshape(layer.groups, -1, *padded.shape[2:]).transpose(0, 1)
    slid = functional.conv2d(
        by_group, kernel, stride=layer.dilation, dilation=layer.stride, groups=layer.groups
    )
    rows, columns = layer.kernel_size  # what no window reached at the end gives more positions
    weight = slid[:, :, :rows, :columns].transpose(0, 1)
    return weight, gradient.detach().double().sum((0, 2, 3))


@contextmanager
def _watched(module: nn.Module, calls: list[tuple[Tensor, Tensor]]) -> Iterator[None]:
    """Keep what a module takes and gives in the block, with the gradient of the latter."""

    def keep(_module: nn.Module, taken: tuple[Tensor, ...], given: Any) -> None:
        first = given if isinstance(given, Tensor) else given[0]
        if first.requires_grad:
            first.retain_grad()
        calls.append((taken[0].detach(), first))

    hook = module.register_forward_hook(keep)
    try:
        yield
    finally:
        hook.remove()


def _filters(module: nn.Module) -> Array | None:
    weight = getattr(module, "weight", None)
    return _array(weight) if isinstance(weight, Tensor) and weight.ndim == 4 else None


def _array(tensor: Tensor) -> Array:
    """Return a tensor's numbers as float32, in memory of their own."""
    array: Array = tensor.detach().float().numpy().copy()
    return array


def _sum(tensors: list[Tensor]) -> Tensor:
    return torch.stack(tensors).sum(0)
