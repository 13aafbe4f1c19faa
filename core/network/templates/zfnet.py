"""ZFNet."""

from __future__ import annotations

from core.network.layers.activation import ReLU
from core.network.network import Builder, Network
from core.network.templates.alexnet import NORM, classifier
from core.network.templates.short_forms import conv, max_pool
from core.network.templates.template import Template


def zfnet(classes: int = 1000, size: int = 224) -> Network:
    """Build ZFNet: 62,357,608 parameters; maps of 110, 55, 26, 13, 13, 13 and 6 pixels.

    Source: M. D. Zeiler and R. Fergus, 2013, figure 3. Its contrast normalisation is AlexNet's
    response normalisation here.
    """
    b = Builder()
    x = b.chain(
        b.input(3, size, size),
        ("conv1", conv(96, 7, stride=2, padding=1)),
        ("relu1", ReLU()),
        ("pool1", max_pool(3, 2, padding=1)),
        ("norm1", NORM),
        ("conv2", conv(256, 5, stride=2)),
        ("relu2", ReLU()),
        ("pool2", max_pool(3, 2, padding=1)),
        ("norm2", NORM),
        ("conv3", conv(384, 3, padding=1)),
        ("relu3", ReLU()),
        ("conv4", conv(384, 3, padding=1)),
        ("relu4", ReLU()),
        ("conv5", conv(256, 3, padding=1)),
        ("relu5", ReLU()),
        ("pool5", max_pool(3, 2)),
        *classifier(classes),
    )
    return b.network(x)


TEMPLATES = (
    Template(
        name="zfnet",
        title="ZFNet",
        authors="M. D. Zeiler, R. Fergus",
        year=2013,
        paper="Visualizing and understanding convolutional networks",
        summary="Looking into AlexNet showed how to improve it: a smaller, denser first layer.",
        result="ILSVRC 2013: 14.8 % top-5 test error with 6 networks, 16.1 % with one. The 11.7 % "
        "often given for ZFNet is the error of Clarifai, Zeiler's company, which won with many "
        "networks (11.2 % with extra data)",
        build=zfnet,
    ),
)
