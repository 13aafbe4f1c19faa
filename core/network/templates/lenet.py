"""LeNet-5 in its modern form."""

from __future__ import annotations

from core.network.layers.activation import Tanh
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.pooling import AvgPool2d
from core.network.network import Builder, Network
from core.network.templates.template import Template


def lenet5(classes: int = 10) -> Network:
    """Build the modern variant for 1 × 32 × 32: full C3, plain pooling, linear output.

    C1 156 + C3 2,416 + C5 48,120 + F6 10,164 + output 850 = 61,706 parameters.
    """
    b = Builder()
    x = b.input(1, 32, 32)
    x = b.add("c1", Conv2d(out_channels=6, kernel_size=(5, 5)), x)
    x = b.add("c1_tanh", Tanh(), x)
    x = b.add("s2", AvgPool2d(), x)
    x = b.add("c3", Conv2d(out_channels=16, kernel_size=(5, 5)), x)
    x = b.add("c3_tanh", Tanh(), x)
    x = b.add("s4", AvgPool2d(), x)
    x = b.add("c5", Conv2d(out_channels=120, kernel_size=(5, 5)), x)
    x = b.add("c5_tanh", Tanh(), x)
    x = b.add("flatten", Flatten(), x)
    x = b.add("f6", Linear(out_features=84, in_features=120), x)
    x = b.add("f6_tanh", Tanh(), x)
    x = b.add("classifier", Linear(out_features=classes, in_features=84), x)
    return b.network(x)


LENET5 = Template(
    name="lenet5",
    title="LeNet-5 (modern)",
    authors="Y. LeCun, L. Bottou, Y. Bengio, P. Haffner",
    year=1998,
    summary="Convolution and pooling in turn, trained end to end by gradient descent.",
    classes=10,
    build=lenet5,
)
