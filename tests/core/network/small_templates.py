"""The templates for small images, which are quickly computed and written."""

from __future__ import annotations

from core.network.layers.fully_connected import Linear
from core.network.network import Network
from core.network.templates import TEMPLATES

SMALLEST = {"alexnet-2012": 96}
"""What others pool less; height and width in pixels."""

NARROW = {
    "resnet50": 8,
    "resnet101": 8,
    "resnet152": 8,
    "wide_resnet50_2": 16,
    "resnext50_32x4d": 1,
} | {name: 0.125 for name in TEMPLATES if name.startswith("vgg")}
"""Widths with an eighth of the filters, which have the same layers and wires."""


def small(name: str, classes: int = 3) -> Network:
    """Return a template for images of at most 64 pixels, or the least it can take."""
    template = TEMPLATES[name]
    size = min(template.size, SMALLEST.get(name, 64))
    return with_narrow_ends(template.build(classes, size=size, **narrow(name)))


def exportable(name: str) -> Network:
    """Return a template that PyTorch's exporter can write.

    Adaptive pooling must divide the map: AlexNet and VGG keep their 224 pixels, VGG is narrower.
    """
    if name == "alexnet" or name.startswith("vgg"):
        return with_narrow_ends(TEMPLATES[name].build(3, size=224, **narrow(name)))
    return small(name)


def narrow(name: str) -> dict[str, float]:
    """Return the settings that make a template of many filters narrow."""
    return {"width": NARROW[name]} if name in NARROW else {}


def with_narrow_ends(network: Network) -> Network:
    """Return the network with 32 in place of 4,096 features, which take long to write."""
    for node in network.nodes:
        if isinstance(node.layer, Linear) and node.layer.out_features == 4096:
            network = network.with_setting(node.id, "out_features", 32)
    return network
