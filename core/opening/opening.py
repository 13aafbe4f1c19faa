"""Opening a network by what a person calls it: a name, or a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.decoding import convert
from core.network.importing.onnx_file import read_onnx
from core.network.layers.base.layer import Shape, Weights
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.fully_connected import Linear
from core.network.network import Network, NetworkError, Node, read_network
from core.network.templates import TEMPLATES


@dataclass(frozen=True)
class OpenedNetwork:
    """A network opened.

    Attributes:
        title: What it is called.
        network: With the shape and the classes that were asked for.
        weights: Those it came with; after a change of shape or classes not all need to fit any
            more: `core.network.running.fit_weights` says which do.
    """

    title: str
    network: Network
    weights: Weights | None = None


def open_network(
    name: str, shape: Shape | None = None, classes: int | None = None
) -> OpenedNetwork:
    """Open a network.

    Args:
        name: A template's or a torchvision model's name, a design `.json`, or an `.onnx` file.
        shape: Of the input image, (channels, height, width); None as it is.
        classes: Of the last layer; None as it is.

    Raises:
        NetworkError: There is none of this name, or it cannot take this shape.
        OnnxError: The file cannot be read.
    """
    suffix = Path(name).suffix.lower()
    if suffix in (".json", ".onnx"):
        opened = _file(Path(name), suffix)
        network = with_classes(opened.network, classes) if classes else opened.network
        opened = OpenedNetwork(opened.title, network, opened.weights)
    else:
        opened = _by_name(name, shape, classes)
    return OpenedNetwork(opened.title, with_input(opened.network, shape), opened.weights)


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


def with_classes(network: Network, classes: int) -> Network:
    """Return the network with another number of classes.

    The last layer with weights is changed, and that of each auxiliary head.

    Raises:
        NetworkError: It has no last layer with a number of outputs.
    """
    heads = [node for node in network.nodes if isinstance(node.layer, AuxiliaryOutput)]
    for end in (network.only(Output), *heads):
        node = _last(network, end)
        setting = "out_features" if isinstance(node.layer, Linear) else "out_channels"
        network = network.with_setting(node.id, setting, classes)
    return network


def _last(network: Network, end: Node) -> Node:
    """Return the layer that makes the scores of an end."""
    node = end
    for _ in network.nodes:
        into = network.incoming[node.id]
        if len(into) != 1:
            break
        node = network.by_id[into[0].source]
        if isinstance(node.layer, Linear | Conv2d):
            return node
    raise NetworkError("The network has no last layer whose number of classes could be changed")


def _file(path: Path, suffix: str) -> OpenedNetwork:
    if suffix == ".json":
        return OpenedNetwork(path.stem, read_network(path))
    imported = read_onnx(path)
    return OpenedNetwork(path.stem, imported.network, imported.weights)


def _by_name(name: str, shape: Shape | None, classes: int | None) -> OpenedNetwork:
    template = TEMPLATES.get(name.lower())
    if template:
        return OpenedNetwork(template.title, template.build(classes or template.classes))
    try:
        from core.network.importing.torchvision import import_model, model_names
    except ImportError as error:
        raise NetworkError(
            f"There is no template called “{name}”; torchvision's networks require PyTorch",
            hint='Install it: pip install "layerloom[torch]".',
        ) from error
    if name.lower() not in model_names():
        raise NetworkError(
            f"There is no template or torchvision network called “{name}”",
            hint="The command “networks” lists them; designs end in .json, ONNX files in .onnx.",
        )
    side = shape[1] if shape and shape[1] == shape[2] else None
    return OpenedNetwork(name, import_model(name.lower(), classes or 1000, side))
