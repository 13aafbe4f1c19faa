"""Looking into image files: can they be read, and which of them are the same picture."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

from core.images.reading import ImageError, Pixels, read_image

FINGERPRINT_SIDE = 16
NEAR_DUPLICATE_BITS = 8
"""Two pictures whose fingerprints differ in no more of their 256 bits count as the same.

Measured with `tests/benchmarks/near_duplicates.py` on 398 photos: different photos differ in 56
bits or more; of copies saved again at half the size and JPEG quality 60, 92 % are found. More bits
would find more, but take written digits for copies: at 8 bits 15 of 1,797, at 16 bits 400.
"""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of one image file.

    Attributes:
        path: The file.
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
    content_hash: bytes = b""
    width: int = 0
    height: int = 0
    fingerprint: bytes = b""
    problem: str = ""
    bytes: int = 0
    modified_ns: int = 0


def examine(path: Path) -> tuple[Examined, Pixels | None]:
    """Read one file and return what is known of it and, if it is an image, its pixels."""
    if not _has_printable_name(path):
        shown = Path(*(part.encode("utf-8", "replace").decode() for part in path.parts))
        return Examined(shown, problem="The file's name is not valid Unicode: rename it"), None
    try:
        state = path.stat()
        if not path.is_file():  # reading a pipe would wait for ever
            return Examined(path, problem="This is not a file but a pipe or device"), None
        content = path.read_bytes()
    except OSError as error:
        return Examined(path, problem=f"The file cannot be opened ({error.strerror})"), None
    known = Examined(
        path, content_hash(content), bytes=state.st_size, modified_ns=state.st_mtime_ns
    )
    try:
        pixels = read_image(content)
    except ImageError as error:
        return replace(known, problem=error.what), None
    height, width, _ = pixels.shape
    return replace(known, width=width, height=height, fingerprint=fingerprint(pixels)), pixels


def content_hash(content: bytes) -> bytes:
    """Return the 16-byte BLAKE2b hash by which a file's content is known."""
    return hashlib.blake2b(content, digest_size=16).digest()


def fingerprint(pixels: Pixels) -> bytes:
    """Return the 256-bit difference hash of a picture as 32 bytes.

    Source: N. Krawetz, "Kind of Like That", 2013: the signs of the brightness differences between
    neighbours of a 17 × 16 reduction.
    """
    image = Image.fromarray(pixels)
    factor = max(1, min(image.size) // (8 * FINGERPRINT_SIDE))
    bits = imagehash.dhash(image.reduce(factor), FINGERPRINT_SIDE).hash  # in half the time
    return np.packbits(bits).tobytes()


def groups_of_duplicates(hashes: Sequence[bytes]) -> list[list[int]]:
    """Return the positions of equal, non-empty hashes, grouped, each group of two or more."""
    groups: dict[bytes, list[int]] = {}
    for position, value in enumerate(hashes):
        if value:
            groups.setdefault(value, []).append(position)
    return [group for group in groups.values() if len(group) > 1]


def groups_of_near_duplicates(
    fingerprints: Sequence[bytes], hashes: Sequence[bytes] = ()
) -> list[list[int]]:
    """Return the positions of pictures that look the same, grouped, each group of two or more.

    Featureless pictures (fingerprint all zero: one colour) are alike without being copies: of these
    only files with the same content count.

    Args:
        fingerprints: Of each picture.
        hashes: Content hash of each picture's file.
    """
    known = [i for i, value in enumerate(fingerprints) if any(value)]
    words = np.frombuffer(b"".join(fingerprints[i] for i in known), np.uint64).reshape(-1, 4)
    leader = list(range(len(fingerprints)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for first, second in _close_pairs(words):
        leader[find(known[second])] = find(known[first])
    for first, *copies in groups_of_duplicates(hashes):
        for copy in copies:
            leader[find(copy)] = find(first)
    groups: dict[int, list[int]] = {}
    for position in range(len(leader)):
        groups.setdefault(find(position), []).append(position)
    return [group for group in groups.values() if len(group) > 1]


def _close_pairs(words: npt.NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rows that differ in `NEAR_DUPLICATE_BITS` bits at most, some repeatedly.

    The bits are divided into one band more than may differ: such a pair agrees in a whole band, so
    only rows that do are compared.
    """
    bits = np.unpackbits(words.view(np.uint8), axis=1)
    for band in np.array_split(np.arange(bits.shape[1]), NEAR_DUPLICATE_BITS + 1):
        keys = bits[:, band] @ (1 << np.arange(len(band)))
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        at, offset = np.arange(len(keys) - 1), 1
        while len(at := at[at + offset < len(keys)]):
            at = at[keys[at] == keys[at + offset]]
            first, second = order[at], order[at + offset]
            distances = np.bitwise_count(words[first] ^ words[second]).sum(axis=1)
            close = distances <= NEAR_DUPLICATE_BITS
            yield from zip(first[close].tolist(), second[close].tolist(), strict=True)
            offset += 1


def _has_printable_name(path: Path) -> bool:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
