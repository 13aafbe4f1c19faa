"""DenseNet-121, torchvision's names."""

from __future__ import annotations

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Concatenate
from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Builder, Network
from core.network.templates.short_forms import average_pool, conv, max_pool
from core.network.templates.template import Template

# G. Huang et al., "Densely connected convolutional networks", 2016, table 1.
LAYERS = (6, 12, 24, 16)


def densenet121(classes: int = 1000, size: int = 224, *, width: int = 32) -> Network:
    """Build DenseNet-121: 7,978,856 parameters; `width` is the growth rate."""
    b = Builder()
    channels = 2 * width
    x = b.chain(
        b.input(3, size, size),
        ("features.conv0", conv(channels, 7, stride=2, padding=3, bias=False)),
        ("features.norm0", BatchNorm2d()),
        ("features.relu0", ReLU()),
        ("features.pool0", max_pool(3, 2, padding=1)),
    )
    for number, layers in enumerate(LAYERS, 1):
        x = dense_block(b, f"features.denseblock{number}", x, layers, width)
        channels += layers * width
        if number < len(LAYERS):
            channels //= 2
            x = _transition(b, f"features.transition{number}", x, channels)
    x = b.chain(
        x,
        ("features.norm5", BatchNorm2d()),
        ("relu", ReLU()),
        ("avgpool", AdaptiveAvgPool2d()),
        ("flatten", Flatten()),
        ("classifier", Linear(out_features=classes)),
    )
    return b.network(x)


def dense_block(b: Builder, name: str, source: str, layers: int, width: int) -> str:
    """Add layers each of which sees the outputs of all before it."""
    outputs = [source]
    for number in range(1, layers + 1):
        layer, x = f"{name}.denselayer{number}", outputs[0]
        if len(outputs) > 1:
            x = b.add(f"{layer}.cat", Concatenate(), *outputs)
        x = b.chain(
            x,
            (f"{layer}.norm1", BatchNorm2d()),
            (f"{layer}.relu1", ReLU()),
            (f"{layer}.conv1", conv(4 * width, 1, bias=False)),
            (f"{layer}.norm2", BatchNorm2d()),
            (f"{layer}.relu2", ReLU()),
            (f"{layer}.conv2", conv(width, 3, padding=1, bias=False)),
        )
        outputs.append(x)
    return b.add(f"{name}.cat", Concatenate(), *outputs)


def _transition(b: Builder, name: str, source: str, channels: int) -> str:
    """Add what halves channels, height and width between two dense blocks."""
    return b.chain(
        source,
        (f"{name}.norm", BatchNorm2d()),
        (f"{name}.relu", ReLU()),
        (f"{name}.conv", conv(channels, 1, bias=False)),
        (f"{name}.pool", average_pool(2, 2)),
    )


TEMPLATES = (
    Template(
        name="densenet121",
        title="DenseNet-121",
        authors="G. Huang, Z. Liu, L. van der Maaten, K. Q. Weinberger",
        year=2016,
        paper="Densely connected convolutional networks",
        summary="Each layer sees the outputs of all layers before it, so it needs few filters.",
        build=densenet121,
    ),
)
