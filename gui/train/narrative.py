"""What is happening in a training, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from core.images.labelled_image import ImageSplit
from core.runs.narration import Narration, Trend
from gui.look.numbers import count, decimal, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.images.labelled_image import LabelledImage
    from core.runs.curve import StrengthPoint


class Narrative(QObject):
    """Words for what is known of a training."""

    def headline(self, said: Narration) -> str:
        """Say how many validation images are answered rightly now."""
        if said.trend is Trend.WAITING:
            return self.tr("The first epoch is not finished yet.")
        return self.tr("The network now gets {0} of {1} validation images correctly.").format(
            count(said.right), count(said.images)
        )

    def right(self, said: Narration) -> str:
        """Say how many validation images were answered rightly when a training was interrupted."""
        return self.tr("It got {0} of {1} validation images right.").format(
            count(said.right), count(said.images)
        )

    def quick(self, strengths: Sequence[StrengthPoint]) -> str:
        """Say what a fit in one go does, and which strength it chose."""
        if not strengths:
            return self.tr(
                "The frozen network processes each image once; then a new last layer is fitted "
                "to its features."
            )
        best = min(strengths, key=lambda point: point.validation_loss)
        return self.tr(
            "Of %n penalty strength(s) tried, {0} (inverse strength) did best on training images "
            "left out in turn: {1} right, loss {2}.",
            "",
            len(strengths),
        ).format(
            f"{best.strength:g}",
            percent(best.validation_accuracy),
            decimal(best.validation_loss, 3),
        )

    def outlook(self, said: Narration) -> str:
        """Say where the training is heading, and when it stops by itself."""
        sentences = [self._trend(said), self._rate(said)]
        return " ".join(sentence for sentence in sentences if sentence)

    def mixed_up(self, said: Narration) -> str:
        """Name the most frequent mistake, and what would help against it."""
        if said.mixed_up is None:
            return ""
        true, answer, times = said.mixed_up
        return self.tr(
            "Most often confused: {0} → {1} ({2}). More images of “{0}” would help most."
        ).format(true, answer, count(times))

    def trivial(self, images: Sequence[LabelledImage]) -> str:
        """Say what always answering the most frequent class would get on the validation images."""
        learnt = [image.class_name for image in images if _is_in(image, ImageSplit.TRAINING)]
        asked = [image.class_name for image in images if _is_in(image, ImageSplit.VALIDATION)]
        if not learnt or not asked:
            return ""
        most = max(sorted(set(learnt)), key=learnt.count)
        return self.tr("Always answering “{0}” would get {1}.").format(
            most, percent(asked.count(most) / len(asked))
        )

    def _trend(self, said: Narration) -> str:
        if said.trend is Trend.BEGINNING:
            return self.tr("It has only just started: the curve says little yet.")
        if said.trend is Trend.IMPROVING:
            return self.tr("It is still improving.")
        if said.trend is Trend.GROWING:
            return self.tr(
                "Its loss grows even on the training images: the learning rate is probably too "
                "large."
            )
        if said.trend is Trend.CATCHING_UP:
            return self.tr(
                "The weights it started with are still the best, but it can still learn from "
                "the training images: there is no need to stop yet."
            )
        if said.trend is Trend.OVERFITTING:
            heart = self.tr(
                "It still improves on the training images, but gets worse on the validation "
                "images: it is starting to memorise the training images (overfitting).",
            )
            return " ".join(
                part for part in (heart, self._kept(said), self._patience(said)) if part
            )
        if said.trend is Trend.LITTLE:
            little = self.tr("It has improved little in the last %n epoch(s)", "", said.stalled)
            if said.patience_left is None:
                return f"{little}."
            rest = self.tr(
                "training stops automatically if this continues for %n more",
                "",
                said.patience_left,
            )
            return f"{little}; {rest}."
        return ""

    def _kept(self, said: Narration) -> str:
        if not said.best_epoch:
            return self.tr("The weights it started with are still the best and are kept.")
        return self.tr("The best epoch, {0}, is kept.").format(said.best_epoch)

    def _patience(self, said: Narration) -> str:
        if said.patience_left is None:
            return ""
        return self.tr(
            "Training stops automatically after %n more epoch(s) without a better one.",
            "",
            said.patience_left,
        )

    def _rate(self, said: Narration) -> str:
        if said.halved_to is None:
            return ""
        return self.tr("The learning rate was halved to {0}.").format(rate(said.halved_to))


def rate(value: float) -> str:
    """Return a learning rate with three figures that matter."""
    return QLocale().toString(float(value), "g", 3)


def _is_in(image: LabelledImage, split: ImageSplit) -> bool:
    return not image.problem and image.split is split
