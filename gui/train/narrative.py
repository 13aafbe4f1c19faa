"""What is happening in a training, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from core.training.narration import Narration, Trend
from gui.widgets.numbers import count, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.images.scanning import LabelledImage

CONTEXT = "Narrative"


def headline(said: Narration) -> str:
    """Say how many validation images are answered rightly now."""
    if said.trend is Trend.WAITING:
        return QCoreApplication.translate(CONTEXT, "The first epoch is not done yet.")
    return QCoreApplication.translate(
        CONTEXT, "The network now gets {0} of {1} validation images correctly."
    ).format(count(said.right), count(said.images))


def outlook(said: Narration) -> str:
    """Say where the training is heading, and when it stops by itself."""
    sentences = [_trend(said), _rate(said)]
    return " ".join(sentence for sentence in sentences if sentence)


def mixed_up(said: Narration) -> str:
    """Name the most frequent mistake, and what would help against it."""
    if said.mixed_up is None:
        return ""
    true, answer, times = said.mixed_up
    return QCoreApplication.translate(
        CONTEXT, "Most mixed up: {0} → {1} ({2}). More images of “{0}” would help most."
    ).format(true, answer, count(times))


def trivial(images: Sequence[LabelledImage]) -> str:
    """Say what always answering the most frequent class would get on the validation images."""
    learnt = [image.class_name for image in images if _is_in(image, "train")]
    asked = [image.class_name for image in images if _is_in(image, "validation")]
    if not learnt or not asked:
        return ""
    most = max(sorted(set(learnt)), key=learnt.count)
    return QCoreApplication.translate(CONTEXT, "Always answering “{0}” would get {1}.").format(
        most, percent(asked.count(most) / len(asked))
    )


def _is_in(image: LabelledImage, split: str) -> bool:
    return not image.problem and image.split is not None and image.split.value == split


def _trend(said: Narration) -> str:
    translate = QCoreApplication.translate
    if said.trend is Trend.BEGINNING:
        return translate(CONTEXT, "It has only begun: the curve says little yet.")
    if said.trend is Trend.IMPROVING:
        return translate(CONTEXT, "It is still improving.")
    if said.trend is Trend.OVERFITTING:
        heart = translate(
            CONTEXT,
            "It still gets better on the images it learns from, but worse on those it does not: "
            "it begins to learn them by heart.",
        )
        return " ".join(part for part in (heart, _kept(said), _patience(said)) if part)
    if said.trend is Trend.LITTLE:
        little = translate(
            CONTEXT, "It has improved little in the last %n epoch(s)", None, said.stalled
        )
        if said.patience_left is None:
            return f"{little}."
        rest = translate(
            CONTEXT,
            "training stops by itself if that goes on for %n more",
            None,
            said.patience_left,
        )
        return f"{little}; {rest}."
    return ""


def _kept(said: Narration) -> str:
    translate = QCoreApplication.translate
    if not said.best_epoch:
        return translate(CONTEXT, "What it began with is still the best, and is kept.")
    return translate(CONTEXT, "The best epoch, {0}, is kept.").format(said.best_epoch)


def _patience(said: Narration) -> str:
    if said.patience_left is None:
        return ""
    return QCoreApplication.translate(
        CONTEXT,
        "Training stops by itself after %n more epoch(s) without a better one.",
        None,
        said.patience_left,
    )


def _rate(said: Narration) -> str:
    if said.halved_to is None:
        return ""
    return QCoreApplication.translate(CONTEXT, "The learning rate was halved to {0}.").format(
        rate(said.halved_to)
    )


def rate(value: float) -> str:
    """Return a learning rate with three figures that matter."""
    return QLocale().toString(float(value), "g", 3)
