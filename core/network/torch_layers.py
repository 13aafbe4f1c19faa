"""Torch modules for what PyTorch has no module of: four-sided padding, sums. Imports torch."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class PaddedConv2d(nn.Conv2d):
    """`nn.Conv2d` whose padding may differ on each side.

    Args:
        *args: As `nn.Conv2d`.
        sides: Zeros at (top, left, bottom, right).
        **kwargs: As `nn.Conv2d`, without `padding`.
    """

    def __init__(self, *args: Any, sides: tuple[int, int, int, int], **kwargs: Any) -> None:
        top, left, bottom, right = sides
        even = top == bottom and left == right
        kwargs["padding"] = (top, left) if even else 0
        super().__init__(*args, **kwargs)
        self.sides = None if even else (left, right, top, bottom)

    def forward(self, x: Tensor) -> Tensor:
        """Pad, then convolve: (batch, channels, height, width) to the same."""
        return super().forward(functional.pad(x, self.sides) if self.sides else x)


class PaddedMaxPool2d(nn.Module):
    """Max pooling whose padding may differ on each side."""

    def __init__(
        self, kernel: tuple[int, int], stride: tuple[int, int], sides: tuple[int, int, int, int]
    ) -> None:
        super().__init__()
        top, left, bottom, right = sides
        self.kernel, self.stride, self.sides = kernel, stride, (left, right, top, bottom)

    def forward(self, x: Tensor) -> Tensor:
        """Pool (batch, channels, height, width)."""
        padded = functional.pad(x, self.sides, value=-torch.inf)
        return functional.max_pool2d(padded, self.kernel, self.stride)


class PaddedAvgPool2d(PaddedMaxPool2d):
    """Average pooling whose padding may differ on each side; zeros count."""

    def forward(self, x: Tensor) -> Tensor:
        """Pool (batch, channels, height, width)."""
        return functional.avg_pool2d(functional.pad(x, self.sides), self.kernel, self.stride)


class Sum(nn.Module):
    """Adds its arguments."""

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return the sum of tensors of one shape."""
        total = inputs[0]
        for other in inputs[1:]:
            total = total + other
        return total
