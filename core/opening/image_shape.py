"""The shape of the images that a network takes: read from a text, and changed."""

from __future__ import annotations

import re

import msgspec

from core.decoding import convert
from core.network.layers.base.layer import Shape
from core.network.layers.ends import Input
from core.network.network import Network, NetworkError


def parse_shape(text: str) -> Shape:
    """Return (channels, height, width) of a text such as "3x224x224".

    Raises:
        NetworkError: It is no such text.
    """
    found = re.fullmatch(r"(\d{1,7})[x×](\d{1,7})[x×](\d{1,7})", text.strip())
    if not found:
        raise NetworkError(
            f"“{text}” is not an image size",
            hint="Write it as 3x224x224: channels, height, width.",
        )
    return tuple(int(number) for number in found.groups())


def with_input(network: Network, shape: Shape | None) -> Network:
    """Return the network for images of another shape.

    Raises:
        NetworkError: There is no such image, or not one input.
    """
    if shape is None:
        return network
    node = network.only(Input)
    settings = dict(zip(("channels", "height", "width"), shape, strict=True))
    try:
        layer = convert({"kind": "Input", **settings}, Input)
    except msgspec.ValidationError as error:
        raise NetworkError(
            f"An image cannot have the size {' × '.join(map(str, shape))}: {error}"
        ) from error
    return network.with_node(msgspec.structs.replace(node, layer=layer))
