"""Tensors of an ONNX file that lie in other files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import onnx

from core.network.importing.onnx_values import OnnxError

MAX_BYTES = 2 * 1024**3 - 1
"""Protocol buffers hold no more; a classifier with all its tensors is smaller."""


def load_outside_tensors(graph: onnx.GraphProto, path: Path) -> None:
    """Bring the tensors that lie in other files into the graph.

    Raises:
        OnnxError: One lies outside of the ONNX file's folder, is missing or cut off, or all of
            them are too large.
    """
    room = MAX_BYTES
    for tensor in _tensors(graph):
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            told = {item.key: item.value for item in tensor.external_data}
            data = _read(told, path, room)
            room -= len(data)
            tensor.raw_data = data
            tensor.data_location = onnx.TensorProto.DEFAULT
            del tensor.external_data[:]


def _read(told: dict[str, str], path: Path, room: int) -> bytes:
    """Return the bytes of one tensor."""
    home = path.parent.resolve()
    place = (home / told.get("location", "")).resolve()  # where symbolic links lead
    if not place.is_relative_to(home):
        raise OnnxError(
            "The file's weights are outside its folder, where Layerloom does not read",
            path,
            "Save the model as one file.",
        )
    try:
        begin = int(told.get("offset") or 0)
        length = int(told.get("length") or place.stat().st_size - begin)
        if not 0 <= length <= room or begin < 0:
            raise OnnxError("The file's weights in other files have more than 2 GB", path)
        with place.open("rb") as file:
            file.seek(begin)
            data = file.read(length)
    except (OSError, ValueError) as error:
        raise OnnxError(
            f"The file with its weights, {place.name}, cannot be read",
            path,
            "Put it into the same folder.",
        ) from error
    if len(data) < length:
        raise OnnxError(f"The file with its weights, {place.name}, is incomplete", path)
    return data


def _tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    """Yield every tensor of a graph and of the graphs within its nodes."""
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)
    for node in graph.node:
        for attribute in node.attribute:
            yield from (attribute.t, *attribute.tensors)
            for inner in (attribute.g, *attribute.graphs):
                yield from _tensors(inner)
