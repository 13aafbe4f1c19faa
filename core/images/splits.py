"""Dividing images into training, validation and test parts that share no picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from core.images.examining import groups_of_near_duplicates
from core.images.folders import FolderError, Split, check_classes
from core.images.scanning import LabelledImage

SHARES = {Split.TRAINING: 0.70, Split.VALIDATION: 0.15, Split.TEST: 0.15}


def assign_splits(images: Sequence[LabelledImage], folder: Path, seed: int) -> list[LabelledImage]:
    """Give every readable image its split.

    Splits that the folder names are kept. Where it names none, images are divided at random, class
    by class (70 % training, 15 % validation, 15 % test), and pictures that look the same stay on
    one side. Each class has at least one image in training and one in validation; only where it
    could not have them otherwise, its look-alikes are divided too.

    Args:
        images: As scanned; unreadable ones are passed through untouched.
        folder: Named in errors.
        seed: Decides the division: the same images and seed give the same one.

    Raises:
        FolderError: There are fewer than two classes, or a class has fewer than two images.
    """
    readable = [image for image in images if not image.problem]
    counts = dict.fromkeys(sorted({image.class_name for image in images}), 0)
    for image in readable:
        counts[image.class_name] += 1
    check_classes(counts, folder)
    if any(image.split for image in readable):
        _check_training(readable, folder)
        return list(images)
    groups = duplicate_groups(readable)
    splits = _divided(readable, groups, list(counts), seed)
    while lacking := _lacking(readable, splits):
        groups = _pulled_apart(readable, groups, lacking)
        splits = _divided(readable, groups, list(counts), seed)
    return [msgspec.structs.replace(i, split=splits.get(i.path)) for i in images]


def duplicate_groups(images: Sequence[LabelledImage]) -> list[int]:
    """Return for each image the number of its group: pictures that look the same share one."""
    numbers = list(range(len(images)))
    fingerprints, hashes = [i.fingerprint for i in images], [i.content_hash for i in images]
    for group in groups_of_near_duplicates(fingerprints, hashes):
        for position in group:
            numbers[position] = group[0]
    return numbers


def _check_training(images: Sequence[LabelledImage], folder: Path) -> None:
    """Raise unless every class has an image to learn from, and some image is set aside."""
    learnt = {image.class_name for image in images if image.split is Split.TRAINING}
    for name in sorted({image.class_name for image in images} - learnt):
        raise FolderError(
            f"The class “{name}” has test images but no training images",
            folder,
            "Use the same names for the class folders in training and validation.",
        )
    if all(image.split is Split.TRAINING for image in images):
        raise FolderError(
            "There are no readable validation images", folder, "Add some to the folder val/."
        )


def _divided(
    images: Sequence[LabelledImage], groups: Sequence[int], names: Sequence[str], seed: int
) -> dict[Path, Split]:
    """Divide the images class by class, whole groups at a time."""
    random = np.random.default_rng(seed)
    splits: dict[Path, Split] = {}
    for name in names:
        members = [
            (image, group)
            for image, group in zip(images, groups, strict=True)
            if image.class_name == name
        ]
        splits |= _divide(members, random)
    return splits | _follow_first(images, groups, splits)


def _lacking(images: Sequence[LabelledImage], splits: dict[Path, Split]) -> set[str]:
    """Return the classes with nothing to learn from or nothing to validate with."""
    held = {(image.class_name, splits[image.path]) for image in images}
    needed = (Split.TRAINING, Split.VALIDATION)
    return {i.class_name for i in images if any((i.class_name, s) not in held for s in needed)}


def _pulled_apart(
    images: Sequence[LabelledImage], groups: Sequence[int], names: set[str]
) -> list[int]:
    """Return the groups with those that reach into some classes dissolved."""
    reaching = {g for image, g in zip(images, groups, strict=True) if image.class_name in names}
    return [-1 - place if g in reaching else g for place, g in enumerate(groups)]


def _divide(
    members: list[tuple[LabelledImage, int]], random: np.random.Generator
) -> dict[Path, Split]:
    """Divide one class: whole groups at a time, validation and test filled up first."""
    groups: dict[int, list[Path]] = {}
    for image, group in members:
        groups.setdefault(group, []).append(image.path)
    order = random.permutation(sorted(groups))
    wanted = _sizes(len(members))
    result: dict[Path, Split] = {}
    for number in order:
        paths = groups[int(number)]
        split = next(
            (s for s in (Split.VALIDATION, Split.TEST) if wanted[s] >= len(paths)), Split.TRAINING
        )
        wanted[split] -= len(paths)
        result |= dict.fromkeys(paths, split)
    if len(groups) > 1 and Split.VALIDATION not in result.values():
        smallest = min(groups.values(), key=len)
        result |= dict.fromkeys(smallest, Split.VALIDATION)
    return result


def _sizes(count: int) -> dict[Split, int]:
    """Return how many of a class's images go where; validation has one at least."""
    validation = max(1, round(count * SHARES[Split.VALIDATION]))
    test = round(count * SHARES[Split.TEST]) if count > 3 else 0
    return {
        Split.VALIDATION: validation,
        Split.TEST: test,
        Split.TRAINING: count - validation - test,
    }


def _follow_first(
    images: Sequence[LabelledImage], groups: Sequence[int], splits: dict[Path, Split]
) -> dict[Path, Split]:
    """Bring look-alikes of different classes onto the side of the first of them."""
    first: dict[int, Split] = {}
    return {
        image.path: first.setdefault(group, splits[image.path])
        for image, group in zip(images, groups, strict=True)
    }
