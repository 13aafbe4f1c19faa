"""How many images fit the memory at once, and errors when they do not. Imports torch."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import platform
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

import torch

from core.errors import LayerloomError
from core.network.analysis import analyse
from core.network.network import Network

MEMORY_SHARE = 0.5
"""Of the free memory that a step may take."""

STEP_ON_CPU = 0.7e9
"""Bytes that a step may take on a processor, as the computer is used for other things meanwhile:
PyTorch, the weights and what a step needs besides come to 2 GB with it. More images at once would
be somewhat faster (EfficientNet-Lite0: 15 a second with 32, 13 with 11)."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's mallopt(3)."""
USUAL_THRESHOLD = 128 * 1024
KEPT = 32 * 1024**2
"""Bytes of the largest feature maps that are kept: glibc allows no more."""
HELD_AT_EASE = 1.65e9
"""Bytes that a process may hold before it gives back what it does not use at the moment."""

TEXTS = (
    "out of memory",
    "not enough memory",
    "can't allocate memory",
    "failed to allocate",
    "bad_alloc",
    "could not create a primitive",
)
"""What PyTorch's allocators and oneDNN say."""


class NoMemoryError(LayerloomError):
    """Not even one image at a time fits the memory."""

    def __init__(self) -> None:
        super().__init__(
            "There is not enough memory to train this network, even with one image at a time",
            hint="Close other programs, or choose a smaller network or smaller images; “resume” "
            "continues from the last checkpoint.",
        )


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error means that there was too little memory."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(
        text in str(error).lower() for text in TEXTS
    )


def piece_that_fits(
    network: Network, batch_size: int, device: str, running: Collection[str] | None = None
) -> int:
    """Return how many images fit the memory at once: the batch, or an even part of it.

    Args:
        network: What learns.
        batch_size: Images in a batch.
        device: Where it learns.
        running: Names of the layers that run, if the others are computed beforehand.
    """
    analysis = analyse(network)
    results = analysis.results.values()
    an_image = sum(r.activation_bytes for r in results if running is None or r.node.name in running)
    state = analysis.training_bytes(0)
    free = MEMORY_SHARE * free_memory(device)
    if device == "cpu":
        free = min(free, STEP_ON_CPU)
    piece, parts = batch_size, 1
    while piece > 1 and piece * an_image + state > free:
        parts += 1
        piece = math.ceil(batch_size / parts)
    return piece


@contextlib.contextmanager
def keeping_freed_memory() -> Iterator[None]:
    """Let glibc keep what feature maps free for the next ones, instead of giving it back.

    Otherwise every step asks the system anew for each of them, and waits while its pages are
    cleared. Other C libraries are left as they are.

    Source: mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD.
    """
    libc = _glibc()
    if libc is None:
        yield
        return
    libc.mallopt(M_MMAP_THRESHOLD, KEPT)
    libc.mallopt(M_TRIM_THRESHOLD, -1)
    try:
        yield
    finally:
        libc.mallopt(M_MMAP_THRESHOLD, USUAL_THRESHOLD)
        libc.mallopt(M_TRIM_THRESHOLD, USUAL_THRESHOLD)
        libc.malloc_trim(0)


def give_back_freed_memory() -> None:
    """Let the system have what is kept but not in use: what comes next needs other sizes.

    A process that holds little keeps it: to get it back would slow down the next step.
    """
    libc = _glibc()
    if libc is not None and _resident() > HELD_AT_EASE:
        libc.malloc_trim(0)


def _resident() -> float:
    """Return the bytes of memory that this process holds; infinity where it cannot be read."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return float(pages * os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError, IndexError):
        return math.inf


@lru_cache(maxsize=1)
def _glibc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None


def free_memory(device: str = "cpu") -> float:
    """Return the bytes that are free; where the system does not say, 4 GB are assumed."""
    if device == "cuda":
        return float(torch.cuda.mem_get_info()[0])
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
        lines = dict(line.split(":") for line in text.splitlines())
        free = float(lines["MemAvailable"].split()[0]) * 1024
        return min(free, _limit_of_group() or free)
    except (OSError, ValueError, KeyError):
        pass
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")) / 2
    except (AttributeError, ValueError, OSError):
        return 4e9


def _limit_of_group() -> float | None:
    """Return what a container leaves, where there is one."""
    group = Path("/sys/fs/cgroup")
    try:
        limit = float((group / "memory.max").read_text())
        return max(0.0, limit - float((group / "memory.current").read_text()))
    except (OSError, ValueError):
        return None
