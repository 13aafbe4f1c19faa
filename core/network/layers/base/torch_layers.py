"""Torch modules for what PyTorch has no module of. Imports torch.

Each class stands by itself, so that the source writer can print the ones a network needs.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class PaddedConv2d(nn.Conv2d):
    """`nn.Conv2d` with zeros of its own number at (top, left, bottom, right)."""

    def __init__(self, *args: Any, sides: tuple[int, int, int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        top, left, bottom, right = sides
        self.sides = (left, right, top, bottom)

    def forward(self, x: Tensor) -> Tensor:
        """Pad, then convolve: (batch, channels, height, width) to the same."""
        return super().forward(functional.pad(x, self.sides))


class PaddedMaxPool2d(nn.MaxPool2d):
    """`nn.MaxPool2d` with padding of its own at (top, left, bottom, right)."""

    def __init__(self, *args: Any, sides: tuple[int, int, int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        top, left, bottom, right = sides
        self.sides = (left, right, top, bottom)

    def forward(self, x: Tensor) -> Tensor:
        """Pool (batch, channels, height, width)."""
        pooled: Tensor = super().forward(functional.pad(x, self.sides, value=-torch.inf))
        return pooled


class PaddedAvgPool2d(nn.AvgPool2d):
    """`nn.AvgPool2d` with padding of its own at (top, left, bottom, right)."""

    def __init__(self, *args: Any, sides: tuple[int, int, int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        top, left, bottom, right = sides
        self.sides = (left, right, top, bottom)

    def forward(self, x: Tensor) -> Tensor:
        """Pool (batch, channels, height, width)."""
        mean = super().forward(functional.pad(x, self.sides))
        if self.count_include_pad:
            return mean
        counted = super().forward(functional.pad(torch.ones_like(x), self.sides))
        return mean / counted


class LayerNorm2d(nn.LayerNorm):
    """Layer norm over the channels at each position."""

    def forward(self, x: Tensor) -> Tensor:
        """Normalise (batch, channels, height, width)."""
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class LayerScale(nn.Module):
    """A learned factor for each channel."""

    def __init__(self, channels: int, initial: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels, 1, 1), initial))

    def forward(self, x: Tensor) -> Tensor:
        """Scale (batch, channels, height, width)."""
        return x * self.weight


class Rescale(nn.Module):
    """A fixed factor and offset for each channel."""

    factors: Tensor
    offsets: Tensor

    def __init__(self, factors: tuple[float, ...], offsets: tuple[float, ...]) -> None:
        super().__init__()
        for name, values in (("factors", factors), ("offsets", offsets)):
            numbers = torch.tensor(values, dtype=torch.float32)
            self.register_buffer(name, numbers.reshape(-1, 1, 1), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Rescale (batch, channels, height, width)."""
        return x * self.factors + self.offsets


class StochasticDepth(nn.Module):
    """Leaves a branch out at random during training, per image ("row") or per batch."""

    def __init__(self, p: float, mode: str) -> None:
        super().__init__()
        self.p, self.mode = p, mode

    def forward(self, x: Tensor) -> Tensor:
        """Return x, or zeros, scaled so that the mean stays."""
        if not self.training or self.p == 0:
            return x
        count = x.shape[0] if self.mode == "row" else 1
        kept = torch.full((count, *[1] * (x.ndim - 1)), 1 - self.p, device=x.device).bernoulli_()
        return x * kept / max(1 - self.p, 1e-12)


class Sum(nn.Module):
    """Adds its arguments."""

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return the sum of tensors of one shape."""
        total = inputs[0]
        for other in inputs[1:]:
            total = total + other
        return total


class Product(nn.Module):
    """Multiplies its arguments."""

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return the product; sides of 1 are widened."""
        product = inputs[0]
        for other in inputs[1:]:
            product = product * other
        return product


class Concatenation(nn.Module):
    """Lays its arguments one after the other along an axis, counted with the batch."""

    def __init__(self, axis: int = 1) -> None:
        super().__init__()
        self.axis = axis

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return (batch, sum of the channels, …)."""
        return torch.cat(inputs, self.axis)


class Split(nn.Module):
    """Divides the channels into parts."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        super().__init__()
        self.sizes = list(sizes)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        """Return the parts."""
        return torch.split(x, self.sizes, 1)


class Reshape(nn.Module):
    """Lays the numbers out in another shape, without the batch."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.shape = shape

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, *shape)."""
        return x.reshape(x.shape[0], *self.shape)


class Permute(nn.Module):
    """Puts the axes, the batch included, into another order."""

    def __init__(self, order: tuple[int, ...]) -> None:
        super().__init__()
        self.order = order

    def forward(self, x: Tensor) -> Tensor:
        """Return a view."""
        return x.permute(*self.order)


