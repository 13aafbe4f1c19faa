"""Whether what an ONNX operator was read as is what the file says of it."""

from __future__ import annotations

import msgspec

from core.decoding import decode
from core.network.importing.onnx_operator import Operator, Read
from core.network.layers.base.layer import Layer, Shape, ShapeError
from core.network.layers.pooling import AvgPool2d, MaxPool2d


def agrees(o: Operator, read: Read) -> bool:
    """Return whether a layer has settings in their range, the tensors it needs and the right sizes.

    What the file leaves open counts as right.
    """
    layer = read.layer
    if layer is None:
        return True
    if not in_range(layer):
        return False
    arriving = [s for s, c in zip(o.shapes, o.constants, strict=True) if c is None]
    inputs = [shape[1:] for shape in arriving if shape is not None]
    if len(inputs) < len(arriving):
        return True
    try:
        made = layer.output_shapes(*inputs)
    except (ShapeError, LookupError):
        return False
    ceil = isinstance(layer, MaxPool2d | AvgPool2d) and layer.ceil_mode  # onnx's sizes are wrong
    return (ceil or _fits(made, o.output_shapes)) and _has_tensors(layer, read, inputs)


def in_range(layer: Layer) -> bool:
    """Return whether a design file with this layer would be read again."""
    try:
        again = decode(msgspec.json.encode(layer), type(layer))
    except msgspec.ValidationError:
        return False
    return again == layer


def _fits(made: tuple[Shape, ...], told: tuple[Shape | None, ...]) -> bool:
    """Return whether the shapes at the outputs, as far as both know them, are the same."""
    pairs = zip(made, told, strict=False)
    return all(shape is None or shape == (1, *own) for own, shape in pairs)


def _has_tensors(layer: Layer, read: Read, inputs: list[Shape]) -> bool:
    wanted = {tensor.name: tensor.shape for tensor in layer.tensors(*inputs)}
    return wanted == {name: value.shape for name, value in read.tensors.items()}
