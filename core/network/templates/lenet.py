"""LeNet-5, as published and in its modern form."""

from __future__ import annotations

from core.network.layers.activation import Tanh
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.lenet_1998 import PartialConv2d, RadialBasis, ScaledTanh, Subsampling
from core.network.layers.pooling import AvgPool2d
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv
from core.network.templates.template import Template


def lenet5(classes: int = 10, size: int = 32) -> Network:
    """Build the modern variant: full C3, plain pooling, linear output.

    C1 156 + C3 2,416 + C5 48,120 + F6 10,164 + output 850 = 61,706 parameters. Images of
    28 pixels are padded to 32, as those of MNIST are.
    """
    b = Builder()
    x = b.chain(
        b.input(1, size, size),
        ("c1", conv(6, 5, padding=2 if size == 28 else 0)),
        ("c1_tanh", Tanh()),
        ("s2", AvgPool2d()),
        ("c3", conv(16, 5)),
        ("c3_tanh", Tanh()),
        ("s4", AvgPool2d()),
        ("c5", conv(120, 5)),
        ("c5_tanh", Tanh()),
        ("flatten", Flatten()),
        ("f6", Linear(out_features=84)),
        ("f6_tanh", Tanh()),
        ("classifier", Linear(out_features=classes)),
    )
    return b.network(x)


def lenet5_1998(classes: int = 10, size: int = 32) -> Network:
    """Build LeNet-5 as published: 60,000 parameters, 340,908 connections.

    C1 156 + S2 12 + C3 1,516 + S4 32 + C5 48,120 + F6 10,164; the output's 840 are fixed.
    """
    b = Builder()
    x = b.chain(
        b.input(1, size, size),
        ("c1", conv(6, 5)),
        ("c1_tanh", ScaledTanh()),
        ("s2", Subsampling()),
        ("s2_tanh", ScaledTanh()),
        ("c3", PartialConv2d()),
        ("c3_tanh", ScaledTanh()),
        ("s4", Subsampling()),
        ("s4_tanh", ScaledTanh()),
        ("c5", conv(120, 5)),
        ("c5_tanh", ScaledTanh()),
        ("flatten", Flatten()),
        ("f6", Linear(out_features=84)),
        ("f6_tanh", ScaledTanh()),
        ("classifier", RadialBasis(classes=classes)),
    )
    return b.network(x)


AUTHORS = "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner"
PAPER = "Gradient-based learning applied to document recognition"

TEMPLATES = (
    Template(
        name="lenet5-1998",
        title="LeNet-5 (paper)",
        authors=AUTHORS,
        year=1998,
        paper=PAPER,
        summary="Convolution and subsampling in turn, trained end to end by gradient descent.",
        classes=10,
        channels=1,
        size=32,
        build=lenet5_1998,
    ),
    Template(
        name="lenet5",
        title="LeNet-5 (modern)",
        authors=AUTHORS,
        year=1998,
        paper=PAPER,
        summary="LeNet-5 with today's layers: every map of C3 sees all of S2, plain pooling.",
        classes=10,
        channels=1,
        size=32,
        build=lenet5,
    ),
)
