"""Testing a classifier on a folder of labelled images."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np

from core.errors import LayerloomError
from core.evaluation.metrics import Scores, score
from core.images.examining import content_hash
from core.images.folders import FoundImage, Split, find_images
from core.images.scanning import Unreadable
from core.inference.classifier import Classifier
from core.inference.model_file import MOST_FREQUENT
from core.jobs.job import Reporter
from core.jobs.phases import Phase


class EvaluationError(LayerloomError):
    """A folder that a classifier cannot be tested on."""


class Evaluation(msgspec.Struct, frozen=True):
    """What a test found.

    Attributes:
        scores: What was right.
        split: The part of the folder that was used, or "" if it has no parts.
        unreadable: Files that could not be read.
        unknown_classes: Class folders that the classifier has not learnt; left out.
    """

    scores: Scores
    split: str
    unreadable: list[Unreadable]
    unknown_classes: list[str]


def evaluate(
    classifier: Classifier, folder: Path, report: Reporter, learnt: Collection[bytes] = ()
) -> Evaluation:
    """Test a classifier on a folder with one sub-folder per class.

    Where the folder has splits, its test images are used, or else its validation images: never
    those it may have been trained on.

    Args:
        classifier: What is tested.
        folder: The images.
        report: Told how far it is, and how many of the images the classifier has learnt from.
        learnt: Content hashes of what it has learnt from, as far as that is known.

    Raises:
        FolderError: The folder does not hold images by class.
        EvaluationError: The classifier knows none of its classes, or no image can be read.
        Stopped: The user asked to stop.
    """
    found, split = _held_out(find_images(folder))
    known = [image for image in found if image.class_name in classifier.labels]
    if not known:
        raise EvaluationError(
            f"The model knows {', '.join(classifier.labels)}; the folder contains none of these "
            "classes",
            folder,
            "Give the class folders the names of the model's classes.",
        )
    truth, predicted, unreadable, met = [], [], [], 0
    answers = classifier.predict_files(image.path for image in known)
    for done, (image, answer) in enumerate(zip(known, answers, strict=True), 1):
        if answer.probabilities is None:
            unreadable.append(Unreadable(str(image.path), answer.problem))
        else:
            truth.append(classifier.labels.index(image.class_name))
            predicted.append(int(answer.probabilities.argmax()))
            met += _is_among(learnt, image.path)
        report.progress(Phase.TESTING, done, len(known))
    if not truth:
        raise EvaluationError("None of the images can be read", folder)
    if met:
        report.log(
            f"{met} of these images were used in its training, so the score may be too good."
        )
    right = np.array(truth)
    trivial = classifier.provenance.get(MOST_FREQUENT)
    if trivial in classifier.labels:
        most_frequent = classifier.labels.index(trivial)
    else:
        most_frequent = int(np.bincount(right).argmax())
    return Evaluation(
        scores=score(right, np.array(predicted), classifier.labels, most_frequent),
        split=split.value if split else "",
        unreadable=unreadable,
        unknown_classes=sorted({i.class_name for i in found} - set(classifier.labels)),
    )


def _is_among(learnt: Collection[bytes], path: Path) -> bool:
    with suppress(OSError):
        return bool(learnt) and content_hash(path.read_bytes()) in learnt
    return False


def _held_out(found: Sequence[FoundImage]) -> tuple[Sequence[FoundImage], Split | None]:
    """Return the images of the test split, or else of validation, or else all."""
    for split in (Split.TEST, Split.VALIDATION):
        inside = [image for image in found if image.split == split]
        if inside:
            return inside, split
    return found, None
