"""Reading the tensors of a weights file: safetensors, or PyTorch's format without its pickle."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
import safetensors.numpy

from core.errors import LayerloomError
from core.network.layers.layer import Weights

MAX_BYTES = 8 * 1024**3
"""The largest of torchvision's has 2.6 GB."""


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
    if size > MAX_BYTES:
        raise WeightsFileError(f"The file has {size / 1e9:.1f} GB, more than any network", path)
    if path.suffix == ".safetensors":
        return _safetensors(path)
    if path.suffix in (".pth", ".pt"):
        return _torch(path)
    raise WeightsFileError(
        f"Weights are read from .safetensors, .pth and .pt files, not from {path.suffix or 'this'}",
        path,
    )


def _safetensors(path: Path) -> Weights:
    try:
        return safetensors.numpy.load_file(path)
    except (OSError, safetensors.SafetensorError, ValueError) as error:
        raise WeightsFileError(f"This is no whole safetensors file ({error})", path) from error


def _torch(path: Path) -> Weights:
    try:
        import torch
    except ImportError as error:
        raise WeightsFileError(
            "To read a file of PyTorch, PyTorch is needed",
            path,
            'Install it: pip install "layerloom[torch]", or save the weights as .safetensors.',
        ) from error
    try:
        held = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError, pickle.UnpicklingError) as error:
        raise WeightsFileError(
            "The file is damaged, or holds more than tensors and is not opened for safety",
            path,
            "Get it again, or save only the model's state_dict.",
        ) from error
    tensors = _tensors(held, torch.Tensor)
    if not tensors:
        raise WeightsFileError("The file holds no tensors by name", path)
    return {name: _array(value) for name, value in tensors.items()}


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
