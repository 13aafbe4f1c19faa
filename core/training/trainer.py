"""The trainer: learning from batches, watching the result, and the loop around both.

Imports torch. Nothing here prints, writes files or asks a user: the loop is a generator of events.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from core.errors import StorageError
from core.network.layers.layer import Weights
from core.training import distributed
from core.training.batches import Batch, Batches
from core.training.checkpoint import Best, Record, Sums
from core.training.curve import EpochPoint
from core.training.learner import Learner
from core.training.optimiser import load_optimiser, make_optimiser, optimiser_tensors, set_rate
from core.training.options import Value
from core.training.schedule import one_cycle

WORST_LOSS = 1e6
"""Stands for all larger losses and for those that are no number."""


class DivergedError(Exception):
    """The gradient is no number any more; the weights are still those before it."""


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


class Trainer:
    """A training under way.

    Args:
        learner: On its device.
        batches: Of every epoch.
        settings: The recipe's options.
        names: Of the classes.
        class_weights: Of each class in the loss, mean 1 over the training images.
        bf16: Whether to compute in 16 bits.
        piece: Most images at once; larger batches are learnt in pieces.
        head_first: Whether only the last layer learns in the first epoch.

    Attributes:
        settings: The recipe's options.
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
        self.piece = piece
        self.record = Record(batches=batches.count)
        self.best: Weights | None = None
        self.settings, self._class_weights = settings, class_weights
        self._bf16, self._head_first = bf16, head_first
        self._optimiser = make_optimiser(learner, settings)
        self._module: nn.Module = learner
        if distributed.ranks().world > 1:
            self._module = nn.parallel.DistributedDataParallel(learner)
        self._state = learner.part.state_dict()
        self._average = {name: value.clone() for name, value in self._state.items()}
        self._begun = {name: value.clone() for name, value in self._state.items()}

    # What a checkpoint holds.

    def tensors(self) -> Weights:
        """Return all that training needs to go on, by name."""
        parts = {"weights": self._state, "average": self._average, "begun": self._begun}
        held = {
            f"{part}/{name}": value.cpu().numpy()
            for part, values in parts.items()
            for name, value in values.items()
        }
        held |= {f"optimiser/{k}": v for k, v in optimiser_tensors(self._optimiser).items()}
        held["random/cpu"] = torch.get_rng_state().numpy()
        if self.device.type == "cuda":
            held["random/cuda"] = torch.cuda.get_rng_state(self.device).numpy()
        return held

    def restore(self, record: Record, tensors: Weights) -> None:
        """Go back, or on, to what a checkpoint holds.

        Raises:
            StorageError: It is not of this network.
        """
        parts: dict[str, Weights] = {}
        for name, value in tensors.items():
            part, _, rest = name.partition("/")
            parts.setdefault(part, {})[rest] = value
        held = {"weights": self._state, "average": self._average, "begun": self._begun}
        with torch.no_grad():
            for part, values in held.items():
                _copy(parts.get(part, {}), values)
        load_optimiser(self._optimiser, parts.get("optimiser", {}))
        torch.set_rng_state(torch.from_numpy(np.array(parts["random"]["cpu"])))
        if "cuda" in parts["random"]:
            torch.cuda.set_rng_state(
                torch.from_numpy(np.array(parts["random"]["cuda"])), self.device
            )
        self.record = record

    # Learning.

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
        self._take_average()
        return loss, right

    def _gradients(self, batch: Batch) -> tuple[float, int]:
        """Add up the gradients of a batch, piece by piece."""
        loss_sum, right = 0.0, 0
        count = len(batch.labels)
        ranks = distributed.ranks()
        for begin in range(0, count, self.piece):
            piece = slice(begin, begin + self.piece)
            last = begin + self.piece >= count
            labels = batch.labels[piece].to(self.device)
            with self._alone(last), distributed.ranks_lost():
                with torch.autocast(self.device.type, torch.bfloat16, enabled=self._bf16):
                    scores = self._module(*(x[piece].to(self.device) for x in batch.inputs))
                loss = functional.cross_entropy(
                    scores,
                    labels,
                    self._class_weights,
                    reduction="sum",
                    label_smoothing=float(self.settings["label_smoothing"]),
                )
                # Gradients of several processes are averaged, those of images summed up.
                (loss * (ranks.world / batch.images)).backward()  # type: ignore[no-untyped-call]
            loss_sum += float(loss.detach())
            right += int((scores.detach().argmax(1) == labels).sum())
        if ranks.world > 1:
            sums = distributed.total(torch.tensor([loss_sum, right], dtype=torch.float64))
            loss_sum, right = float(sums[0]), int(sums[1])
        return loss_sum, right

    def _alone(self, last: bool) -> contextlib.AbstractContextManager[None]:
        """Leave the exchange of gradients to the last piece."""
        if last or not isinstance(self._module, nn.parallel.DistributedDataParallel):
            return contextlib.nullcontext()
        waiting: contextlib.AbstractContextManager[None] = self._module.no_sync()
        return waiting

    @torch.no_grad()
    def _take_average(self) -> None:
        """Bring the averaged weights nearer to the present ones; the first steps count more.

        Source: B. Polyak and A. Juditsky, "Acceleration of stochastic approximation by averaging",
        1992.
        """
        step = self.record.step + 1
        kept = min(float(self.settings["averaging"]), (1 + step) / (10 + step))
        for name, value in self._state.items():
            if value.is_floating_point():
                self._average[name].lerp_(value, 1 - kept)
            else:
                self._average[name].copy_(value)

    # The ends of epochs.

    @torch.inference_mode()
    def watch(self) -> Watched:
        """Return how good the averaged weights are; in 32 bits, as the exported file computes."""
        self.learner.eval()
        classes = len(self.names)
        matrix = torch.zeros(classes, classes, dtype=torch.float64)
        loss = torch.zeros(1, dtype=torch.float64)
        averaged = {f"part.{name}": value for name, value in self._average.items()}
        for batch in self.batches.watched():
            inputs = tuple(x.to(self.device) for x in batch.inputs)
            scores = torch.func.functional_call(self.learner, averaged, inputs).cpu()
            loss += functional.cross_entropy(scores, batch.labels, reduction="sum")
            places = (batch.labels * classes + scores.argmax(1)).bincount(minlength=classes**2)
            matrix += places.reshape(classes, classes)
        distributed.total(matrix)
        distributed.total(loss)
        mean = float(loss) / max(self.batches.watched_images, 1)
        return Watched(mean if mean < WORST_LOSS else WORST_LOSS, matrix.numpy().astype(np.int64))

    def compare(self, watched: Watched) -> bool:
        """Take note of how good an epoch is; return whether it is the best so far.

        Patience counts from the first epoch in full size on: the best ones are still to come.
        """
        record, best = self.record, self.record.best
        if best and not watched.loss < best.validation_loss:
            whole = record.epoch > self.batches.sizes.small_epochs
            self.record = msgspec.structs.replace(record, waited=record.waited + whole)
            return False
        self.best = {name: value.cpu().numpy().copy() for name, value in self._average.items()}
        newest = Best(record.epoch, watched.loss, watched.accuracy)
        self.record = msgspec.structs.replace(record, best=newest, waited=0)
        return True

    @torch.no_grad()
    def updates(self) -> dict[str, float]:
        """Return how far each layer moved since the epoch began, and begin anew; 0 where frozen."""
        moved = dict.fromkeys(self.learner.all_names, 0.0)
        for name in self.learner.trainable():
            layer = self.learner.part.get_submodule(name)
            keys = [f"{name}.{key}" for key, _ in layer.named_parameters()]
            length = math.sqrt(sum(float(self._begun[k].square().sum()) for k in keys))
            way = sum(float((self._state[k] - self._begun[k]).square().sum()) for k in keys)
            moved[name] = math.sqrt(way) / max(length, 1e-12)
        for key, value in self._state.items():
            self._begun[key].copy_(value)
        return moved

    @property
    def images_per_second(self) -> float:
        """Training images a second since the run began, watching included."""
        return self.record.epochs_done * self.batches.images / max(self.record.seconds, 1e-9)

    @property
    def patience_left(self) -> int | None:
        """Epochs without a better one until training stops by itself; None: it goes on."""
        patience = int(self.settings["patience"])
        return max(0, patience - self.record.waited) if patience else None


