"""What happens while a training runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.runs.curve import EpochPoint


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What one batch came to.

    Attributes:
        loss: Sum over its images, as trained.
        right: Right answers.
        images: How many there were.
        rate: Learning rate of the last layer.
        seconds: Time taken, waiting for the images included.
    """

    loss: float
    right: int
    images: int
    rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the user."""

    text: str


@dataclass(frozen=True, slots=True)
class Watched:
    """How good the averaged weights are on the images to watch with.

    Attributes:
        loss: Mean cross-entropy.
        matrix: Counts; row = true class, column = answer.
    """

    loss: float
    matrix: npt.NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Share of right answers, 0…1."""
        return float(np.trace(self.matrix) / max(self.matrix.sum(), 1))

    def mixed_up(self, names: list[str]) -> tuple[str, str, int] | None:
        """Return the most frequent mistake: true class, answer, how often."""
        mistakes = self.matrix - np.diag(np.diag(self.matrix))
        if not mistakes.any():
            return None
        truth, answer = np.unravel_index(int(mistakes.argmax()), mistakes.shape)
        return names[truth], names[answer], int(mistakes[truth, answer])


Event = BatchDone | EpochPoint | Notice
