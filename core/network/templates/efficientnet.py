"""EfficientNet-B0, torchvision's names."""

from __future__ import annotations

from core.network.layers.activation import Sigmoid, SiLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add, Multiply
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.regularisation import Dropout, StochasticDepth
from core.network.network import Builder, Network
from core.network.templates.efficientnet_lite import STAGES, StageBlocks
from core.network.templates.short_forms import conv, make_divisible
from core.network.templates.template import Template


def efficientnet_b0(classes: int = 1000, size: int = 224, *, width: float = 1) -> Network:
    """Build EfficientNet-B0: 5,288,548 parameters; `width` is a factor of all channels."""
    b = Builder()
    channels, done = make_divisible(32 * width), 0
    x = _conv(b, "features.0", b.input(3, size, size), channels, 3, stride=2)
    for number, stage in enumerate(STAGES, 1):
        for block in range(stage.blocks):
            left_out = 0.2 * done / sum(stage.blocks for stage in STAGES)
            filters = make_divisible(stage.channels * width)
            stride = stage.stride if block == 0 else 1
            x = _block(
                b, f"features.{number}.{block}", x, channels, filters, stage, stride, left_out
            )
            channels, done = filters, done + 1
    x = _conv(b, "features.8", x, 4 * channels, 1)
    x = b.chain(
        x,
        ("avgpool", AdaptiveAvgPool2d()),
        ("flatten", Flatten()),
        ("classifier.0", Dropout(probability=0.2)),
        ("classifier.1", Linear(out_features=classes)),
    )
    return b.network(x)


def _block(
    b: Builder,
    name: str,
    source: str,
    channels: int,
    filters: int,
    stage: StageBlocks,
    stride: int,
    left_out: float,
) -> str:
    """Add an inverted bottleneck with squeeze and excitation, and the way round it."""
    x, wide, part = source, make_divisible(channels * stage.expansion), 0
    if wide != channels:
        x = _conv(b, f"{name}.block.0", x, wide, 1)
        part = 1
    x = _conv(b, f"{name}.block.{part}", x, wide, stage.kernel, stride, groups=wide)
    x = squeeze_excite(b, f"{name}.block.{part + 1}", x, wide, max(1, channels // 4))
    x = _conv(b, f"{name}.block.{part + 2}", x, filters, 1, activate=False)
    if stride == 1 and channels == filters:
        x = b.add(f"{name}.stochastic_depth", StochasticDepth(probability=left_out), x)
        x = b.add(f"{name}.add", Add(), x, source)
    return x


def squeeze_excite(b: Builder, name: str, source: str, channels: int, squeezed: int) -> str:
    """Weigh each channel by a number worked out from the means of all.

    Source: J. Hu et al., "Squeeze-and-excitation networks", 2017.
    """
    weights = b.chain(
        source,
        (f"{name}.avgpool", AdaptiveAvgPool2d()),
        (f"{name}.fc1", conv(squeezed, 1)),
        (f"{name}.activation", SiLU()),
        (f"{name}.fc2", conv(channels, 1)),
        (f"{name}.scale_activation", Sigmoid()),
    )
    return b.add(f"{name}.multiply", Multiply(), weights, source)


def _conv(
    b: Builder,
    name: str,
    source: str,
    filters: int,
    kernel: int,
    stride: int = 1,
    groups: int = 1,
    activate: bool = True,
) -> str:
    x = b.chain(
        source,
        (f"{name}.0", conv(filters, kernel, stride, kernel // 2, groups, bias=False)),
        (f"{name}.1", BatchNorm2d()),
    )
    return b.add(f"{name}.2", SiLU(), x) if activate else x


TEMPLATES = (
    Template(
        name="efficientnet_b0",
        title="EfficientNet-B0",
        authors="M. Tan, Q. V. Le",
        year=2019,
        paper="EfficientNet: Rethinking model scaling for convolutional neural networks",
        summary="Depth, width and input size are scaled together from one small, searched network.",
        build=efficientnet_b0,
    ),
)
