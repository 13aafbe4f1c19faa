"""GoogLeNet as published in 2014."""

from __future__ import annotations

from dataclasses import dataclass

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.ends import AuxiliaryOutput
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Concatenate
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, Network
from core.network.templates.alexnet import NORM
from core.network.templates.short_forms import average_pool, conv, max_pool
from core.network.templates.template import Template


@dataclass(frozen=True, slots=True)
class Inception:
    """A row of the paper's table 1: the filters of an inception module.

    Attributes:
        name: As in the table.
        one: #1 × 1.
        three_reduce: #3 × 3 reduce.
        three: #3 × 3.
        five_reduce: #5 × 5 reduce.
        five: #5 × 5.
        pool: Pool proj.
    """

    name: str
    one: int
    three_reduce: int
    three: int
    five_reduce: int
    five: int
    pool: int


# C. Szegedy et al., "Going deeper with convolutions", 2014, table 1. None: max pooling.
TABLE: tuple[Inception | None, ...] = (
    Inception("3a", 64, 96, 128, 16, 32, 32),
    Inception("3b", 128, 128, 192, 32, 96, 64),
    None,
    Inception("4a", 192, 96, 208, 16, 48, 64),
    Inception("4b", 160, 112, 224, 24, 64, 64),
    Inception("4c", 128, 128, 256, 24, 64, 64),
    Inception("4d", 112, 144, 288, 32, 64, 64),
    Inception("4e", 256, 160, 320, 32, 128, 128),
    None,
    Inception("5a", 256, 160, 320, 32, 128, 128),
    Inception("5b", 384, 192, 384, 48, 128, 128),
)
SIDE_CLASSIFIERS = {"4a": "aux1", "4d": "aux2"}


def googlenet_2014(classes: int = 1000, size: int = 224, *, auxiliary: bool = False) -> Network:
    """Build GoogLeNet as published: 6,998,552 parameters, 13,378,280 with its side classifiers.

    The poolings round up (ceil mode): rounding down would give 55 pixels after 112.
    """
    b = Builder()
    x = b.chain(
        b.input(3, size, size),
        ("conv1", conv(64, 7, stride=2, padding=3)),
        ("conv1_relu", ReLU()),
        ("pool1", max_pool(3, 2, ceil=True)),
        ("norm1", NORM),
        ("conv2_reduce", conv(64, 1)),
        ("conv2_reduce_relu", ReLU()),
        ("conv2", conv(192, 3, padding=1)),
        ("conv2_relu", ReLU()),
        ("norm2", NORM),
        ("pool2", max_pool(3, 2, ceil=True)),
    )
    pools = 2
    for row in TABLE:
        if row is None:
            pools += 1
            x = b.add(f"pool{pools}", max_pool(3, 2, ceil=True), x)
            continue
        x = inception_module(b, row, x, f"inception{row.name}")
        if auxiliary and row.name in SIDE_CLASSIFIERS:
            _side_classifier(b, SIDE_CLASSIFIERS[row.name], x, classes)
    x = b.chain(
        x,
        ("pool5", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("dropout", Dropout(probability=0.4)),
        ("fc", Linear(out_features=classes)),
    )
    return b.network(x)


def inception_module(b: Builder, row: Inception, source: str, name: str) -> str:
    """Add an inception module: four branches side by side, laid one after the other."""
    one = _conv_relu(b, f"{name}.one", source, row.one, 1)
    three = _conv_relu(b, f"{name}.three_reduce", source, row.three_reduce, 1)
    three = _conv_relu(b, f"{name}.three", three, row.three, 3)
    five = _conv_relu(b, f"{name}.five_reduce", source, row.five_reduce, 1)
    five = _conv_relu(b, f"{name}.five", five, row.five, 5)
    pool = b.add(f"{name}.pool", max_pool(3, 1, padding=1), source)
    pool = _conv_relu(b, f"{name}.pool_proj", pool, row.pool, 1)
    return b.add(f"{name}.concatenate", Concatenate(), one, three, five, pool)


def _conv_relu(b: Builder, name: str, source: str, filters: int, kernel: int) -> str:
    layer = conv(filters, kernel, padding=kernel // 2)
    return b.chain(source, (f"{name}.conv", layer), (f"{name}.relu", ReLU()))


def _side_classifier(b: Builder, name: str, source: str, classes: int) -> None:
    """Add scores in the middle of the network, whose gradient helps the layers before."""
    b.chain(
        source,
        (f"{name}.pool", average_pool(5, 3)),
        (f"{name}.conv", conv(128, 1)),
        (f"{name}.conv_relu", ReLU()),
        (f"{name}.flatten", Flatten()),
        (f"{name}.fc1", Linear(out_features=1024)),
        (f"{name}.fc1_relu", ReLU()),
        (f"{name}.dropout", Dropout(probability=0.7)),
        (f"{name}.fc2", Linear(out_features=classes)),
        (f"{name}.output", AuxiliaryOutput()),
    )


AUTHORS = (
    "C. Szegedy, W. Liu, Y. Jia, P. Sermanet, S. Reed, D. Anguelov, D. Erhan, V. Vanhoucke, "
    "A. Rabinovich"
)
PAPER = "Going deeper with convolutions"

TEMPLATES = (
    Template(
        name="googlenet-2014",
        title="GoogLeNet (paper)",
        authors=AUTHORS,
        year=2014,
        paper=PAPER,
        summary="Inception modules: kernels of several sizes side by side, 1 × 1 before each.",
        result="ILSVRC 2014, 1st: 6.67 % top-5 test error with 7 networks; 7.9 % with one",
        build=googlenet_2014,
    ),
)
