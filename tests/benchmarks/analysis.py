"""Analysis of ResNet-152 beside torchinfo's summary of the same model, in the same run.

Run with `python tests/benchmarks/analysis.py`; it needs torch, torchvision and torchinfo.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torchinfo
import torchvision

from core.network.analysis import analyse
from core.network.results import measure
from core.network.templates import TEMPLATES

ROUNDS = 15


def milliseconds(task: Callable[[int], object], before: Callable[[], object]) -> list[float]:
    """Return the times of the rounds, each after `before`."""
    times = []
    for number in range(ROUNDS):
        before()
        start = time.perf_counter()
        task(number)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def main() -> None:
    """Print the times, their spread, and the ratios."""
    template = TEMPLATES["resnet152"]
    network = template.build(1000)
    known = analyse(network)
    model = torchvision.models.resnet152(weights=None).eval()

    def peer(_: int) -> object:
        return torchinfo.summary(model, (1, 3, 224, 224), verbose=0, device="meta")

    def nothing() -> None:
        pass

    def edit(number: int) -> object:
        kernel = (1 + 2 * (number % 2), 1)
        return analyse(network.with_setting("layer4.2.conv3", "kernel_size", kernel), known)

    def whole(_: int) -> object:
        return analyse(template.build(1000))

    theirs = milliseconds(peer, nothing)
    tasks: dict[str, list[float]] = {
        "torchinfo 1.8, device meta": theirs,
        "build and analyse all, nothing known": milliseconds(whole, measure.cache_clear),
        "an edit near the end": milliseconds(edit, nothing),
    }
    for name, times in tasks.items():
        middle, ratio = (
            statistics.median(times),
            statistics.median(theirs) / statistics.median(times),
        )
        print(f"{name:40} {middle:8.2f} ms ({times[0]:.2f}…{times[-1]:.2f})  ratio {ratio:7.1f}")
    slowest = max(
        (milliseconds(lambda _, t=t: t.build(1000), nothing)[ROUNDS // 2], t.name)
        for t in TEMPLATES.values()
    )
    print(f"opening a template: at most {slowest[0]:.2f} ms ({slowest[1]})")


if __name__ == "__main__":
    main()
