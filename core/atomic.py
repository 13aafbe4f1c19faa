"""Writing files so that a reader only ever sees the old content or the new one."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import storage_errors


@contextmanager
def atomic_path(path: Path, *, keep_previous: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place when the block ends well.

    The content is flushed to the disk before the rename. If the block raises, or the process is
    killed, `path` is as it was before.

    Args:
        path: The file to write.
        keep_previous: Keep what was there as `previous_version(path)`.

    Raises:
        StorageError: The file cannot be written (no room, no permission).
    """
    temporary = path.with_name(f".{uuid.uuid4().hex}.tmp")
    with storage_errors(path, f"writing {path.name}"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield temporary
            _flush_to_disk(temporary)
            if keep_previous and path.exists():
                shutil.copyfile(path, previous_version(path))
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _flush_folder(path.parent)


def write_atomically(path: Path, data: bytes, *, keep_previous: bool = False) -> None:
    """Replace the content of `path` by `data`, whole or not at all.

    Raises:
        StorageError: The file cannot be written.
    """
    with atomic_path(path, keep_previous=keep_previous) as temporary:
        temporary.write_bytes(data)


def previous_version(path: Path) -> Path:
    """Return where `keep_previous` keeps the version before the present one."""
    return path.with_name(path.name + ".bak")


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
