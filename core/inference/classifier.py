"""Predicting with a model file: ONNX Runtime alone, never torch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
import onnx

from core.decoding import decode
from core.errors import LayerloomError
from core.images.reading import ImageError, Pixels, read_image
from core.inference.model_file import (
    FORMAT,
    FORMAT_KEY,
    INPUT,
    LABELS_KEY,
    OUTPUT,
    PROVENANCE_KEY,
)
from core.onnx.onnx_session import open_session
from core.parallel import map_in_order

Probabilities = npt.NDArray[np.float32]

MAX_FILE_BYTES = 2 * 1024**3
"""ONNX's own limit for one file."""


class ModelError(LayerloomError):
    """A model file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a classifier says of one image file.

    Attributes:
        path: The image.
        probabilities: (classes,), or None if the image cannot be read.
        problem: Why it cannot be read, or "".
    """

    path: Path
    probabilities: Probabilities | None
    problem: str = ""


class Classifier:
    """A trained network that names images.

    Args:
        model: Content of an ONNX file in Layerloom's form.
        where: Named in errors.
        one_at_a_time: For a short answer to single images; otherwise for many at once.

    Raises:
        ModelError: The file is damaged, or not one that Layerloom exported.
    """

    def __init__(self, model: bytes, where: Path | str = "", *, one_at_a_time: bool = True) -> None:
        metadata = _checked_metadata(model, where)
        self.labels = _decoded_labels(metadata, where)
        self.provenance: dict[str, str] = _decoded_provenance(metadata)
        try:
            self._session = open_session(model, one_at_a_time=one_at_a_time)
            outputs = [(o.name, o.shape) for o in self._session.get_outputs()]
            inputs = [(i.name, i.type) for i in self._session.get_inputs()]
        except Exception as error:
            raise ModelError(
                f"ONNX Runtime cannot open the model ({_first_line(error)})", where
            ) from error
        if inputs != [(INPUT, "tensor(uint8)")] or outputs != [(OUTPUT, [len(self.labels)])]:
            raise ModelError(
                "The model's inputs and outputs are not those of a Layerloom file", where
            )

    @classmethod
    def from_file(cls, path: Path, *, one_at_a_time: bool = True) -> Classifier:
        """Open an exported file.

        Raises:
            ModelError: The file cannot be read, or is not one that Layerloom exported.
        """
        return cls(read_model(path), path, one_at_a_time=one_at_a_time)

    def predict(self, pixels: Pixels) -> Probabilities:
        """Return the probability of each class for an image (height, width, 3), uint8.

        May be called from several threads at once.
        """
        answer: Probabilities = self._session.run(None, {INPUT: pixels})[0]
        return answer

    def predict_files(self, paths: Iterable[Path]) -> Iterator[Answer]:
        """Yield the answer for each image file, in order, computed on all cores."""
        return map_in_order(self._answer, paths)

    def _answer(self, path: Path) -> Answer:
        try:
            return Answer(path, self.predict(read_image(path)))
        except ImageError as error:
            return Answer(path, None, error.what)


def read_model(path: Path) -> bytes:
    """Return a model file's content.

    Raises:
        ModelError: It is missing, unreadable or too large.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ModelError("The file has more than 2 GB: no ONNX file is that large", path)
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The model cannot be read ({error.strerror})", path, "Choose an exported .onnx file."
        ) from error


def _checked_metadata(model: bytes, where: Path | str) -> dict[str, str]:
    """Return the metadata of a model that is whole, self-contained and ours."""
    try:
        parsed = onnx.load_model_from_string(model)
    except Exception as error:
        raise ModelError(
            "The file is not an ONNX model, or it is incomplete", where, "Export it again."
        ) from error
    if _names_external_data(parsed.graph):
        raise ModelError(
            "The model refers to other files for its weights; Layerloom's models are single files",
            where,
        )
    metadata = {entry.key: entry.value for entry in parsed.metadata_props}
    version = metadata.get(FORMAT_KEY)
    if version is None:
        raise ModelError(
            "This ONNX file was not exported by Layerloom: it does not contain its classes and "
            "how images are prepared",
            where,
            "Choose a model.onnx that Layerloom exported.",
        )
    if version != FORMAT:
        raise ModelError(
            f"The model has format {version[:20]}; this version of Layerloom supports format "
            f"{FORMAT}",
            where,
            "Use a newer version of Layerloom.",
        )
    return metadata


def _names_external_data(graph: onnx.GraphProto) -> bool:
    """Return whether a tensor anywhere in a graph lies in another file."""
    external = onnx.TensorProto.EXTERNAL
    if any(tensor.data_location == external for tensor in graph.initializer):
        return True
    for node in graph.node:
        for attribute in node.attribute:
            if any(t.data_location == external for t in (attribute.t, *attribute.tensors)):
                return True
            if any(_names_external_data(g) for g in (attribute.g, *attribute.graphs) if g.node):
                return True
    return False


def _decoded_labels(metadata: dict[str, str], where: Path | str) -> list[str]:
    try:
        return decode(metadata.get(LABELS_KEY, ""), list[str])
    except msgspec.DecodeError as error:
        raise ModelError("The model's list of classes is damaged", where) from error


def _decoded_provenance(metadata: dict[str, str]) -> dict[str, str]:
    try:
        return decode(metadata.get(PROVENANCE_KEY, "{}"), dict[str, str])
    except msgspec.DecodeError:
        return {}


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
