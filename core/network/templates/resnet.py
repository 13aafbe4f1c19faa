"""ResNet and its wider kin, torchvision's names."""

from __future__ import annotations

from functools import partial

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add
from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv, max_pool
from core.network.templates.template import Template

# K. He et al., "Deep residual learning for image recognition", 2015, table 1: blocks of conv2_x
# to conv5_x.
BLOCKS = {
    18: (2, 2, 2, 2),
    34: (3, 4, 6, 3),
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}
FILTERS = (64, 128, 256, 512)


def resnet(
    classes: int = 1000, size: int = 224, *, depth: int = 50, width: int = 64, groups: int = 1
) -> Network:
    """Build ResNet-18, -34, -50, -101 or -152: 25,557,032 parameters at depth 50.

    Args:
        classes: To tell apart.
        size: Of the image in pixels.
        depth: Layers with a weight; from 50 on with bottleneck blocks.
        width: Filters per group of the first 3 × 3 convolution of a bottleneck: 64 in the paper.
        groups: Of the bottlenecks' 3 × 3 convolutions: 32 in ResNeXt.
    """
    b = Builder()
    x = b.chain(
        b.input(3, size, size),
        ("conv1", conv(64, 7, stride=2, padding=3, bias=False)),
        ("bn1", BatchNorm2d()),
        ("relu", ReLU()),
        ("maxpool", max_pool(3, 2, padding=1)),
    )
    channels, narrow = 64, depth >= 50
    for stage, (blocks, filters) in enumerate(zip(BLOCKS[depth], FILTERS, strict=True), 1):
        for block in range(blocks):
            name, stride = f"layer{stage}.{block}", 2 if stage > 1 and block == 0 else 1
            if narrow:
                inner = filters * width // 64 * groups
                x = bottleneck(b, name, x, channels, filters * 4, inner, stride, groups)
            else:
                x = basic_block(b, name, x, channels, filters, stride)
            channels = filters * (4 if narrow else 1)
    x = b.chain(
        x,
        ("avgpool", AdaptiveAvgPool2d()),
        ("flatten", Flatten()),
        ("fc", Linear(out_features=classes)),
    )
    return b.network(x)


def basic_block(
    b: Builder, name: str, source: str, channels: int, filters: int, stride: int
) -> str:
    """Add two 3 × 3 convolutions and a skip connection."""
    x = b.chain(
        source,
        (f"{name}.conv1", conv(filters, 3, stride, padding=1, bias=False)),
        (f"{name}.bn1", BatchNorm2d()),
        (f"{name}.relu1", ReLU()),
        (f"{name}.conv2", conv(filters, 3, padding=1, bias=False)),
        (f"{name}.bn2", BatchNorm2d()),
    )
    return _add(b, name, x, source, channels, filters, stride)


def bottleneck(
    b: Builder,
    name: str,
    source: str,
    channels: int,
    filters: int,
    inner: int,
    stride: int,
    groups: int,
) -> str:
    """Add 1 × 1, 3 × 3 and 1 × 1 convolutions and a skip connection."""
    x = b.chain(
        source,
        (f"{name}.conv1", conv(inner, 1, bias=False)),
        (f"{name}.bn1", BatchNorm2d()),
        (f"{name}.relu1", ReLU()),
        (f"{name}.conv2", conv(inner, 3, stride, padding=1, groups=groups, bias=False)),
        (f"{name}.bn2", BatchNorm2d()),
        (f"{name}.relu2", ReLU()),
        (f"{name}.conv3", conv(filters, 1, bias=False)),
        (f"{name}.bn3", BatchNorm2d()),
    )
    return _add(b, name, x, source, channels, filters, stride)


def _add(
    b: Builder, name: str, x: str, source: str, channels: int, filters: int, stride: int
) -> str:
    """Add the way round: the input itself, or a 1 × 1 convolution where the shape changes."""
    if stride != 1 or channels != filters:
        source = b.chain(
            source,
            (f"{name}.downsample.0", conv(filters, 1, stride, bias=False)),
            (f"{name}.downsample.1", BatchNorm2d()),
        )
    x = b.add(f"{name}.add", Add(), x, source)
    return b.add(f"{name}.relu", ReLU(), x)


AUTHORS = "K. He, X. Zhang, S. Ren, J. Sun"
PAPER = "Deep residual learning for image recognition"

TEMPLATES = (
    *(
        Template(
            name=f"resnet{depth}",
            title=f"ResNet-{depth}",
            authors=AUTHORS,
            year=2015,
            paper=PAPER,
            summary="Skip connections let the gradient pass through networks of any depth.",
            result="ILSVRC 2015, 1st: 3.57 % top-5 test error, with an ensemble of networks of "
            "up to 152 layers",
            build=partial(resnet, depth=depth),
        )
        for depth in BLOCKS
    ),
    Template(
        name="resnext50_32x4d",
        title="ResNeXt-50, 32 groups of 4",
        authors="S. Xie, R. Girshick, P. Dollár, Z. Tu, K. He",
        year=2016,
        paper="Aggregated residual transformations for deep neural networks",
        summary="Many narrow groups side by side in each block instead of one wide path.",
        build=partial(resnet, depth=50, groups=32, width=4),
    ),
    Template(
        name="wide_resnet50_2",
        title="Wide ResNet-50",
        authors="S. Zagoruyko, N. Komodakis",
        year=2016,
        paper="Wide residual networks",
        summary="Blocks twice as wide do as well as many more layers.",
        build=partial(resnet, depth=50, width=128),
    ),
)
