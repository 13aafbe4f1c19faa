"""Arrays by a key, memory-mapped: what was computed once for each image and is read many times."""

from __future__ import annotations

import hashlib
import json
import math
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.numpy

from core.atomic import write_atomically
from core.disk_space import when_there_is_room
from core.errors import StorageError
from core.jobs.job import Reporter

Array = npt.NDArray[Any]
Keep = Callable[[bytes, Array], None]

FILE_BYTES = 32 * 1024**2
"""Of one file: all that a kill can lose, and all that waits in memory to be written."""

MAX_HEADER = 1024**2


class ArrayStore:
    """Arrays of one type in files that are never changed once written.

    Each file is a safetensors file of keys, shapes and the arrays' numbers one after the other.
    The folder is safe to delete at any time.

    Args:
        folder: Of this store alone: its name must say all that the arrays depend on but the key.
        dtype: Of the arrays.
        dimensions: Of the arrays.
        file_bytes: Of one file, about: less where the arrays are small and slow to compute.
    """

    def __init__(
        self, folder: Path, dtype: npt.DTypeLike, dimensions: int, file_bytes: int = FILE_BYTES
    ) -> None:
        self._folder = folder
        self._dtype = np.dtype(dtype)
        self._dimensions = dimensions
        self._file_bytes = file_bytes
        self._arrays: dict[bytes, Array] = {}
        self._unsaved: dict[bytes, Array] = {}
        self._unsaved_bytes = 0
        self._seen: set[Path] = set()
        self.read_new()

    def __contains__(self, key: bytes) -> bool:
        return key in self._arrays

    def __getitem__(self, key: bytes) -> Array:
        return self._arrays[key]

    @contextmanager
    def filling(self, report: Reporter) -> Iterator[Keep]:
        """Give what keeps an array under a key of 16 bytes; all are saved when the block ends.

        While the disk is full, it waits.

        Raises:
            StorageError: A file cannot be written.
            Stopped: The user asked to stop; what was kept is saved where there is room.
        """

        def keep(key: bytes, array: Array) -> None:
            self.add(key, array)
            if self._unsaved_bytes >= self._file_bytes:
                when_there_is_room(self.save, report)

        try:
            yield keep
        except BaseException:
            with suppress(StorageError):
                self.save()
            raise
        when_there_is_room(self.save, report)

    def add(self, key: bytes, array: Array) -> None:
        """Hold an array under a key of 16 bytes until it is saved."""
        array = np.ascontiguousarray(array, self._dtype)
        self._arrays[key] = self._unsaved[key] = array
        self._unsaved_bytes += array.nbytes

    def save(self) -> None:
        """Write what was added since the last file, and let go of its memory.

        Raises:
            StorageError: It cannot be written; nothing is left half-written.
        """
        if not self._unsaved:
            return
        keys = np.frombuffer(b"".join(self._unsaved), np.uint8).reshape(len(self._unsaved), -1)
        arrays = list(self._unsaved.values())
        shapes = np.array([array.shape for array in arrays], np.int64)
        data = np.concatenate([array.ravel() for array in arrays])
        name = hashlib.blake2b(keys.tobytes(), digest_size=16).hexdigest()
        path = self._folder / f"{name}.safetensors"
        tensors: dict[str, Array] = {"keys": keys, "shapes": shapes, "data": data}
        write_atomically(path, safetensors.numpy.save(tensors))
        self._unsaved.clear()
        self._unsaved_bytes = 0
        self._read(path)

    def read_new(self) -> None:
        """Take in the files that others have written."""
        for path in sorted(self._folder.glob("*.safetensors")):
            if path not in self._seen:
                self._read(path)

    def _read(self, path: Path) -> None:
        """Map a file; a damaged one is removed: its arrays are computed again."""
        try:
            keys, shapes, data = _mapped(path)
            if data.dtype != self._dtype or shapes.shape != (len(keys), self._dimensions):
                raise ValueError("another kind of store")
            sizes = shapes.prod(axis=1)
            if sizes.sum() != data.size or (shapes < 0).any():
                raise ValueError("the file is incomplete")
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            path.unlink(missing_ok=True)
            return
        self._seen.add(path)
        ends = np.cumsum(sizes)
        for key, shape, size, end in zip(keys, shapes, sizes, ends, strict=True):
            self._arrays[key.tobytes()] = data[end - size : end].reshape(shape)


def _mapped(path: Path) -> tuple[Array, Array, Array]:
    """Return keys, shapes and numbers of a file, the numbers memory-mapped.

    Source: the safetensors format: eight bytes with the length of a JSON header, then the data.
    """
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > MAX_HEADER:
            raise ValueError("no header is as long")
        header = json.loads(file.read(length))
    size = path.stat().st_size
    keys, shapes, data = (
        _tensor(path, header[name], 8 + length, size) for name in ("keys", "shapes", "data")
    )
    return np.array(keys), np.array(shapes), data


TYPES = {"U8": np.uint8, "I64": np.int64, "F16": np.float16, "F32": np.float32}


def _tensor(path: Path, entry: dict[str, Any], begin: int, file_size: int) -> Array:
    dtype = np.dtype(TYPES[entry["dtype"]])
    shape: Sequence[int] = entry["shape"]
    first, last = entry["data_offsets"]
    if last - first != math.prod(shape) * dtype.itemsize or begin + last > file_size or first < 0:
        raise ValueError("the file is incomplete")
    if last == first:
        return np.zeros(shape, dtype)
    return np.memmap(path, dtype, "r", begin + first, tuple(shape))
