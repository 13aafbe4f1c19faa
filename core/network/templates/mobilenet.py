"""MobileNetV2, torchvision's names."""

from __future__ import annotations

from core.network.layers.activation import ReLU6
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv, make_divisible
from core.network.templates.template import Template

# M. Sandler et al., "MobileNetV2", 2018, table 2: t expansion, c channels, n blocks, s stride.
TABLE = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def mobilenet_v2(classes: int = 1000, size: int = 224, *, width: float = 1) -> Network:
    """Build MobileNetV2: 3,504,872 parameters; `width` is a factor of all channels."""
    b = Builder()
    channels = make_divisible(32 * width)
    x = conv_norm(b, "features.0", b.input(3, size, size), channels, 3, stride=2)
    number = 1
    for expansion, plain_channels, blocks, first_stride in TABLE:
        filters = make_divisible(plain_channels * width)
        for block in range(blocks):
            stride = first_stride if block == 0 else 1
            x = inverted_bottleneck(
                b, f"features.{number}", x, channels, expansion, filters, stride
            )
            channels, number = filters, number + 1
    x = conv_norm(b, f"features.{number}", x, make_divisible(1280 * max(1, width)), 1)
    x = b.chain(
        x,
        ("avgpool", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("classifier.0", Dropout(probability=0.2)),
        ("classifier.1", Linear(out_features=classes)),
    )
    return b.network(x)


def inverted_bottleneck(
    b: Builder, name: str, source: str, channels: int, expansion: int, filters: int, stride: int
) -> str:
    """Add an inverted bottleneck: expand, depthwise convolution, project, and the way round it."""
    x, wide, part = source, channels * expansion, 0
    if expansion != 1:
        x = conv_norm(b, f"{name}.conv.0", x, wide, 1)
        part = 1
    x = conv_norm(b, f"{name}.conv.{part}", x, wide, 3, stride, groups=wide)
    x = b.chain(
        x,
        (f"{name}.conv.{part + 1}", conv(filters, 1, bias=False)),
        (f"{name}.conv.{part + 2}", BatchNorm2d()),
    )
    if stride == 1 and channels == filters:
        x = b.add(f"{name}.add", Add(), source, x)
    return x


def conv_norm(
    b: Builder, name: str, source: str, filters: int, kernel: int, stride: int = 1, groups: int = 1
) -> str:
    """Add a convolution with its normalisation and ReLU6."""
    return b.chain(
        source,
        (f"{name}.0", conv(filters, kernel, stride, kernel // 2, groups, bias=False)),
        (f"{name}.1", BatchNorm2d()),
        (f"{name}.2", ReLU6()),
    )


TEMPLATES = (
    Template(
        name="mobilenet_v2",
        title="MobileNetV2",
        authors="M. Sandler, A. Howard, M. Zhu, A. Zhmoginov, L.-C. Chen",
        year=2018,
        paper="MobileNetV2: Inverted residuals and linear bottlenecks",
        summary="Blocks that widen, filter each channel by itself and narrow again, for phones.",
        build=mobilenet_v2,
    ),
)