def train_one_epoch(trainer: Trainer) -> Iterator[BatchDone | Notice]:
    """Learn from the rest of the present epoch.

    Raises:
        DivergedError: The gradient is no number any more.
    """
    trainer.learner.train()
    began = time.perf_counter()
    batches = trainer.batches.epoch(trainer.record.epoch, trainer.record.batch)
    for batch in batches:
        rate = trainer.rate
        while True:
            try:
                loss, right = trainer.learn(batch)
                break
            except (MemoryError, RuntimeError) as error:
                if not _is_out_of_memory(error) or trainer.piece == 1:
                    raise
                trainer.piece = max(1, min(trainer.piece, len(batch.labels)) // 2)
                trainer.learner.zero_grad()
            yield Notice(
                f"Memory is short: each batch is now learnt in pieces of {trainer.piece} images; "
                "the result is the same, but for batch normalisation, which sees the pieces."
            )
        now = time.perf_counter()
        done = BatchDone(loss, right, batch.images, rate, now - began)
        began = now
        _count(trainer, done)
        yield done


def evaluate(trainer: Trainer) -> EpochPoint:
    """Close the present epoch, all of whose batches are learnt, and say how it went."""
    record, sums = trainer.record, trainer.record.sums
    updates = trainer.updates()
    began = time.perf_counter()
    trainer.record = msgspec.structs.replace(record, epoch=record.epoch + 1, batch=0, sums=Sums())
    watched = trainer.watch()
    best = trainer.compare(watched)
    total = record.seconds + time.perf_counter() - began
    trainer.record = msgspec.structs.replace(trainer.record, seconds=total)
    return EpochPoint(
        epoch=trainer.record.epoch,
        epochs=int(trainer.settings["epochs"]),
        training_loss=sums.loss / max(sums.images, 1),
        training_accuracy=sums.right / max(sums.images, 1),
        validation_loss=watched.loss,
        validation_accuracy=watched.accuracy,
        validation_images=trainer.batches.watched_images,
        best=best,
        patience_left=trainer.patience_left,
        seconds=total,
        images_per_second=sums.images / max(sums.seconds, 1e-9),
        learning_rate=trainer.rate,
        mixed_up=watched.mixed_up(trainer.names),
        updates=updates,
    )


def run_epochs(trainer: Trainer, epochs: int) -> Iterator[Event]:
    """Train until the last epoch, or until patience ends.

    Raises:
        DivergedError: The gradient is no number any more.
    """
    while trainer.record.epoch < epochs and trainer.patience_left != 0:
        yield from train_one_epoch(trainer)
        yield evaluate(trainer)


def _count(trainer: Trainer, done: BatchDone) -> None:
    """Add a batch to where the training stands."""
    record, sums = trainer.record, trainer.record.sums
    trainer.record = msgspec.structs.replace(
        record,
        step=record.step + 1,
        batch=record.batch + 1,
        seconds=record.seconds + done.seconds,
        sums=Sums(
            sums.loss + done.loss,
            sums.right + done.right,
            sums.images + done.images,
            sums.seconds + done.seconds,
        ),
    )


def _copy(kept: Weights, into: Mapping[str, torch.Tensor]) -> None:
    """Take kept values over.

    Raises:
        StorageError: Some are missing, or of another shape.
    """
    for name, tensor in into.items():
        if name not in kept or kept[name].shape != tuple(tensor.shape):
            raise StorageError(f"The checkpoint does not fit the network at “{name}”")
        tensor.copy_(torch.from_numpy(np.array(kept[name])))


def _is_out_of_memory(error: BaseException) -> bool:
    texts = ("out of memory", "not enough memory", "can't allocate memory", "failed to allocate")
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(
        text in str(error).lower() for text in texts
    )
