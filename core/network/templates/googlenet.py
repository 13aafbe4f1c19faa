"""torchvision's GoogLeNet, into which its weights fit."""

from __future__ import annotations

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.ends import AuxiliaryOutput
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Concatenate
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.regularisation import Dropout
from core.network.layers.scaling import Rescale
from core.network.network import Builder, Network
from core.network.templates.inception import AUTHORS, PAPER, SIDE_CLASSIFIERS, TABLE, Inception
from core.network.templates.short_forms import conv, max_pool
from core.network.templates.template import Template

# From the normalisation of torchvision's preparation to (x − 0.5) / 0.5.
# Source: torchvision/models/googlenet.py, `_transform_input`.
RESCALE = Rescale(
    factors=(0.229 / 0.5, 0.224 / 0.5, 0.225 / 0.5),
    offsets=((0.485 - 0.5) / 0.5, (0.456 - 0.5) / 0.5, (0.406 - 0.5) / 0.5),
)


def googlenet(
    classes: int = 1000, size: int = 224, *, auxiliary: bool = False, transform_input: bool = False
) -> Network:
    """Build torchvision's GoogLeNet: 6,624,904 parameters, 13,004,888 with side classifiers.

    It differs from the paper's: batch normalisation instead of biases, and 3 × 3 where the paper
    has 5 × 5, kept because the weights were trained so.

    Args:
        classes: To tell apart.
        size: Of the image in pixels.
        auxiliary: Whether the side classifiers of training are there.
        transform_input: Whether images come in the normalisation of torchvision's other networks,
            as its weights for this one expect.

    Source: torchvision issues 906, 1171, 1927.
    """
    b = Builder()
    x = b.input(3, size, size)
    if transform_input:
        x = b.add("transform_input", RESCALE, x)
    x = _conv(b, "conv1", x, 64, 7, stride=2)
    x = b.add("maxpool1", max_pool(3, 2, ceil=True), x)
    x = _conv(b, "conv2", x, 64, 1)
    x = _conv(b, "conv3", x, 192, 3)
    x = b.add("maxpool2", max_pool(3, 2, ceil=True), x)
    pools = {"3b": ("maxpool3", 3), "4e": ("maxpool4", 2)}
    for row in filter(None, TABLE):
        x = _inception(b, row, x)
        if auxiliary and row.name in SIDE_CLASSIFIERS:
            _side_classifier(b, SIDE_CLASSIFIERS[row.name], x, classes)
        if row.name in pools:
            name, kernel = pools[row.name]
            x = b.add(name, max_pool(kernel, 2, ceil=True), x)
    x = b.chain(
        x,
        ("avgpool", AdaptiveAvgPool2d()),
        ("flatten", Flatten()),
        ("dropout", Dropout(probability=0.2)),
        ("fc", Linear(out_features=classes)),
    )
    return b.network(x)


def _conv(b: Builder, name: str, source: str, filters: int, kernel: int, stride: int = 1) -> str:
    return b.chain(
        source,
        (f"{name}.conv", conv(filters, kernel, stride, padding=kernel // 2, bias=False)),
        (f"{name}.bn", BatchNorm2d(epsilon=1e-3)),
        (f"{name}.relu", ReLU()),
    )


def _inception(b: Builder, row: Inception, source: str) -> str:
    """Add four branches side by side, laid one after the other."""
    name = f"inception{row.name}"
    one = _conv(b, f"{name}.branch1", source, row.one, 1)
    three = _conv(b, f"{name}.branch2.0", source, row.three_reduce, 1)
    three = _conv(b, f"{name}.branch2.1", three, row.three, 3)
    five = _conv(b, f"{name}.branch3.0", source, row.five_reduce, 1)
    five = _conv(b, f"{name}.branch3.1", five, row.five, 3)
    pool = b.add(f"{name}.branch4.0", max_pool(3, 1, padding=1, ceil=True), source)
    pool = _conv(b, f"{name}.branch4.1", pool, row.pool, 1)
    return b.add(f"{name}.cat", Concatenate(), one, three, five, pool)


def _side_classifier(b: Builder, name: str, source: str, classes: int) -> None:
    pooled = b.add(f"{name}.pool", AdaptiveAvgPool2d(output_size=(4, 4)), source)
    b.chain(
        _conv(b, f"{name}.conv", pooled, 128, 1),
        (f"{name}.flatten", Flatten()),
        (f"{name}.fc1", Linear(out_features=1024)),
        (f"{name}.relu", ReLU()),
        (f"{name}.dropout", Dropout(probability=0.7)),
        (f"{name}.fc2", Linear(out_features=classes)),
        (f"{name}.output", AuxiliaryOutput()),
    )


TEMPLATES = (
    Template(
        name="googlenet",
        title="GoogLeNet (torchvision)",
        authors=AUTHORS,
        year=2014,
        paper=PAPER,
        summary="GoogLeNet with batch normalisation, and 3 × 3 in place of 5 × 5 convolutions.",
        build=googlenet,
    ),
)
