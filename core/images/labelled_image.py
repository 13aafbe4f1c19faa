"""The record of one image: where it is, what it shows, what part it plays, what is known of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

Digest = bytes
"""The type's name inside the record, which has a field `bytes`."""


class ImageSplit(StrEnum):
    """The part an image plays: learnt from, chosen by, or set aside."""

    TRAINING = "train"
    VALIDATION = "validation"
    TEST = "test"


class LabelledImage(msgspec.Struct, frozen=True):
    """One image of a data set.

    A folder gives the first three fields, the file itself the others. A project's list of images
    keeps them all, in this order; a run keeps those by which it finds its images again.

    Attributes:
        path: The file, absolute.
        class_name: The class it is labelled with.
        split: The part it plays; None until splits are assigned.
        content_hash: BLAKE2b of the file's bytes, 16 bytes; empty if it could not be opened.
        width: Pixels; 0 if it cannot be read.
        height: Pixels; 0 if it cannot be read.
        fingerprint: 256-bit difference hash of the picture, 32 bytes; empty if unreadable.
        problem: Why it cannot be read, or "".
        bytes: Size of the file.
        modified_ns: When the file was last changed, in nanoseconds; with the size this tells
            whether it is still the file that was examined.
    """

    path: Path
    class_name: str
    split: ImageSplit | None = None
    content_hash: Digest = b""
    width: int = 0
    height: int = 0
    fingerprint: Digest = b""
    problem: str = ""
    bytes: int = 0
    modified_ns: int = 0

    @property
    def unchanged(self) -> bool:
        """Whether the file is still the one that was examined, by its size and date."""
        try:
            state = self.path.stat()
        except OSError:
            return False
        return (state.st_size, state.st_mtime_ns) == (self.bytes, self.modified_ns)
