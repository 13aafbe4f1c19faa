"""Finding the images of a folder and what its sub-folders say about class and split."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import LayerloomError
from core.images.reading import SUFFIXES


class Split(StrEnum):
    """The part an image plays: learnt from, chosen by, or set aside."""

    TRAINING = "train"
    VALIDATION = "validation"
    TEST = "test"


SPLIT_FOLDERS = {
    "train": Split.TRAINING,
    "training": Split.TRAINING,
    "val": Split.VALIDATION,
    "valid": Split.VALIDATION,
    "validation": Split.VALIDATION,
    "test": Split.TEST,
}
"""Names of sub-folders, in lower case, that hold a split and not a class."""


class FolderError(LayerloomError):
    """A folder that does not hold labelled images in a form Layerloom knows."""


@dataclass(frozen=True, slots=True)
class FoundImage:
    """An image file that was found, not yet opened.

    Attributes:
        path: The file.
        class_name: The class its folder names.
        split: The split its folder names, or None where the folder has no splits.
    """

    path: Path
    class_name: str
    split: Split | None


def find_images(folder: Path) -> list[FoundImage]:
    """List the labelled images of a folder, by name, without opening any.

    The folder has one sub-folder per class, or `train/` and `val/` (and perhaps `test/`) of such
    folders. Hidden files and folders are passed over, as are files not named like an image.

    Raises:
        FolderError: The folder is missing, or does not hold images by class.
    """
    _check_folder(folder)
    found = [
        image
        for split, class_folder in _class_folders(folder)
        for image in _images_below(class_folder, class_folder.name, split)
    ]
    if not found:
        _explain_nothing(folder, bool(_split_folders(folder)))
    return found


def class_names(folder: Path) -> set[str]:
    """Return the names of a folder's class folders, with or without images; none if it is gone."""
    try:
        return {class_folder.name for _, class_folder in _class_folders(folder)}
    except OSError:
        return set()


def images_below(folder: Path) -> Iterator[Path]:
    """Yield all image files of a folder and its sub-folders, by name, hidden ones left out."""
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(files):
            if not _hidden(name) and Path(name).suffix.lower() in SUFFIXES:
                yield Path(parent, name)


def check_classes(counts: dict[str, int], folder: Path) -> None:
    """Raise unless there are two classes or more, each with two readable images or more.

    Raises:
        FolderError: What is missing and in which class.
    """
    if len(counts) == 1:
        (name,) = counts
        raise FolderError(
            f"There is only one class, “{name}”: a network learns to tell classes apart",
            folder,
            "Add a second sub-folder with images of something else.",
        )
    for name, count in counts.items():
        if count < 2:
            raise FolderError(
                f"The class “{name}” has {count} readable image{'' if count == 1 else 's'}: "
                "training and testing need at least 2, better 20 or more",
                folder / name,
                "Add images to this class, or remove its folder.",
            )


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        raise FolderError("The folder does not exist", folder, "Check its name and location.")
    if not folder.is_dir():
        raise FolderError(
            "This is a file, not a folder",
            folder,
            "Choose the folder that contains the class folders.",
        )
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise FolderError(f"The folder cannot be read: {error.strerror}", folder) from error


def _split_folders(folder: Path) -> list[tuple[Split | None, Path]]:
    """Return the split folders if training and another split are among the sub-folders."""
    named = [(SPLIT_FOLDERS.get(sub.name.lower()), sub) for sub in _visible_folders(folder)]
    splits = [(split, sub) for split, sub in named if split]
    kinds = {split for split, _ in splits}
    return list(splits) if Split.TRAINING in kinds and len(kinds) > 1 else []


def _class_folders(folder: Path) -> list[tuple[Split | None, Path]]:
    """Return each folder that is named like a class, and the split that it lies in."""
    return [
        (split, class_folder)
        for split, part in _split_folders(folder) or [(None, folder)]
        for class_folder in _visible_folders(part)
    ]


def _visible_folders(folder: Path) -> list[Path]:
    """Return the sub-folders by name, without links that lead back to the folder or above it."""
    here = folder.resolve()
    return sorted(
        sub
        for sub in folder.iterdir()
        if sub.is_dir() and not _hidden(sub.name) and not here.is_relative_to(sub.resolve())
    )


def _images_below(folder: Path, class_name: str, split: Split | None) -> Iterator[FoundImage]:
    for path in images_below(folder):
        yield FoundImage(path, class_name, split)


def _hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _explain_nothing(folder: Path, has_splits: bool) -> None:
    """Raise the error that says why no labelled image was found."""
    loose = sum(path.suffix.lower() in SUFFIXES for path in folder.iterdir() if path.is_file())
    if loose:
        raise FolderError(
            f"The folder has {loose} image{'' if loose == 1 else 's'} but no class folders",
            folder,
            "Create one sub-folder per class and sort the images into them.",
        )
    what = (
        "The split folders contain no class folders with images"
        if has_splits
        else ("The folder contains no images")
    )
    raise FolderError(what, folder, "It needs one sub-folder with images for each class.")
