"""Whatever the settings of a window are: torch's size, or a refusal where torch refuses."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.network.layers.base.layer import Layer, Shape, ShapeError
from core.network.layers.convolution import Conv2d
from core.network.layers.pooling import AvgPool2d, MaxPool2d
from core.network.layers.transposed_convolution import ConvTranspose2d

# Torch says that an uneven “same” padding takes a copy of the input; that is as it should be.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding=.same. with even kernel")

pairs = st.tuples(st.integers(1, 9), st.integers(1, 9))
small = st.tuples(st.integers(1, 3), st.integers(1, 3))
margins = st.tuples(st.integers(0, 4), st.integers(0, 4))
sides = st.tuples(st.integers(1, 40), st.integers(1, 40))
channels = st.sampled_from([1, 2, 3, 4, 6, 12])


def torchs_shape(layer: Layer, shape: Shape) -> Shape | None:
    # Without numbers it is fast, but of a transposed convolution torch then checks less.
    device = "cpu" if isinstance(layer, ConvTranspose2d) else "meta"
    try:
        with torch.device(device):
            output = layer.module(shape)(torch.empty(1, *shape))
    except (RuntimeError, ValueError):
        return None
    shape = tuple(output.shape[1:])
    return shape if 0 not in shape else None  # some of torch's ways to compute give empty maps


def our_shape(layer: Layer, shape: Shape) -> Shape | None:
    try:
        return layer.output_shape(shape)
    except ShapeError:
        return None


@given(channels, channels, channels, pairs, pairs, margins | st.just("same"), small, sides)
@settings(max_examples=300, deadline=None)
def test_convolution(c_in, c_out, groups, kernel, stride, padding, dilation, side) -> None:
    layer = Conv2d(
        out_channels=c_out,
        kernel_size=kernel,
        stride=stride,
        padding=padding if padding == "same" else padding * 2,
        dilation=dilation,
        groups=groups,
    )
    assert our_shape(layer, (c_in, *side)) == torchs_shape(layer, (c_in, *side))


@given(pairs, pairs, margins, small, st.booleans(), sides)
@settings(max_examples=300, deadline=None)
def test_max_pooling(kernel, stride, padding, dilation, ceil, side) -> None:
    layer = MaxPool2d(
        kernel_size=kernel, stride=stride, padding=padding * 2, dilation=dilation, ceil_mode=ceil
    )
    assert our_shape(layer, (3, *side)) == torchs_shape(layer, (3, *side))


@given(pairs, pairs, margins, st.booleans(), sides)
@settings(max_examples=300, deadline=None)
def test_average_pooling(kernel, stride, padding, ceil, side) -> None:
    layer = AvgPool2d(kernel_size=kernel, stride=stride, padding=padding * 2, ceil_mode=ceil)
    assert our_shape(layer, (3, *side)) == torchs_shape(layer, (3, *side))


@given(channels, channels, channels, pairs, pairs, margins, margins, small, sides)
@settings(max_examples=300, deadline=None)
def test_transposed(c_in, c_out, groups, kernel, stride, padding, extra, dilation, side) -> None:
    layer = ConvTranspose2d(
        out_channels=c_out,
        kernel_size=kernel,
        stride=stride,
        padding=padding,
        output_padding=extra,
        dilation=dilation,
        groups=groups,
    )
    assert our_shape(layer, (c_in, *side)) == torchs_shape(layer, (c_in, *side))
