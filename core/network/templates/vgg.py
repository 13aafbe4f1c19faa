"""VGG, torchvision's names."""

from __future__ import annotations

from functools import partial

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.base.layer import Layer
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv, make_divisible, max_pool
from core.network.templates.template import Template

# K. Simonyan and A. Zisserman, 2014, table 1, columns A, B, D, E: 3 × 3 convolutions before each
# of the five poolings.
CONVOLUTIONS = {
    11: (1, 1, 2, 2, 2),
    13: (2, 2, 2, 2, 2),
    16: (2, 2, 3, 3, 3),
    19: (2, 2, 4, 4, 4),
}
FILTERS = (64, 128, 256, 512, 512)


def vgg(
    classes: int = 1000, size: int = 224, *, depth: int = 16, norm: bool = False, width: float = 1
) -> Network:
    """Build VGG-11, -13, -16 or -19: 138,357,544 parameters at depth 16.

    Args:
        classes: To tell apart.
        size: Of the image in pixels; what comes behind pools to 7 × 7 in any case.
        depth: Layers with a weight.
        norm: Whether batch normalisation follows each convolution.
        width: Factor of the filters.
    """
    features: list[Layer] = []
    for count, filters in zip(CONVOLUTIONS[depth], FILTERS, strict=True):
        for _ in range(count):
            features.append(conv(make_divisible(filters * width), 3, padding=1))
            features += [BatchNorm2d(), ReLU()] if norm else [ReLU()]
        features.append(max_pool(2, 2))
    b = Builder()
    x = b.chain(
        b.input(3, size, size),
        *((f"features.{number}", layer) for number, layer in enumerate(features)),
        ("avgpool", AdaptiveAvgPool2d(output_size=(7, 7))),
        ("flatten", Flatten()),
        ("classifier.0", Linear(out_features=4096)),
        ("classifier.1", ReLU()),
        ("classifier.2", Dropout()),
        ("classifier.3", Linear(out_features=4096)),
        ("classifier.4", ReLU()),
        ("classifier.5", Dropout()),
        ("classifier.6", Linear(out_features=classes)),
    )
    return b.network(x)


RESULT = (
    "ILSVRC 2014, 2nd: 7.3 % top-5 test error with 7 networks; after the contest 6.8 % with 2, "
    "7.0 % with one"
)

TEMPLATES = tuple(
    Template(
        name=f"vgg{depth}{'_bn' * norm}",
        title=f"VGG-{depth}{' with batch norm' * norm}",
        authors="K. Simonyan, A. Zisserman",
        year=2014,
        paper="Very deep convolutional networks for large-scale image recognition",
        summary="Nothing but 3 × 3 convolutions, many of them: depth makes the difference.",
        result=RESULT if depth in {16, 19} and not norm else "",
        build=partial(vgg, depth=depth, norm=norm),
    )
    for depth in CONVOLUTIONS
    for norm in (False, True)
)
