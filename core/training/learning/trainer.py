"""The trainer: learning from a batch, and watching how good the network is. Imports torch."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping
from operator import mul

import msgspec
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core import distributed
from core.network.layers.base.layer import Weights
from core.recipes.options import Value
from core.runs.checkpoint import Best, Checkpoint
from core.training.features.batches import Batch, Batches
from core.training.learning.events import Watched
from core.training.learning.learner import Learner
from core.training.learning.memory import NoMemoryError, is_out_of_memory
from core.training.learning.optimiser import make_optimiser, set_rate
from core.training.learning.schedule import one_cycle
from core.training.learning.training_state import TrainingState

WORST_LOSS = 1e6
"""Stands for all larger losses and for those that are no number."""

ALMOST_ALL = 0.98
"""Share of the training images from which on there is little left to learn from them."""


class DivergedError(Exception):
    """The gradient is no number any more; the weights are still those before it."""


class Trainer:
    """A training under way.

    Args:
        learner: On its device.
        batches: Of every epoch.
        settings: The recipe's options.
        names: Of the classes.
        class_weights: Of each class in the loss, mean 1 over the training images.
        bf16: Whether to compute in 16 bits.
        piece: Most images in full size at once; larger batches are learnt in pieces.
        head_first: Whether only the last layer learns in the first epoch.

    Attributes:
        settings: The recipe's options.
        state: What changes in learning.
        record: Where the training stands.
        best: The averaged weights of the best epoch, until they are taken.
    """

    def __init__(
        self,
        learner: Learner,
        batches: Batches,
        settings: Mapping[str, Value],
        names: list[str],
        class_weights: torch.Tensor,
        *,
        bf16: bool,
        piece: int,
        head_first: bool,
    ) -> None:
        self.learner, self.batches, self.names = learner, batches, names
        self.device = class_weights.device
        self.piece = self._watched_piece = piece
        self.record = Checkpoint(batches=batches.count)
        self.best: Weights | None = None
        self.settings, self._class_weights = settings, class_weights
        self._bf16, self._head_first = bf16, head_first
        self._optimiser = make_optimiser(learner, settings)
        self._module: nn.Module = learner
        if distributed.ranks().world > 1:
            self._module = nn.parallel.DistributedDataParallel(learner)
        self.state = TrainingState(learner, self._optimiser)

    def restore(self, record: Checkpoint, tensors: Weights) -> None:
        """Go back, or on, to what a checkpoint holds.

        Raises:
            StorageError: It is not of this network.
        """
        self.state.restore(tensors)
        self.record = record

    @property
    def rate(self) -> float:
        """The learning rate of the last layer at the present step."""
        steps = int(self.settings["epochs"]) * self.batches.count
        return (
            float(self.settings["learning_rate"])
            * self.record.rate_scale
            * one_cycle(self.record.step, steps)
        )

    def learn(self, batch: Batch) -> tuple[float, int]:
        """Take one step on a batch; return the summed loss and the right answers.

        Raises:
            DivergedError: The gradient is no number any more; nothing was changed.
        """
        last_alone = self._head_first and self.record.epoch == 0
        set_rate(self._optimiser, self.rate, last_alone=last_alone)
        loss, right = self._gradients(batch)
        clipping = float(self.settings["clipping"]) or math.inf
        parameters = [p for p in self.learner.parameters() if p.grad is not None]
        length = nn.utils.clip_grad_norm_(parameters, clipping)
        if not torch.isfinite(length):
            self._optimiser.zero_grad()
            raise DivergedError
        self._optimiser.step()
        self._optimiser.zero_grad()
        self.state.take_average(self.record.step + 1, float(self.settings["averaging"]))
        return loss, right

    def _gradients(self, batch: Batch) -> tuple[float, int]:
        """Add up the gradients of a batch, piece by piece.

        Returns:
            The classifier's loss, summed over the images, without that of auxiliary heads, and how
            many answers were right.
        """
        loss_sum, right = 0.0, 0
        count, most = len(batch.labels), self.most_at_once()
        ranks = distributed.ranks()
        for begin in range(0, count, most):
            piece = slice(begin, begin + most)
            last = begin + most >= count
            labels = batch.labels[piece].to(self.device)
            with self._alone(last), distributed.ranks_lost():
                with torch.autocast(self.device.type, torch.bfloat16, enabled=self._bf16):
                    scores = self._module(*(x[piece].to(self.device) for x in batch.inputs))
                losses = [self._loss(one, labels) for one in scores]
                together = sum(map(mul, self.learner.loss_weights, losses), torch.zeros(()))
                # Gradients of several processes are averaged, those of images summed up.
                torch.autograd.backward(together * (ranks.world / batch.images))
            loss_sum += float(losses[0].detach())
            right += int((scores[0].detach().argmax(1) == labels).sum())
        if ranks.world > 1:
            sums = distributed.total(torch.tensor([loss_sum, right], dtype=torch.float64))
            loss_sum, right = float(sums[0]), int(sums[1])
        return loss_sum, right

    def most_at_once(self) -> int:
        """Return how many images fit a step in the present epoch: of small ones, more."""
        sizes = self.batches.sizes
        return int(self.piece * (sizes.full / sizes.side(self.record.epoch)) ** 2)

    def _loss(self, scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return the loss, summed over the images."""
        return functional.cross_entropy(
            scores,
            labels,
            self._class_weights,
            reduction="sum",
            label_smoothing=float(self.settings["label_smoothing"]),
        )

    def _alone(self, last: bool) -> contextlib.AbstractContextManager[None]:
        """Leave the exchange of gradients to the last piece."""
        if last or not isinstance(self._module, nn.parallel.DistributedDataParallel):
            return contextlib.nullcontext()
        waiting: contextlib.AbstractContextManager[None] = self._module.no_sync()
        return waiting

    @torch.inference_mode()
    def watch(self) -> Watched:
        """Return how good the averaged weights are; in 32 bits, as the exported file computes."""
        self.learner.eval()
        classes = len(self.names)
        matrix = torch.zeros(classes, classes, dtype=torch.float64)
        loss = torch.zeros(1, dtype=torch.float64)
        averaged = {f"part.{name}": value for name, value in self.state.average.items()}
        for batch in self.batches.watched():
            scores = self._scores(averaged, batch)
            loss += functional.cross_entropy(scores, batch.labels, reduction="sum")
            places = (batch.labels * classes + scores.argmax(1)).bincount(minlength=classes**2)
            matrix += places.reshape(classes, classes)
        distributed.total(matrix)
        distributed.total(loss)
        mean = float(loss) / max(self.batches.watched_images, 1)
        return Watched(mean if mean < WORST_LOSS else WORST_LOSS, matrix.numpy().astype(np.int64))

    def _scores(self, weights: dict[str, torch.Tensor], batch: Batch) -> torch.Tensor:
        """Return a watched batch's scores, computed in pieces where memory is short."""
        while True:
            try:
                call = torch.func.functional_call
                pieces = _pieces(batch, self._watched_piece, self.device)
                return torch.cat([call(self.learner, weights, piece)[0].cpu() for piece in pieces])
            except (MemoryError, RuntimeError) as error:
                if not is_out_of_memory(error):
                    raise
                if self._watched_piece == 1:
                    raise NoMemoryError from error
                self._watched_piece = min(self._watched_piece, len(batch.labels)) // 2 or 1

    def compare(self, watched: Watched, learnt: float = 0.0) -> bool:
        """Take note of how good an epoch is; return whether it is the best so far.

        Args:
            watched: How good it is.
            learnt: Share of the training images answered rightly.
        """
        record, best = self.record, self.record.best
        if best and not watched.loss < best.validation_loss:
            waited = tries_patience(record, self.batches.sizes.small_epochs, learnt)
            self.record = msgspec.structs.replace(record, waited=record.waited + waited)
            return False
        self.best = self.state.average_copied()
        newest = Best(record.epoch, watched.loss, watched.accuracy)
        self.record = msgspec.structs.replace(record, best=newest, waited=0)
        return True

    @property
    def images_per_second(self) -> float:
        """Training images a second since the run began, watching included."""
        return self.record.epochs_done * self.batches.images / max(self.record.seconds, 1e-9)

    @property
    def patience_left(self) -> int | None:
        """Epochs without a better one until training stops by itself; None: it continues."""
        patience = int(self.settings["patience"])
        return max(0, patience - self.record.waited) if patience else None


def tries_patience(record: Checkpoint, small_epochs: int, learnt: float) -> bool:
    """Return whether an epoch that was not the best counts as one waited for.

    Not before the first epoch in full size: the best ones are still to come. Nor while the network
    with a fitted last layer alone is the best, unless the training images are answered as well as
    it answers the others, or almost all of them: till then there is something to learn from them.

    Args:
        record: After the epoch.
        small_epochs: How many epochs have small images.
        learnt: Share of the training images answered rightly.
    """
    best = record.best
    adapts = best is None or best.epoch > 0
    learns_no_more = best is not None and learnt >= min(best.validation_accuracy, ALMOST_ALL)
    return record.epoch > small_epochs and (adapts or learns_no_more)


def _pieces(batch: Batch, size: int, device: torch.device) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yield a batch's inputs on a device, so many images at once."""
    for begin in range(0, len(batch.labels), size):
        yield tuple(x[begin : begin + size].to(device) for x in batch.inputs)
