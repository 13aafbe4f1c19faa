"""The images of a training with their classes, splits and groups of look-alikes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from core.atomic import write_atomically
from core.decoding import decode
from core.errors import LayerloomError, StorageError
from core.evaluation.metrics import Labels, Probabilities, Scores, score
from core.images.folders import Split, class_names
from core.images.scanning import LabelledImage
from core.images.splits import duplicate_groups
from core.runs.runs import ImageCounts, Prediction, open_run

FEW_TESTED = 30
"""Images set aside below which a score is pointed out: its interval spans 20 points or more."""

FILE = "images.json"


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

    def positions(self, split: Split) -> Labels:
        """Return which images are in a split."""
        return np.flatnonzero([image.split == split for image in self.images])

    def any_in(self, split: Split) -> bool:
        """Return whether a split has images."""
        return any(image.split == split for image in self.images)

    def watched(self) -> Labels:
        """Return which images training is watched with: validation, or test if there is none."""
        inside = self.positions(Split.VALIDATION)
        return inside if len(inside) else self.positions(Split.TEST)

    def kept_aside(self) -> Labels:
        """Return which images are not trained on."""
        return np.flatnonzero(
            [image.split in (Split.VALIDATION, Split.TEST) for image in self.images]
        )

    def scores(self, split: Split, probabilities: Probabilities) -> Scores:
        """Score the answers for a split; probabilities are (images, classes) of all images."""
        inside = self.positions(split)
        predicted = probabilities[inside].argmax(axis=1)
        return score(self.labels[inside], predicted, self.names, self.most_frequent())

    def most_frequent(self) -> int:
        """Return the number of the class with the most training images."""
        return int(np.bincount(self.labels[self.positions(Split.TRAINING)]).argmax())

    def counts(self) -> ImageCounts:
        """Return how many images took which part."""
        train, validation, test = (len(self.positions(split)) for split in Split)
        return ImageCounts(train, validation, test, self.unreadable)

    def predictions(self, probabilities: Probabilities) -> list[Prediction]:
        """Return the answers for the images that were not trained on."""
        return [
            Prediction(
                str(self.images[i].path),
                str((self.images[i].split or Split.TEST).value),
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
        learnt = {self.groups[i] for i in self.positions(Split.TRAINING)}
        leaks = sum(
            image.split != Split.TRAINING and group in learnt
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
        tested = len(self.positions(Split.TEST)) or len(self.positions(Split.VALIDATION))
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
        """Keep the set with a run, so that it goes on with the same images.

        Raises:
            StorageError: It cannot be written.
        """
        images = [
            _Image(str(i.path), i.class_name, i.split, i.content_hash.hex(), i.fingerprint.hex())
            for i in self.images
        ]
        record = _Record(images, self.unreadable)
        write_atomically(run_folder / FILE, msgspec.json.encode(record))


def read_image_set(run_folder: Path) -> ImageSet:
    """Return the set that a run was begun with.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        record = decode((run_folder / FILE).read_bytes(), _Record)
        images = [image.known() for image in record.images]
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise StorageError(
            f"The run's list of images cannot be read ({error})",
            run_folder / FILE,
            "Train again.",
        ) from error
    return replace(ImageSet.gather(images), unreadable=record.unreadable)


def learnt_by(run_folder: Path) -> set[bytes]:
    """Return the content hashes of what a run, and those that it went on from, learnt from.

    Of what is no run, or a damaged one, or named by a relative path, nothing is known.
    """
    folder, learnt, seen = run_folder, set[bytes](), set[Path]()
    with suppress(LayerloomError):
        while folder.is_absolute() and folder not in seen and (folder / FILE).exists():
            seen.add(folder)  # in files of others a run may claim to go on from itself
            images = read_image_set(folder).images
            learnt |= {image.content_hash for image in images if image.split is Split.TRAINING}
            folder = Path(open_run(folder).settings.network)
    return learnt


class _Image(msgspec.Struct, frozen=True):
    """What is kept of an image; hashes as hexadecimal digits."""

    path: str
    class_name: str
    split: Split | None
    content_hash: str
    fingerprint: str

    def known(self) -> LabelledImage:
        return LabelledImage(
            Path(self.path),
            self.class_name,
            self.split,
            bytes.fromhex(self.content_hash),
            fingerprint=bytes.fromhex(self.fingerprint),
        )


class _Record(msgspec.Struct, frozen=True):
    images: list[_Image]
    unreadable: int
