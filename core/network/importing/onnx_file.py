"""ONNX files of image classifiers as networks with their weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import TensorProto, shape_inference, version_converter

from core.network.importing.joining import join_layers
from core.network.importing.onnx_graph_reader import GraphReader
from core.network.importing.onnx_outside import MAX_BYTES, load_outside_tensors
from core.network.importing.onnx_patterns import put_together
from core.network.importing.onnx_values import OnnxError
from core.network.layers.base.layer import Weights
from core.network.network import MAX_LAYERS, Network
from core.onnx.graph_writer import OPSET

MAX_NODES = MAX_LAYERS
MAX_TENSORS = 4 * MAX_NODES
IMAGE_TYPES = (TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.DOUBLE)
"""Of the image; the network that is read has 32 bits throughout."""
USUAL_SIDE = 224
"""Height and width in pixels where the file leaves them open."""


@dataclass(frozen=True)
class ImportedNetwork:
    """A network with the weights it came with."""

    network: Network
    weights: Weights


def read_onnx(path: Path) -> ImportedNetwork:
    """Read an ONNX file.

    Raises:
        OnnxError: It is no ONNX file, damaged, too large, has data in other files, or does
            something that cannot be a network here.
    """
    model = _loaded(path)
    graph = model.graph
    for count, most, what in (
        (len(graph.node), MAX_NODES, "nodes"),
        (len(graph.initializer), MAX_TENSORS, "tensors"),
    ):
        if count > most:
            raise OnnxError(f"The file has {count:,} {what}, more than any classifier has", path)
    try:
        load_outside_tensors(graph, path)
        _name_nodes(graph)
        _fix_input(graph, path)
        network, weights = join_layers(*GraphReader(_prepared(model, path), path).read())
    except (LookupError, ValueError, TypeError, RuntimeError, ArithmeticError) as error:
        raise OnnxError(  # any field of the file may lie about the others
            f"The file contradicts itself: {error}", path, "Download the file again."
        ) from error
    return ImportedNetwork(network, weights)


def _loaded(path: Path) -> onnx.ModelProto:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise OnnxError(
                f"The file has {size / 1e9:.1f} GB; ONNX files have 2 GB at most",
                path,
                "Export the network with its weights in a file of their own beside it.",
            )
        model = onnx.load_model_from_string(path.read_bytes())
    except OSError as error:
        raise OnnxError(f"The file cannot be read ({error.strerror})", path) from error
    except (DecodeError, ValueError) as error:
        raise OnnxError(
            "This is not an ONNX file, or it is incomplete", path, "Download the file again."
        ) from error
    if not model.graph.node or not model.opset_import:
        raise OnnxError(
            "This is not an ONNX file, or it contains no network", path, "Choose another file."
        )
    return model


def _name_nodes(graph: onnx.GraphProto) -> None:
    """Give nodes without a name one, so that the converter cannot confuse them."""
    for number, node in enumerate(graph.node):
        node.name = node.name or f"{node.op_type.lower()}_{number}"


def _fix_input(graph: onnx.GraphProto, path: Path) -> None:
    """Keep the image as the only input, with one image in the batch and a known size."""
    constants = {tensor.name for tensor in graph.initializer}
    images = [value for value in graph.input if value.name not in constants]
    if len(images) != 1:
        raise OnnxError(f"The network has {len(images)} inputs; a classifier has one image", path)
    del graph.input[:]
    graph.input.extend(images)
    kind = images[0].type.tensor_type
    sides = kind.shape.dim
    if len(sides) != 4 or kind.elem_type not in IMAGE_TYPES:
        raise OnnxError(
            "The network does not take images as floating-point numbers of batch × channels × "
            "height × width",
            path,
            "Export it with such an input, without the preparation of the images.",
        )
    usual = (1, 3, USUAL_SIDE, USUAL_SIDE)
    for place, side in enumerate(graph.input[0].type.tensor_type.shape.dim):
        side.dim_value = usual[place] if place == 0 or side.dim_value < 1 else side.dim_value
    for output in graph.output:  # their shapes are worked out anew
        output.type.tensor_type.ClearField("shape")
    del graph.value_info[:]


def _prepared(model: onnx.ModelProto, path: Path) -> onnx.ModelProto:
    """Return the model in our version of ONNX with the shape of every value."""
    version = max(o.version for o in model.opset_import if o.domain in ("", "ai.onnx"))
    try:
        if version != OPSET:
            model = version_converter.convert_version(model, OPSET)
    except (RuntimeError, version_converter.ConvertError, ValueError) as error:
        if version < OPSET:  # what its operators mean may have changed since
            raise OnnxError(
                f"The file has opset {version} of ONNX and cannot be converted to {OPSET}",
                path,
                f"Export the network with opset {OPSET}.",
            ) from error
    put_together(model.graph)
    return shape_inference.infer_shapes(model, data_prop=True)
