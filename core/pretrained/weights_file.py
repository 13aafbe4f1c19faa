"""Reading the tensors of a weights file: safetensors, or PyTorch's format without its pickle."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import safetensors

from core.errors import LayerloomError
from core.network.layers.base.layer import Weights

MAX_BYTES = 8 * 1024**3
"""The largest of torchvision's has 2.6 GB."""

TIMES_LARGER = 8
"""As 32-bit numbers, at most: of 16 bits each tensor doubles, and some stand under two names."""

NUMBER_TYPES = {
    **{"F64": np.float64, "F32": np.float32, "F16": np.float16, "BF16": np.uint16},
    **{"I64": np.int64, "I32": np.int32, "I16": np.int16, "I8": np.int8},
    **{"U8": np.uint8, "BOOL": np.bool_},
}
"""How numpy reads what a safetensors file calls its numbers."""


class WeightsFileError(LayerloomError):
    """A weights file that cannot be read."""


def read_weights(path: Path) -> Weights:
    """Return the tensors of a `.safetensors`, `.pth` or `.pt` file by name.

    Raises:
        WeightsFileError: It cannot be read, is damaged, or holds something else than tensors.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise WeightsFileError(f"The weights cannot be read ({error.strerror})", path) from error
    if path.is_dir():
        raise WeightsFileError("This is a folder, not a weights file", path)
    if size > MAX_BYTES:
        raise WeightsFileError(f"The file has {size / 1e9:.1f} GB, more than any network", path)
    kind = path.suffix.lower()
    if kind == ".safetensors":
        return _safetensors(path)
    if kind in (".pth", ".pt"):
        return _torch(path)
    raise WeightsFileError(
        f"Weights are read from .safetensors, .pth and .pt files, not from {path.suffix or 'this'}",
        path,
    )


def _safetensors(path: Path) -> Weights:
    try:
        data = path.read_bytes()
        held = safetensors.deserialize(data)  # type: ignore[no-untyped-call]
    except (OSError, safetensors.SafetensorError, ValueError) as error:
        raise WeightsFileError(
            f"This is not a complete safetensors file ({error})", path
        ) from error
    return {name: _numbers(tensor, path) for name, tensor in held}


def _numbers(tensor: dict[str, Any], path: Path) -> np.ndarray[Any, Any]:
    """Return a tensor of a safetensors file, floating numbers with 32 bits."""
    dtype, data = tensor["dtype"], tensor["data"]
    if dtype not in NUMBER_TYPES:
        raise WeightsFileError(
            f"The file holds numbers of type {dtype}, which is not supported", path
        )
    values = np.frombuffer(data, NUMBER_TYPES[dtype]).reshape(tensor["shape"])
    if dtype == "BF16":  # the upper half of a 32-bit number
        return (values.astype(np.uint32) << 16).view(np.float32)
    return values.astype(np.float32) if values.dtype.kind == "f" else values


def _torch(path: Path) -> Weights:
    try:
        import torch
    except ImportError as error:
        raise WeightsFileError(
            "Reading a PyTorch file requires PyTorch",
            path,
            'Install it: pip install "layerloom[torch]", or save the weights as .safetensors.',
        ) from error
    _check_unpacked(path)
    try:
        with warnings.catch_warnings(action="ignore"):  # what it wonders at follows as an error
            held = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise WeightsFileError(
            "The file is damaged, or contains more than tensors and is not opened for safety",
            path,
            "Download it again, or save only the model's state_dict.",
        ) from error
    tensors = _tensors(held, torch.Tensor)
    if not tensors:
        raise WeightsFileError("The file contains no named tensors", path)
    most = min(MAX_BYTES, TIMES_LARGER * path.stat().st_size)
    if sum(4 * value.numel() for value in tensors.values()) > most:  # views repeat numbers
        raise WeightsFileError("The file's tensors are larger than the file itself", path)
    return {name: _array(value) for name, value in tensors.items()}


def _check_unpacked(path: Path) -> None:
    """Raise `WeightsFileError` if a file would decompress to more than it holds, as none does."""
    try:
        if not zipfile.is_zipfile(path):
            return  # the format before PyTorch 1.6
        with zipfile.ZipFile(path) as file:
            size = sum(part.file_size for part in file.infolist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise WeightsFileError("The file is damaged", path, "Download it again.") from error
    if size > path.stat().st_size:
        raise WeightsFileError(
            f"The file would decompress to {size:,} bytes; PyTorch writes no compressed files",
            path,
            "Download it again, or save the model's state_dict with torch.save.",
        )


def _tensors(held: Any, kind: type) -> dict[str, Any]:
    """Return the tensors of a state_dict, or of a checkpoint that contains one."""
    if not isinstance(held, dict):
        return {}
    for key in ("state_dict", "model", "model_state_dict"):
        if isinstance(held.get(key), dict):
            held = held[key]
    return {str(name): value for name, value in held.items() if isinstance(value, kind)}


def _array(tensor: Any) -> np.ndarray[Any, Any]:
    """Return a tensor as an array; numbers of fewer bits as 32-bit numbers."""
    plain = tensor.detach()
    return np.ascontiguousarray((plain.float() if plain.is_floating_point() else plain).numpy())
