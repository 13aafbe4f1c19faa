"""EfficientNet-Lite: EfficientNet with ReLU6 and without squeeze-and-excitation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from core.network.layers.activation import ReLU6
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, Network
from core.network.templates.short_forms import make_divisible
from core.network.templates.template import Template


@dataclass(frozen=True, slots=True)
class StageBlocks:
    """A row of the paper's Table 1: blocks that share their settings."""

    blocks: int
    kernel: int
    stride: int
    expansion: int
    channels: int


# M. Tan and Q. V. Le, "EfficientNet", 2019, Table 1; Lite: R. Liu, "Higher accuracy on vision
# models with EfficientNet-Lite", 2020.
STAGES = (
    StageBlocks(1, 3, 1, 1, 16),
    StageBlocks(2, 3, 2, 6, 24),
    StageBlocks(2, 5, 2, 6, 40),
    StageBlocks(3, 3, 2, 6, 80),
    StageBlocks(3, 5, 1, 6, 112),
    StageBlocks(4, 5, 2, 6, 192),
    StageBlocks(1, 3, 1, 6, 320),
)


def efficientnet_lite(
    classes: int = 1000,
    size: int = 224,
    *,
    width: float = 1.0,
    depth: float = 1.0,
    dropout: float = 0.2,
) -> Network:
    """Build EfficientNet-Lite: 4,652,008 parameters at width and depth 1.

    Args:
        classes: To tell apart.
        size: Of the image in pixels.
        width: Factor of the channels; those of stem and head stay.
        depth: Factor of the blocks; those of the first and the last stage stay.
        dropout: Share of the features set to zero in training.
    """
    b = Builder()
    x = b.input(3, size, size)
    x, side = _conv(b, "stem", x, 32, kernel=3, stride=2, side=size)
    channels = 32
    for number, row in enumerate(STAGES):
        ends = number in {0, len(STAGES) - 1}
        blocks = row.blocks if ends else ceil(row.blocks * depth)
        stage = replace(row, blocks=blocks, channels=make_divisible(row.channels * width))
        for block in range(stage.blocks):
            stride = stage.stride if block == 0 else 1
            x, side = _block(b, f"stages.{number}.{block}", x, channels, stage, stride, side)
            channels = stage.channels
    x, _ = _conv(b, "head", x, 1280, kernel=1, stride=1, side=side)
    x = b.chain(
        x,
        ("pool", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("dropout", Dropout(probability=dropout)),
        ("classifier", Linear(out_features=classes, in_features=1280)),
    )
    return b.network(x)


def _block(
    b: Builder, name: str, source: str, channels: int, stage: StageBlocks, stride: int, side: int
) -> tuple[str, int]:
    """Add an inverted bottleneck: expand, depthwise convolution, project, and the way round it."""
    x, wide = source, channels * stage.expansion
    if stage.expansion > 1:
        x, side = _conv(b, f"{name}.expand", x, wide, kernel=1, stride=1, side=side)
    x, side = _conv(
        b, f"{name}.depthwise", x, wide, kernel=stage.kernel, stride=stride, side=side, groups=wide
    )
    x, side = _conv(
        b, f"{name}.project", x, stage.channels, kernel=1, stride=1, side=side, activate=False
    )
    if stride == 1 and channels == stage.channels:
        x = b.add(f"{name}.add", Add(), x, source)
    return x, side


def _conv(
    b: Builder,
    name: str,
    source: str,
    channels: int,
    *,
    kernel: int,
    stride: int,
    side: int,
    groups: int = 1,
    activate: bool = True,
) -> tuple[str, int]:
    """Add convolution, batch normalisation and ReLU6; return the end and its side in pixels."""
    before, after = same_padding(side, kernel, stride)
    conv = Conv2d(
        out_channels=channels,
        kernel_size=(kernel, kernel),
        stride=(stride, stride),
        padding=(before, before, after, after),
        groups=groups,
        bias=False,
    )
    x = b.add(f"{name}.conv", conv, source)
    x = b.add(f"{name}.norm", BatchNorm2d(epsilon=1e-3, momentum=0.01), x)
    if activate:
        x = b.add(f"{name}.relu6", ReLU6(), x)
    return x, -(-side // stride)


def same_padding(side: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return TensorFlow's “SAME” padding (before, after) along one side.

    It makes ⌈side / stride⌉ positions, with the odd pixel after.

    Source: TensorFlow, `tf.nn.convolution`, notes on padding.
    """
    positions = -(-side // stride)
    total = max((positions - 1) * stride + kernel - side, 0)
    return total // 2, total - total // 2


# Width, depth, image size and dropout. Source: TensorFlow, tpu/models/official/efficientnet/lite.
VERSIONS = ((1.0, 1.0, 224, 0.2), (1.0, 1.1, 240, 0.2), (1.1, 1.2, 260, 0.3))

TEMPLATES = tuple(
    Template(
        name=f"efficientnet-lite{number}",
        title=f"EfficientNet-Lite{number}",
        authors="M. Tan, Q. V. Le; R. Liu",
        year=2020,
        paper="Higher accuracy on vision models with EfficientNet-Lite",
        summary="Depth, width and input size scaled together; ReLU6 throughout, for small devices.",
        size=size,
        build=partial(efficientnet_lite, size=size, width=width, depth=depth, dropout=dropout),
    )
    for number, (width, depth, size, dropout) in enumerate(VERSIONS)
)
