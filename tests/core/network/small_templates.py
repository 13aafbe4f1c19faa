"""The templates for small images, which are quickly computed and written."""

from __future__ import annotations

from core.network.layers.fully_connected import Linear
from core.network.network import Network
from core.network.templates import TEMPLATES

SMALLEST = {"alexnet-2012": 96}
"""What others pool less; height and width in pixels."""


def small(name: str, classes: int = 3) -> Network:
    """Return a template for images of at most 64 pixels, or the least it can take."""
    template = TEMPLATES[name]
    size = min(template.size, SMALLEST.get(name, 64))
    return with_narrow_ends(template.build(classes, size=size))


def exportable(name: str) -> Network:
    """Return a template that PyTorch's exporter can write.

    Adaptive pooling must divide the map: AlexNet and VGG keep their 224 pixels, VGG is narrower.
    """
    if name == "alexnet" or name.startswith("vgg"):
        settings = {"width": 0.125} if name.startswith("vgg") else {}
        return with_narrow_ends(TEMPLATES[name].build(3, size=224, **settings))
    return small(name)


def with_narrow_ends(network: Network) -> Network:
    """Return the network with 32 in place of 4,096 features, which take long to write."""
    for node in network.nodes:
        if isinstance(node.layer, Linear) and node.layer.out_features == 4096:
            network = network.with_setting(node.id, "out_features", 32)
    return network
