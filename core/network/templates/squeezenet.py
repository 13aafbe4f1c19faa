"""SqueezeNet, torchvision's names."""

from __future__ import annotations

from functools import partial

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.base.layer import Layer
from core.network.layers.fully_connected import Flatten
from core.network.layers.merge import Concatenate
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv, max_pool
from core.network.templates.template import Template

POOL = max_pool(3, 2, ceil=True)

Row = tuple[int, int] | Layer
"""A fire module (filters of the squeeze, filters of each expand), or another layer."""

# F. Iandola et al., "SqueezeNet", 2016, table 1, and the authors' version 1.1.
STEMS = {"1_0": conv(96, 7, stride=2), "1_1": conv(64, 3, stride=2)}
ROWS: dict[str, tuple[Row, ...]] = {
    "1_0": (
        POOL,
        (16, 64),
        (16, 64),
        (32, 128),
        POOL,
        (32, 128),
        (48, 192),
        (48, 192),
        (64, 256),
        POOL,
        (64, 256),
    ),
    "1_1": (
        POOL,
        (16, 64),
        (16, 64),
        POOL,
        (32, 128),
        (32, 128),
        POOL,
        (48, 192),
        (48, 192),
        (64, 256),
        (64, 256),
    ),
}


def squeezenet(classes: int = 1000, size: int = 224, *, version: str = "1_1") -> Network:
    """Build SqueezeNet: 1,248,424 parameters in version 1.0, 1,235,496 in 1.1."""
    b = Builder()
    x = b.chain(b.input(3, size, size), ("features.0", STEMS[version]), ("features.1", ReLU()))
    for number, row in enumerate(ROWS[version], 2):
        name = f"features.{number}"
        x = b.add(name, row, x) if isinstance(row, Layer) else fire_module(b, name, x, *row)
    x = b.chain(
        x,
        ("classifier.0", Dropout()),
        ("classifier.1", conv(classes, 1)),
        ("classifier.2", ReLU()),
        ("classifier.3", AdaptiveAvgPool2d()),
        ("flatten", Flatten()),
    )
    return b.network(x)


def fire_module(b: Builder, name: str, source: str, squeeze: int, expand: int) -> str:
    """Add a fire module: few 1 × 1 filters, then 1 × 1 and 3 × 3 side by side."""
    x = b.chain(
        source,
        (f"{name}.squeeze", conv(squeeze, 1)),
        (f"{name}.squeeze_activation", ReLU()),
    )
    one = b.chain(
        x, (f"{name}.expand1x1", conv(expand, 1)), (f"{name}.expand1x1_activation", ReLU())
    )
    three = b.chain(
        x,
        (f"{name}.expand3x3", conv(expand, 3, padding=1)),
        (f"{name}.expand3x3_activation", ReLU()),
    )
    return b.add(f"{name}.cat", Concatenate(), one, three)


TEMPLATES = tuple(
    Template(
        name=f"squeezenet{version}",
        title=f"SqueezeNet {version.replace('_', '.')}",
        authors="F. N. Iandola, S. Han, M. W. Moskewicz, K. Ashraf, W. J. Dally, K. Keutzer",
        year=2016,
        paper="SqueezeNet: AlexNet-level accuracy with 50x fewer parameters",
        summary=summary,
        build=partial(squeezenet, version=version),
    )
    for version, summary in (
        ("1_0", "AlexNet's accuracy with a fiftieth of its parameters, by 1 × 1 convolutions."),
        ("1_1", "SqueezeNet 1.0's accuracy with less than half of its computation."),
    )
)
