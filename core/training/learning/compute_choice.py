"""Choosing device, precision and memory format by measuring the first batches. Imports torch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import torch
from torch.nn import functional

from core.network.analysis import analyse
from core.network.network import Network
from core.parallel import core_count
from core.recipes.options import Value
from core.training.features.batches import Batch
from core.training.learning.learner import Learner

MEASURED_IMAGES = 8
"""Enough to tell which way is faster."""

FIRST_IMAGES = 2
"""Images that a way begins with: a processor without instructions for 16 bits takes 15 times as
long as with 32, and all of the measuring would take longer than it saves."""

HOPELESS = 3
"""Times the fastest way's time from which on a way is not looked at any further."""

REPEATS = 2
CLEARLY = 0.93
"""Share of the plain way's time that another must stay under to be chosen."""

SIMILAR = 0.98
"""Least cosine between its gradient and the plain way's."""

SMALL = 5_000_000
"""Multiply-adds for one image; LeNet-5 has 0.4 million, ResNet-18 1,800."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a training computes.

    Attributes:
        device: "cpu", "cuda", "mps" or "xpu".
        bf16: Whether in 16 bits.
        channels_last: Memory format of feature maps.
        seconds: For one image, forth and back, as measured; 0 if it was not.
    """

    device: str
    bf16: bool
    channels_last: bool
    seconds: float = 0.0

    def shown(self) -> dict[str, str]:
        """Return the choice as a run's settings keep it."""
        return {
            "device": self.device,
            "precision": "bf16" if self.bf16 else "fp32",
            "layout": "channels_last" if self.channels_last else "nchw",
        }


def kept_choice(chosen: Mapping[str, str]) -> Choice | None:
    """Return the choice that a run's settings keep, or None; its device may be gone."""
    if not chosen:
        return None
    device = choose_device(chosen["device"])
    return Choice(device, chosen["precision"] == "bf16", chosen["layout"] == "channels_last")


def choose_device(wanted: str) -> str:
    """Return the wanted device if it is there, or for "auto" the best one."""
    there: dict[str, Callable[[], bool]] = {
        "cuda": torch.cuda.is_available,
        "xpu": lambda: hasattr(torch, "xpu") and torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available,
    }
    if wanted != "auto":
        return wanted if wanted in there and there[wanted]() else "cpu"
    return next((name for name, is_there in there.items() if is_there()), "cpu")


def limit_threads(wanted: int, network: Network) -> int:
    """Return how many threads training may use, 0: all cores, and let torch use them.

    Small networks compute on one, beside the thread that prepares the images: dividing a
    millisecond's work costs more than it saves.
    """
    threads = min(wanted, core_count()) if wanted else core_count()
    small = analyse(network).multiply_adds < SMALL
    torch.set_num_threads(1 if small else threads)
    return threads


def choose(make: Callable[[bool], Learner], batch: Batch, settings: Mapping[str, Value]) -> Choice:
    """Return the fastest way to compute that computes rightly.

    Args:
        make: Makes a learner of its own, of a memory format (channels last or not).
        batch: Images to measure with.
        settings: The recipe's options: what is wished there is not measured.
    """
    device = choose_device(str(settings["device"]))
    state = torch.get_rng_state()
    results: dict[tuple[bool, bool], _Trial] = {}
    for bf16, last in _ways(settings):
        try:
            trial = _trial(make(last).to(device), batch, bf16, results)
        except RuntimeError:  # not every device computes in every way
            if not results:
                raise
            continue
        if trial:
            results[bf16, last] = trial
    torch.set_rng_state(state)
    plain = next(iter(results))
    way = min(
        results,
        key=lambda way: results[way].seconds * (1.0 if way != plain else CLEARLY),
    )
    return Choice(device, *way, results[way].seconds)


def _ways(settings: Mapping[str, Value]) -> Iterator[tuple[bool, bool]]:
    """Yield (16 bits, channels last) of what the settings leave open, the plain way first."""
    precision, layout = str(settings["precision"]), str(settings["layout"])
    bits = {"auto": (False, True), "fp32": (False,), "bf16": (True,)}[precision]
    formats = {"auto": (False, True), "nchw": (False,), "channels_last": (True,)}[layout]
    yield from product(bits, formats)


@dataclass(frozen=True)
class _Trial:
    seconds: float
    gradient: torch.Tensor


def _trial(
    learner: Learner, batch: Batch, bf16: bool, others: Mapping[tuple[bool, bool], _Trial]
) -> _Trial | None:
    """Measure one way; None if it is far too slow or computes something else than the first."""
    learner.train()
    device = learner.mean.device
    inputs, labels = tuple(x.to(device) for x in batch.inputs), batch.labels.to(device)
    fastest = min((trial.seconds for trial in others.values()), default=float("inf"))

    def step(images: int) -> float:
        torch.manual_seed(0)  # the same dropout for all
        began = time.perf_counter()
        learner.zero_grad()
        with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            scores = learner(*(x[:images] for x in inputs))
        torch.autograd.backward([functional.cross_entropy(one, labels[:images]) for one in scores])
        return time.perf_counter() - began

    for images in (len(labels), FIRST_IMAGES):  # the very first step may take longer
        if step(FIRST_IMAGES) > HOPELESS * fastest * images:
            return None
    step(len(labels))  # the first step of a size chooses kernels
    seconds = min(step(len(labels)) for _ in range(REPEATS)) / len(labels)
    gradient = _gradient(learner)
    if not others:
        return _Trial(seconds, gradient)
    first = next(iter(others.values()))
    same = functional.cosine_similarity(first.gradient, gradient, dim=0)
    right = bool(torch.isfinite(gradient).all()) and float(same) >= SIMILAR
    return _Trial(seconds, gradient) if right else None


def _gradient(learner: Learner) -> torch.Tensor:
    held = [p.grad.float().flatten() for p in learner.parameters() if p.grad is not None]
    return torch.cat(held).cpu() if held else torch.zeros(1)
