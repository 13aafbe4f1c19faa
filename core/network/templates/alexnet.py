"""AlexNet, as published and as torchvision has it."""

from __future__ import annotations

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.base.layer import Layer
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.regularisation import Dropout
from core.network.layers.response_normalisation import LocalResponseNorm
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv, max_pool
from core.network.templates.template import Template

NORM = LocalResponseNorm(size=5, alpha=5e-4, beta=0.75, k=2.0)
"""The response normalisation of the paper's section 3.3: α = 10⁻⁴ times n = 5."""


def classifier(classes: int) -> tuple[tuple[str, Layer], ...]:
    """Return the paper's fully connected layers, which ZFNet took over."""
    return (
        ("flatten", Flatten()),
        ("fc6", Linear(out_features=4096)),
        ("relu6", ReLU()),
        ("dropout6", Dropout()),
        ("fc7", Linear(out_features=4096)),
        ("relu7", ReLU()),
        ("dropout7", Dropout()),
        ("fc8", Linear(out_features=classes)),
    )


def alexnet_2012(classes: int = 1000, size: int = 227) -> Network:
    """Build AlexNet as published: 60,965,224 parameters, two groups on conv2, 4 and 5.

    The paper prints an input of 224, which gives 54.25 positions; 227 gives its 55.
    """
    b = Builder()
    x = b.chain(
        b.input(3, size, size),
        ("conv1", conv(96, 11, stride=4)),
        ("relu1", ReLU()),
        ("norm1", NORM),
        ("pool1", max_pool(3, 2)),
        ("conv2", conv(256, 5, padding=2, groups=2)),
        ("relu2", ReLU()),
        ("norm2", NORM),
        ("pool2", max_pool(3, 2)),
        ("conv3", conv(384, 3, padding=1)),
        ("relu3", ReLU()),
        ("conv4", conv(384, 3, padding=1, groups=2)),
        ("relu4", ReLU()),
        ("conv5", conv(256, 3, padding=1, groups=2)),
        ("relu5", ReLU()),
        ("pool5", max_pool(3, 2)),
        *classifier(classes),
    )
    return b.network(x)


def alexnet(classes: int = 1000, size: int = 224) -> Network:
    """Build torchvision's AlexNet: 61,100,840 parameters, one group, fewer filters, no LRN.

    Source: A. Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014.
    """
    b = Builder()
    x = b.chain(
        b.input(3, size, size),
        ("features.0", conv(64, 11, stride=4, padding=2)),
        ("features.1", ReLU()),
        ("features.2", max_pool(3, 2)),
        ("features.3", conv(192, 5, padding=2)),
        ("features.4", ReLU()),
        ("features.5", max_pool(3, 2)),
        ("features.6", conv(384, 3, padding=1)),
        ("features.7", ReLU()),
        ("features.8", conv(256, 3, padding=1)),
        ("features.9", ReLU()),
        ("features.10", conv(256, 3, padding=1)),
        ("features.11", ReLU()),
        ("features.12", max_pool(3, 2)),
        ("avgpool", AdaptiveAvgPool2d(output_size=(6, 6))),
        ("flatten", Flatten()),
        ("classifier.0", Dropout()),
        ("classifier.1", Linear(out_features=4096)),
        ("classifier.2", ReLU()),
        ("classifier.3", Dropout()),
        ("classifier.4", Linear(out_features=4096)),
        ("classifier.5", ReLU()),
        ("classifier.6", Linear(out_features=classes)),
    )
    return b.network(x)


PAPER = "ImageNet classification with deep convolutional neural networks"
RESULT = (
    "ILSVRC 2012, 1st: 15.3 % top-5 test error with extra ImageNet data (second place: 26.2 %); "
    "16.4 % without, with 5 networks; one network 18.2 % on the validation images"
)

TEMPLATES = (
    Template(
        name="alexnet-2012",
        title="AlexNet (paper)",
        authors="A. Krizhevsky, I. Sutskever, G. E. Hinton",
        year=2012,
        paper=PAPER,
        summary="ReLU, dropout and training on two GPUs made a deep network win by a wide margin.",
        size=227,
        result=RESULT,
        build=alexnet_2012,
    ),
    Template(
        name="alexnet",
        title="AlexNet (torchvision)",
        authors="A. Krizhevsky",
        year=2014,
        paper="One weird trick for parallelizing convolutional neural networks",
        summary="AlexNet for one GPU: no groups, no response normalisation, fewer filters.",
        build=alexnet,
    ),
)