class Mean(nn.Module):
    """Takes the mean over axes, counted with the batch."""

    def __init__(self, axes: tuple[int, ...], keep_axes: bool) -> None:
        super().__init__()
        self.axes, self.keep_axes = axes, keep_axes

    def forward(self, x: Tensor) -> Tensor:
        """Return the mean."""
        return x.mean(self.axes, keepdim=self.keep_axes)


class Select(nn.Module):
    """Takes one place of an axis, counted with the batch."""

    def __init__(self, axis: int, index: int) -> None:
        super().__init__()
        self.axis, self.index = axis, index

    def forward(self, x: Tensor) -> Tensor:
        """Return x without the axis."""
        return x.select(self.axis, self.index)


class ClassToken(nn.Module):
    """Puts a learned token before the others."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, 1, features))

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, tokens + 1, features)."""
        return torch.cat([self.weight.expand(x.shape[0], -1, -1), x], 1)


class PositionEmbedding(nn.Module):
    """Adds learned numbers to each token."""

    def __init__(self, tokens: int, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(1, tokens, features) * 0.02)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, tokens, features)."""
        return x + self.weight


class Subsampling(nn.Module):
    """Sums each window, times a learned number for each channel, plus another."""

    def __init__(self, channels: int, kernel_size: tuple[int, int]) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.weight = nn.Parameter(torch.full((channels,), 1 / (kernel_size[0] * kernel_size[1])))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Subsample (batch, channels, height, width)."""
        count = self.kernel_size[0] * self.kernel_size[1]
        total = functional.avg_pool2d(x, self.kernel_size) * count
        return total * self.weight[:, None, None] + self.bias[:, None, None]


class PartialConv2d(nn.Module):
    """A convolution whose filters each see only some of the input channels."""

    places: Tensor

    def __init__(
        self, channels: int, table: tuple[tuple[int, ...], ...], kernel_size: tuple[int, int]
    ) -> None:
        super().__init__()
        pairs = [(row, channel) for row, seen in enumerate(table) for channel in seen]
        self.full_shape = (len(table), channels, *kernel_size)
        reach = max(map(len, table)) * kernel_size[0] * kernel_size[1]
        self.weight = nn.Parameter(torch.empty(len(pairs), *kernel_size).uniform_(-1, 1))
        self.weight.data.mul_(reach**-0.5)
        self.bias = nn.Parameter(torch.zeros(len(table)))
        self.register_buffer("places", torch.tensor(pairs).T.contiguous(), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Convolve (batch, channels, height, width)."""
        weight = x.new_zeros(self.full_shape).index_put((*self.places,), self.weight)
        return functional.conv2d(x, weight, self.bias)


class ScaledTanh(nn.Module):
    """1.7159 · tanh(2/3 · x)."""

    def forward(self, x: Tensor) -> Tensor:
        """Return a tensor of the same shape."""
        return 1.7159 * torch.tanh(x * (2 / 3))


class RadialBasis(nn.Module):
    """Minus the squared distance to a fixed pattern for each class.

    The patterns are of −1 and +1, drawn once by a fixed rule.
    """

    patterns: Tensor

    def __init__(self, features: int, classes: int) -> None:
        super().__init__()
        drawn = torch.rand(classes, features, generator=torch.Generator().manual_seed(1998))
        self.register_buffer("patterns", (drawn < 0.5).float() * 2 - 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, classes)."""
        return -(x[:, None] - self.patterns).square().sum(2)


class OnnxOperator(nn.Module):
    """One ONNX operator, computed by ONNX Runtime without a gradient.

    Args:
        operation: Its name.
        operands: What each input is: “#0” the first argument, a state's name, or nothing.
        attributes: As in ONNX.
        states: Name, shape and type of each tensor it keeps.
        outputs: How many it has.
    """

    def __init__(
        self,
        operation: str,
        operands: tuple[str, ...],
        attributes: dict[str, Any],
        states: tuple[tuple[str, tuple[int, ...], str], ...],
        outputs: int,
    ) -> None:
        super().__init__()
        self.operation, self.operands, self.attributes = operation, operands, attributes
        self.results = [f"y{number}" for number in range(outputs)]
        for name, shape, dtype in states:
            self.register_buffer(name, torch.zeros(shape, dtype=getattr(torch, dtype)))

    def forward(self, *inputs: Tensor) -> Any:
        """Compute the operator."""
        import onnxruntime
        from onnx import helper

        arrays = {
            name: (inputs[int(name[1:])] if name[0] == "#" else getattr(self, name))
            .detach()
            .numpy()
            for name in self.operands
            if name
        }
        node = helper.make_node(
            self.operation, list(self.operands), self.results, **self.attributes
        )
        kinds = [
            helper.make_tensor_value_info(
                name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape
            )
            for name, array in arrays.items()
        ]
        ends = [helper.make_empty_tensor_value_info(name) for name in self.results]
        graph = helper.make_graph([node], "operator", kinds, ends)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
        session = onnxruntime.InferenceSession(model.SerializeToString())
        made = tuple(torch.from_numpy(array) for array in session.run(None, arrays))
        return made if len(made) > 1 else made[0]
