"""The formulas of a convolution's gradient equal autograd, and a layer's view is the network's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from msgspec.structs import replace

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.network import Builder
from core.network.running.module import NetworkModule
from core.training.inside.inside import Inside

CONVOLUTIONS = {
    "plain": Conv2d(out_channels=4),
    "padding": Conv2d(out_channels=4, padding=(1, 1, 1, 1)),
    "uneven padding": Conv2d(out_channels=4, padding=(0, 2, 1, 3)),
    "same": Conv2d(out_channels=4, kernel_size=(3, 5), padding="same"),
    "stride": Conv2d(out_channels=4, stride=(2, 3), padding=(1, 1, 1, 1)),
    "rows that no window reaches": Conv2d(out_channels=4, kernel_size=(2, 2), stride=(3, 4)),
    "dilation": Conv2d(out_channels=4, dilation=(2, 3), padding=(2, 2, 2, 2)),
    "groups": Conv2d(out_channels=6, groups=3, padding=(1, 1, 1, 1)),
    "depthwise": Conv2d(out_channels=6, groups=6, kernel_size=(5, 3), padding="same"),
    "everything": Conv2d(
        out_channels=6, groups=2, stride=(2, 2), dilation=(2, 1), padding=(1, 2, 3, 4), bias=False
    ),
}


def inside_of(layer: Conv2d, channels: int = 6) -> Inside:
    """Return a small network with this convolution in it."""
    b = Builder()
    x = b.chain(
        b.input(3, 13, 17),
        ("stem", Conv2d(out_channels=channels)),
        ("conv", layer),
        ("relu", ReLU()),
        ("pool", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("classifier", Linear(out_features=3)),
    )
    torch.manual_seed(1)
    network = b.network(x)
    return Inside(network, NetworkModule(network))


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(1, 3, 13, 17)).astype(np.float32)


@pytest.mark.parametrize("layer", CONVOLUTIONS.values(), ids=CONVOLUTIONS.keys())
def test_the_formulas_equal_autograd(layer: Conv2d, image: np.ndarray) -> None:
    view = inside_of(layer).look("conv", image, 1, ["a", "b", "c"])
    gradients = view.convolution
    assert gradients is not None
    assert np.abs(gradients.autograd_weight).max() > 1e-4
    assert gradients.weight.shape == gradients.autograd_weight.shape
    scale = float(np.abs(gradients.autograd_weight).max())
    np.testing.assert_allclose(
        gradients.weight, gradients.autograd_weight, rtol=1e-4, atol=1e-5 * scale
    )
    assert (gradients.bias is not None) == layer.bias
    if layer.bias:
        np.testing.assert_allclose(gradients.bias, gradients.autograd_bias, rtol=1e-4, atol=1e-7)
    assert gradients.difference < 1e-4


@pytest.mark.parametrize("layer", CONVOLUTIONS.values(), ids=CONVOLUTIONS.keys())
def test_every_tap_written_out_is_the_gradient(layer: Conv2d, image: np.ndarray) -> None:
    gradients = inside_of(layer).look("conv", image, 0, ["a", "b", "c"]).convolution
    scale = float(np.abs(gradients.autograd_weight).max())
    for place in np.ndindex(gradients.weight.shape):
        tap = gradients.tap(*place)
        assert tap.total == pytest.approx(tap.autograd, rel=1e-4, abs=1e-5 * scale)
        assert tap.autograd == gradients.autograd_weight[place]
        assert tap.count == gradients.uses[0].gradient[0].size


def test_the_terms_of_a_tap_are_its_largest_products(image: np.ndarray) -> None:
    layer = Conv2d(out_channels=4, padding=(1, 1, 1, 1))
    gradients = inside_of(layer).look("conv", image, 0, ["a", "b", "c"]).convolution
    tap = gradients.tap(2, 1, 0, 2)
    padded = np.pad(gradients.uses[0].taken[1], 1)
    rows, columns = gradients.uses[0].gradient.shape[1:]
    products = sorted(
        (
            abs(float(padded[y, x + 2]) * float(gradients.uses[0].gradient[2, y, x]))
            for y in range(rows)
            for x in range(columns)
        ),
        reverse=True,
    )
    assert [abs(term.product) for term in tap.terms] == pytest.approx(products[: len(tap.terms)])


def test_a_shared_convolution_sums_over_its_uses(image: np.ndarray) -> None:
    shared = Conv2d(out_channels=6, padding=(1, 1, 1, 1))
    b = Builder()
    x = b.chain(
        b.input(3, 13, 17),
        ("stem", Conv2d(out_channels=6)),
        ("conv", shared),
        ("relu", ReLU()),
        ("again", shared),
        ("pool", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("head", Linear(out_features=2)),
    )
    made = b.network(x)
    nodes = (replace(node, name={"again": "conv"}.get(node.name, node.name)) for node in made.nodes)
    network = replace(made, nodes=tuple(nodes))
    torch.manual_seed(2)
    gradients = (
        Inside(network, NetworkModule(network)).look("conv", image, 0, ["a", "b"]).convolution
    )
    assert len(gradients.uses) == 2
    assert gradients.difference < 1e-4


def test_the_view_is_what_passes_the_layer(image: np.ndarray) -> None:
    inside = inside_of(Conv2d(out_channels=4))
    view = inside.look("relu", image, None, ["a", "b", "c"])
    assert view.convolution is None
    assert view.filters is None
    assert view.maps.shape == view.gradient.shape == (4, 9, 13)
    assert view.maps.min() == 0 < view.maps.max()
    assert view.loss == pytest.approx(-np.log(view.probability), rel=1e-4)
    head = inside.look("classifier", image, None, ["a", "b", "c"])
    answer = np.exp(head.maps) / np.exp(head.maps).sum()
    assert view.probability == pytest.approx(answer.max(), rel=1e-5)
    assert head.gradient == pytest.approx(answer - (answer == answer.max()), abs=1e-6)
