"""One training in several processes, on one machine or many, as torchrun starts them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.errors import LayerloomError


class RankError(LayerloomError):
    """Another process of the training ended."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """This process among those of the training.

    Attributes:
        rank: Its number; 0 writes.
        world: How many there are.
    """

    rank: int = 0
    world: int = 1

    @property
    def first(self) -> bool:
        """Whether this process is the one that writes and reports."""
        return self.rank == 0


def ranks() -> Ranks:
    """Return this process's place, as torchrun says; alone without it."""
    return Ranks(int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1")))


def require_one_process() -> None:
    """Raise where torchrun has started several processes for what one computes.

    Raises:
        LayerloomError: There are several.
    """
    if ranks().world > 1:
        raise LayerloomError(
            "The recipe “quick” computes in one process", hint="Start it without torchrun."
        )


@contextmanager
def joined() -> Iterator[None]:
    """Meet the other processes, if there are any, and part from them at the end.

    Raises:
        RankError: They cannot be met.
    """
    if ranks().world == 1:
        yield
        return
    _join()
    try:
        yield
    finally:
        from torch import distributed

        if distributed.is_initialized():
            distributed.destroy_process_group()


def _join() -> None:
    import torch
    from torch import distributed

    if not distributed.is_initialized():
        backend = "nccl" if torch.cuda.is_available() else "gloo"
        if backend == "nccl":
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        try:
            distributed.init_process_group(backend)
        except (RuntimeError, ValueError) as error:
            raise RankError(
                f"The processes of this training do not find each other ({error})",
                hint="Start them with torchrun, as the README shows.",
            ) from error


def barrier() -> None:
    """Wait for all processes."""
    if ranks().world > 1:
        from torch import distributed

        with ranks_lost():
            distributed.barrier()


def from_first(value: Any) -> Any:
    """Return the first process's value in all of them."""
    if ranks().world == 1:
        return value
    from torch import distributed

    held = [value]
    with ranks_lost():
        distributed.broadcast_object_list(held, src=0)
    return held[0]


def total(values: Any) -> Any:
    """Return the sum of a tensor over all processes."""
    if ranks().world > 1:
        from torch import distributed

        with ranks_lost():
            distributed.all_reduce(values)
    return values


@contextmanager
def ranks_lost() -> Iterator[None]:
    """Turn the end of another process into a sentence.

    Raises:
        RankError: Another process ended.
    """
    try:
        yield
    except RuntimeError as error:
        lost = ("connection", "peer", "timed out", "timeout", "gloo", "nccl", "reset", "closed")
        if ranks().world == 1 or not any(word in str(error).lower() for word in lost):
            raise
        raise RankError(
            "Another process of this training ended, so it cannot continue",
            hint="Resume from its last checkpoint with the command “resume”.",
        ) from error
