"""What a layer does with one image, as arrays: feature maps, gradients, and the sums behind them.

The gradient of a convolution's weights is itself a convolution, of what the layer takes with the
gradient that reaches what it gives: ∂L/∂W = Conv(X, ∂L/∂Z), ∂L/∂b = Sum(∂L/∂Z).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.network.layers.convolution import Conv2d

if TYPE_CHECKING:
    from core.images.reading import Pixels

Array = npt.NDArray[np.floating]

SHOWN_TERMS = 6
"""Products of a sum that are written out, the largest ones."""


@dataclass(frozen=True, slots=True)
class Use:
    """One passage of the image through a convolution; a shared layer has several.

    Attributes:
        taken: X, (in_channels, height, width).
        gradient: ∂L/∂Z, (out_channels, height, width).
    """

    taken: Array
    gradient: Array


@dataclass(frozen=True, slots=True)
class TapProduct:
    """One product of a tap's sum: at a position of the output, x · ∂L/∂z."""

    row: int
    column: int
    taken: float
    gradient: float

    @property
    def product(self) -> float:
        """X · ∂L/∂z."""
        return self.taken * self.gradient


@dataclass(frozen=True, slots=True)
class TapSum:
    """How the gradient of one number of a filter comes about.

    Attributes:
        terms: The largest products, the largest first.
        count: How many products there are.
        total: Their sum.
        autograd: The same gradient as autograd computes it.
    """

    terms: tuple[TapProduct, ...]
    count: int
    total: float
    autograd: float


@dataclass(frozen=True, slots=True)
class ConvolutionGradients:
    """A convolution's gradients by the formulas and by autograd.

    Attributes:
        layer: The convolution's settings.
        uses: What it takes and the gradient of what it gives.
        weight: Conv(X, ∂L/∂Z), (out_channels, in_channels / groups, height, width).
        bias: Sum(∂L/∂Z), (out_channels,); None without a bias.
        autograd_weight: ∂L/∂W as autograd computes it.
        autograd_bias: ∂L/∂b as autograd computes it.
    """

    layer: Conv2d
    uses: tuple[Use, ...]
    weight: Array
    bias: Array | None
    autograd_weight: Array
    autograd_bias: Array | None

    @property
    def difference(self) -> float:
        """The largest difference between formula and autograd, as a share of the largest value."""
        pairs = [(self.weight, self.autograd_weight)]
        if self.bias is not None and self.autograd_bias is not None:
            pairs.append((self.bias, self.autograd_bias))
        return max(_difference(formula, reference) for formula, reference in pairs)

    def tap(self, number: int, channel: int, row: int, column: int) -> TapSum:
        """Write out the gradient of one number of a filter.

        Args:
            number: Of the filter.
            channel: Of the filter: in a grouped convolution, counted within the group.
            row: Of the tap in the kernel.
            column: Of the tap in the kernel.
        """
        windows = [self._window(use, number, channel, row, column) for use in self.uses]
        products = [w * use.gradient[number] for w, use in zip(windows, self.uses, strict=True)]
        return TapSum(
            terms=tuple(self._terms(windows, products, number)),
            count=sum(product.size for product in products),
            total=float(sum(product.sum() for product in products)),
            autograd=float(self.autograd_weight[number, channel, row, column]),
        )

    def _window(self, use: Use, number: int, channel: int, row: int, column: int) -> Array:
        """Return what the tap sees at each position of the output: (height, width)."""
        layer = self.layer
        group = number // (layer.out_channels // layer.groups)
        top, left, bottom, right = layer.sides
        plane = use.taken[group * self.weight.shape[1] + channel].astype(np.float64)
        padded = np.pad(plane, ((top, bottom), (left, right)))
        height, width = use.gradient.shape[1:]
        first_row, first_column = row * layer.dilation[0], column * layer.dilation[1]
        return padded[
            first_row : first_row + (height - 1) * layer.stride[0] + 1 : layer.stride[0],
            first_column : first_column + (width - 1) * layer.stride[1] + 1 : layer.stride[1],
        ]

    def _terms(self, windows: list[Array], products: list[Array], number: int) -> list[TapProduct]:
        terms = []
        for use, window, product in zip(self.uses, windows, products, strict=True):
            for place in np.argsort(-np.abs(product), axis=None)[:SHOWN_TERMS]:
                at = np.unravel_index(place, product.shape)
                row, column = int(at[0]), int(at[1])
                gradient = float(use.gradient[number, row, column])
                terms.append(TapProduct(row, column, float(window[row, column]), gradient))
        return sorted(terms, key=lambda term: -abs(term.product))[:SHOWN_TERMS]


@dataclass(frozen=True, slots=True)
class LayerView:
    """What one layer does with one image.

    Attributes:
        name: Of the layer.
        class_name: The class whose probability the loss is about.
        probability: Of this class, 0…1.
        loss: Cross-entropy, −ln of the probability.
        filters: The layer's weights, (filters, channels, height, width), or None.
        maps: What the layer gives: (channels, height, width) or (features,).
        gradient: ∂L/∂ of it, of the same shape; None where no gradient reaches it.
        convolution: The gradients of a convolution's weights; None for other layers.
        epochs: How many epochs the weights of an unfinished run have learnt; None: it is finished.
        image: What the network sees, RGB (height, width, 3).
    """

    name: str
    class_name: str
    probability: float
    loss: float
    filters: Array | None
    maps: Array
    gradient: Array | None
    convolution: ConvolutionGradients | None = None
    epochs: float | None = None
    image: Pixels | None = None


def _difference(formula: Array, reference: Array) -> float:
    largest = float(np.abs(reference).max(initial=0.0))
    difference = float(np.abs(formula - reference).max(initial=0.0))
    return difference / largest if largest else difference
