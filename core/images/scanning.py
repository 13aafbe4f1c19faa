"""Scanning a folder: which images it holds, which cannot be read, which are copies."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

import msgspec

from core.images.examining import (
    Examined,
    examine,
    groups_of_duplicates,
    groups_of_near_duplicates,
)
from core.images.folders import FoundImage, Split, class_names, find_images
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.parallel import map_in_order

FEW_IMAGES = 20
"""A class with fewer readable images is pointed out: its recall is then known to ± 20 points."""

SMALL_SIDE = 64
"""An image whose shorter side has fewer pixels is pointed out."""


class LabelledImage(msgspec.Struct, frozen=True):
    """One image of a data set: where it is, what it shows, what part it plays, what is known of it.

    Attributes:
        path: The file, absolute.
        class_name: The class it is labelled with.
        split: The part it plays; None until splits are assigned.
        content_hash: As in `Examined`.
        width: Pixels; 0 if unreadable.
        height: Pixels; 0 if unreadable.
        fingerprint: As in `Examined`.
        problem: Why it cannot be read, or "".
        bytes: Size of the file.
        modified_ns: When the file was last changed, in nanoseconds.
    """

    path: Path
    class_name: str
    split: Split | None = None
    content_hash: bytes = b""
    width: int = 0
    height: int = 0
    fingerprint: bytes = b""
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


class Unreadable(msgspec.Struct, frozen=True):
    """A file that is named like an image and cannot be read."""

    path: str
    why: str


class Problems(msgspec.Struct, frozen=True):
    """What a data set suffers from; paths are relative to its folder.

    Attributes:
        unreadable: Files that cannot be read, each with the reason.
        duplicates: Groups of files with the same content.
        near_duplicates: Groups of files that show the same picture, exact duplicates included.
        leaks: Near-duplicate groups of which some are trained on and others tested on.
        mislabelled_duplicates: Near-duplicate groups whose members carry different classes.
        few_images: Classes with fewer than 20 readable images, and how many they have.
        small_images: Images whose shorter side is under 64 pixels.
    """

    unreadable: list[Unreadable]
    duplicates: list[list[str]]
    near_duplicates: list[list[str]]
    leaks: list[list[str]]
    mislabelled_duplicates: list[list[str]]
    few_images: dict[str, int]
    small_images: list[str]


class ScanReport(msgspec.Struct, frozen=True):
    """What a folder holds.

    Attributes:
        classes: Readable images of each class; 0 also of a class folder that holds none.
        images: Readable images in all.
        splits: Readable images of each split; empty where the folder has none.
        problems: What is wrong with some of them.
        seconds: How long the scan took.
    """

    classes: dict[str, int]
    images: int
    splits: dict[str, int]
    problems: Problems
    seconds: float


def scan(
    found: Sequence[FoundImage], known: Iterable[LabelledImage], report: Reporter
) -> list[LabelledImage]:
    """Examine images, those that are known and unchanged excepted.

    Raises:
        Stopped: The user asked to stop.
    """
    by_path = {image.path: image for image in known}

    def look_at(image: FoundImage) -> LabelledImage:
        old = by_path.get(image.path)
        if old and old.unchanged:
            return msgspec.structs.replace(old, class_name=image.class_name, split=image.split)
        return labelled(image, examine(image.path)[0])

    images = []
    for image in map_in_order(look_at, found):
        images.append(image)
        report.progress(Phase.SCANNING, len(images), len(found))
    return images


def labelled(found: FoundImage, examined: Examined) -> LabelledImage:
    """Join what a file's folder says with what the file itself says."""
    return LabelledImage(
        class_name=found.class_name,
        split=found.split,
        **{field.name: getattr(examined, field.name) for field in fields(examined)},
    )


def summarise(images: Sequence[LabelledImage], folder: Path, seconds: float = 0.0) -> ScanReport:
    """Count images by class and split and list what is wrong with them."""
    readable = [image for image in images if not image.problem]
    names = class_names(folder) | {image.class_name for image in images}
    classes = dict.fromkeys(sorted(names), 0)
    classes |= Counter(image.class_name for image in readable)
    splits = Counter(image.split.value for image in readable if image.split)
    return ScanReport(
        classes=classes,
        images=len(readable),
        splits={split.value: splits[split.value] for split in Split if splits[split.value]},
        problems=_problems(images, readable, classes, folder),
        seconds=seconds,
    )


def scan_folder(folder: Path, report: Reporter) -> ScanReport:
    """Scan a folder and say what it holds.

    Raises:
        FolderError: The folder does not hold images by class.
        Stopped: The user asked to stop.
    """
    began = time.perf_counter()
    images = scan(find_images(folder), [], report)
    return summarise(images, folder, time.perf_counter() - began)


def _problems(
    images: Sequence[LabelledImage],
    readable: Sequence[LabelledImage],
    classes: dict[str, int],
    folder: Path,
) -> Problems:
    def names(group: Iterable[LabelledImage]) -> list[str]:
        return [_relative(image.path, folder) for image in group]

    def members(groups: list[list[int]]) -> list[list[LabelledImage]]:
        return [[readable[i] for i in group] for group in groups]

    hashes = [image.content_hash for image in readable]
    duplicates = members(groups_of_duplicates(hashes))
    near = members(groups_of_near_duplicates([i.fingerprint for i in readable], hashes))
    return Problems(
        unreadable=[
            Unreadable(_relative(image.path, folder), image.problem)
            for image in images
            if image.problem
        ],
        duplicates=[names(group) for group in duplicates],
        near_duplicates=[names(group) for group in near],
        leaks=[names(group) for group in near if len({image.split for image in group}) > 1],
        mislabelled_duplicates=[
            names(group) for group in near if len({image.class_name for image in group}) > 1
        ],
        few_images={name: count for name, count in classes.items() if count < FEW_IMAGES},
        small_images=names(i for i in readable if min(i.width, i.height) < SMALL_SIDE),
    )


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
