"""What the frozen part of a network says of each image, kept for the next time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import safetensors
import safetensors.numpy

from core.atomic import write_atomically

Features = npt.NDArray[np.float32]

SHARD = 1024
"""Features written to one file: some 5 MB, and all that a kill can lose."""


class FeatureStore:
    """Features by the content of the image, for one frozen part with its preparation.

    Each file holds the hashes and features of up to `SHARD` images and is never changed once
    written. The folder is safe to delete at any time.

    Args:
        folder: The project's folder of features.
        extractor: The frozen part as an ONNX file, preparation and weights included: its hash is
            the store's name, so that features of another network or preparation are never met.
    """

    def __init__(self, folder: Path, extractor: bytes) -> None:
        name = hashlib.blake2b(extractor, digest_size=16).hexdigest()
        self._folder = folder / name
        self._features: dict[bytes, Features] = {}
        self._unsaved: dict[bytes, Features] = {}
        for shard in sorted(self._folder.glob("*.safetensors")):
            self._features |= _read(shard)

    def __contains__(self, content_hash: bytes) -> bool:
        return content_hash in self._features

    def __getitem__(self, content_hash: bytes) -> Features:
        return self._features[content_hash]

    def add(self, content_hash: bytes, features: Features) -> None:
        """Keep the features (n,) of an image; they reach the disk with the next full shard.

        Raises:
            StorageError: The shard cannot be written.
        """
        self._features[content_hash] = self._unsaved[content_hash] = features
        if len(self._unsaved) >= SHARD:
            self.save()

    def save(self) -> None:
        """Write what was added since the last shard.

        Raises:
            StorageError: It cannot be written; nothing is left half-written.
        """
        if not self._unsaved:
            return
        hashes = np.frombuffer(b"".join(self._unsaved), np.uint8).reshape(len(self._unsaved), -1)
        features = np.stack(list(self._unsaved.values()))
        name = hashlib.blake2b(hashes.tobytes(), digest_size=16).hexdigest()
        path = self._folder / f"{name}.safetensors"
        write_atomically(path, safetensors.numpy.save({"hashes": hashes, "features": features}))
        self._unsaved.clear()


def _read(shard: Path) -> dict[bytes, Features]:
    """Read a shard; a damaged one is removed: its features are computed again."""
    try:
        tensors = safetensors.numpy.load_file(shard)
        hashes, features = tensors["hashes"], tensors["features"]
    except (OSError, KeyError, safetensors.SafetensorError):
        shard.unlink(missing_ok=True)
        return {}
    return {row.tobytes(): values for row, values in zip(hashes, features, strict=True)}
