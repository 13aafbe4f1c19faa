"""Looking into image files: can they be read, and which of them are the same picture."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

import imagehash
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace
from PIL import Image

from core.images.labelled_image import LabelledImage
from core.images.reading import ImageError, Pixels, read_image

FINGERPRINT_SIDE = 16
NEAR_DUPLICATE_BITS = 8
"""Two pictures whose fingerprints differ in no more of their 256 bits count as the same.

Measured with `tests/benchmarks/near_duplicates.py` on 398 photos: different photos differ in 56
bits or more; of copies saved again at half the size and JPEG quality 60, 92 % are found. More bits
would find more, but take written digits for copies: at 8 bits 15 of 1,797, at 16 bits 400.
"""


def examine(image: LabelledImage) -> tuple[LabelledImage, Pixels | None]:
    """Read an image's file and return what is known of it and, if it can be read, its pixels.

    Args:
        image: Its path and label; what is known of an earlier file is not looked at.
    """
    found = LabelledImage(image.path, image.class_name, image.split)
    path = image.path
    if not _has_printable_name(path):
        shown = Path(*(part.encode("utf-8", "replace").decode() for part in path.parts))
        why = "The file's name is not valid Unicode: rename it"
        return replace(found, path=shown, problem=why), None
    try:
        state = path.stat()
        if not path.is_file():  # reading a pipe would wait for ever
            return replace(found, problem="This is not a file but a pipe or device"), None
        content = path.read_bytes()
    except OSError as error:
        return replace(found, problem=f"The file cannot be opened ({error.strerror})"), None
    opened = replace(
        found,
        content_hash=content_hash(content),
        bytes=state.st_size,
        modified_ns=state.st_mtime_ns,
    )
    try:
        pixels = read_image(content)
    except ImageError as error:
        return replace(opened, problem=error.what), None
    height, width, _ = pixels.shape
    return replace(opened, width=width, height=height, fingerprint=fingerprint(pixels)), pixels


def examine_unless_known(
    image: LabelledImage,
    known: Mapping[Path, LabelledImage],
    done: Container[bytes] | None = None,
) -> tuple[LabelledImage, Pixels | None]:
    """Return what is known of an image, and its pixels where something is to be made of them.

    A file that is known and unchanged is not opened, unless its pixels are wanted.

    Args:
        image: As found, with the label that its folder gives it now.
        known: What earlier scans know, by path.
        done: Content hashes of the images whose pixels are not wanted; None: none are wanted.
    """

    def needs_no_pixels(one: LabelledImage) -> bool:
        return bool(one.problem) or done is None or one.content_hash in done

    old = known.get(image.path)
    if old and needs_no_pixels(old) and old.unchanged:
        return replace(old, class_name=image.class_name, split=image.split), None
    examined, pixels = examine(image)
    return examined, None if needs_no_pixels(examined) else pixels


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
