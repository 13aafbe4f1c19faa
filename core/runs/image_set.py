"""The images of a training with their classes, splits and groups of look-alikes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from core.atomic import write_atomically
from core.decoding import convert, decode
from core.errors import LayerloomError, StorageError
from core.evaluation.metrics import Labels, Probabilities, Scores, score
from core.images.folders import class_names
from core.images.labelled_image import ImageSplit, LabelledImage
from core.images.splits import duplicate_groups
from core.runs.run_files import IMAGES, is_planned
from core.runs.runs import ImageCounts, Prediction, open_run

FEW_TESTED = 30
"""Images set aside below which a score is pointed out: its interval spans 20 points or more."""

HASHES = ("content_hash", "fingerprint")


@dataclass(frozen=True)
class ImageSet:
    """The readable images with their class numbers and groups of look-alikes.

    Attributes:
        images: In a fixed order.
        unreadable: How many could not be read.
        names: The classes, in the order of the network's outputs.
        labels: Class number of each image.
        groups: Images with the same number look alike.
    """

    images: Sequence[LabelledImage]
    unreadable: int
    names: list[str]
    labels: Labels
    groups: Labels

    @classmethod
    def gather(cls, images: Sequence[LabelledImage]) -> ImageSet:
        """Take the readable ones of all images, splits assigned."""
        readable = [image for image in images if not image.problem]
        names = sorted({image.class_name for image in readable})
        number = {name: i for i, name in enumerate(names)}
        return cls(
            images=readable,
            unreadable=len(images) - len(readable),
            names=names,
            labels=np.array([number[image.class_name] for image in readable], np.int64),
            groups=np.array(duplicate_groups(readable), np.int64),
        )

    def positions(self, split: ImageSplit) -> Labels:
        """Return which images are in a split."""
        return np.flatnonzero([image.split == split for image in self.images])

    def any_in(self, split: ImageSplit) -> bool:
        """Return whether a split has images."""
        return any(image.split == split for image in self.images)

    def watched(self) -> Labels:
        """Return which images training is watched with: validation, or test if there is none."""
        inside = self.positions(ImageSplit.VALIDATION)
        return inside if len(inside) else self.positions(ImageSplit.TEST)

    def kept_aside(self) -> Labels:
        """Return which images are not trained on."""
        return np.flatnonzero(
            [image.split in (ImageSplit.VALIDATION, ImageSplit.TEST) for image in self.images]
        )

    def scores(self, split: ImageSplit, probabilities: Probabilities) -> Scores:
        """Score the answers for a split; probabilities are (images, classes) of all images."""
        inside = self.positions(split)
        predicted = probabilities[inside].argmax(axis=1)
        return score(self.labels[inside], predicted, self.names, self.most_frequent())

    def most_frequent(self) -> int:
        """Return the number of the class with the most training images."""
        return int(np.bincount(self.labels[self.positions(ImageSplit.TRAINING)]).argmax())

    def counts(self) -> ImageCounts:
        """Return how many images took which part."""
        train, validation, test = (len(self.positions(split)) for split in ImageSplit)
        return ImageCounts(train, validation, test, self.unreadable)

    def predictions(self, probabilities: Probabilities) -> list[Prediction]:
        """Return the answers for the images that were not trained on."""
        return [
            Prediction(
                str(self.images[i].path),
                self.images[i].split or ImageSplit.TEST,
                self.images[i].class_name,
                probabilities[i].tolist(),
            )
            for i in self.kept_aside()
        ]

    def notes(self, network: str) -> list[str]:
        """Say what makes the score less sure than it looks.

        Args:
            network: What the training started from: an earlier run has learnt from images as well.
        """
        learnt = {self.groups[i] for i in self.positions(ImageSplit.TRAINING)}
        leaks = sum(
            image.split != ImageSplit.TRAINING and group in learnt
            for image, group in zip(self.images, self.groups, strict=True)
        )
        notes = []
        if leaks:
            notes.append(
                f"{leaks} of the images it was tested with also appear among the training images, "
                "so the score may be too good."
            )
        earlier = learnt_by(Path(network))
        if known := sum(self.images[i].content_hash in earlier for i in self.kept_aside()):
            notes.append(
                f"{known} of the images it was tested with were training images of the run that "
                "it continues, so the score may be too good."
            )
        tested = len(self.positions(ImageSplit.TEST)) or len(self.positions(ImageSplit.VALIDATION))
        if tested < FEW_TESTED:
            notes.append(
                f"With only {tested} images set aside, the score says little: {FEW_TESTED} or "
                "more are needed."
            )
        return notes

    def classes_left_out(self, folder: Path) -> str:
        """Say which class folders of a folder hold no image, or return ""."""
        absent = [f"“{name}”" for name in sorted(class_names(folder) - set(self.names))]
        if not absent:
            return ""
        return f"Left out, because the folder contains no image: {', '.join(absent)}."

    def write(self, run_folder: Path) -> None:
        """Keep the set with a run, so that it continues with the same images.

        Raises:
            StorageError: It cannot be written.
        """
        content = _ImagesFile([_plain(image) for image in self.images], self.unreadable)
        write_atomically(run_folder / IMAGES, msgspec.json.encode(content))


def read_image_set(run_folder: Path) -> ImageSet:
    """Return the set that a run was begun with.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        content = decode((run_folder / IMAGES).read_bytes(), _ImagesFile)
        images = [_image(plain) for plain in content.images]
    except (OSError, msgspec.MsgspecError, ValueError, KeyError) as error:
        raise StorageError(
            f"The run's list of images cannot be read ({error})",
            run_folder / IMAGES,
            "Train again.",
        ) from error
    return replace(ImageSet.gather(images), unreadable=content.unreadable)


def learnt_by(run_folder: Path) -> set[bytes]:
    """Return the content hashes of what a run, and those that it went on from, learnt from.

    Of what is no run, or a damaged one, or named by a relative path, nothing is known.
    """
    folder, learnt, seen = run_folder, set[bytes](), set[Path]()
    with suppress(LayerloomError):
        while folder.is_absolute() and folder not in seen and is_planned(folder):
            seen.add(folder)  # in files of others a run may claim to go on from itself
            images = read_image_set(folder).images
            learnt |= {image.content_hash for image in images if image.split is ImageSplit.TRAINING}
            folder = Path(open_run(folder).settings.network)
    return learnt


class _ImagesFile(msgspec.Struct, frozen=True):
    """What is kept of the images: some fields of each record, its hashes as hexadecimal digits."""

    images: list[dict[str, str | None]]
    unreadable: int


def _plain(image: LabelledImage) -> dict[str, str | None]:
    """Return what is kept of an image."""
    hashes = {name: getattr(image, name).hex() for name in HASHES}
    return {"path": str(image.path), "class_name": image.class_name, "split": image.split} | hashes


def _image(plain: dict[str, str | None]) -> LabelledImage:
    """Return an image as far as it is kept.

    Raises:
        KeyError: A field is missing.
        ValueError: A hash is not made of hexadecimal digits, or a field is of another type.
    """
    hashes = {name: bytes.fromhex(str(plain[name])) for name in HASHES}
    return convert({**plain, **hashes, "path": Path(str(plain["path"]))}, LabelledImage)
