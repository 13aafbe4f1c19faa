"""Arranging and seeing ResNet-152 layer by layer, and a random network of its size.

Run with `python tests/benchmarks/arrange.py`; `--peer` adds Graphviz's `dot` where it is installed.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.network.analysis import analyse
from core.network.layout.arrange import arrange, arranged
from core.network.layout.opening_view import readable
from core.network.layout.routing import Ends, Obstacles
from core.network.templates import TEMPLATES
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH
from core.network.view.cards import View, cards

ROUNDS = 15
NODES = 515


def milliseconds(task: Callable[[], object]) -> list[float]:
    """Return the times of the rounds, the shortest first."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        task()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def random_wires(count: int, extra: int, reach: int) -> list[tuple[str, str]]:
    """Return a chain with branches: each card fed by one shortly before it, and some by more."""
    generator = random.Random(7)
    wires = [(max(0, n - generator.randint(1, 3)), n) for n in range(1, count)]
    for _ in range(extra):
        target = generator.randint(2, count - 1)
        wires.append((max(0, target - generator.randint(2, reach)), target))
    return [(str(source), str(target)) for source, target in wires]


def obstacles_of(view: View) -> tuple[list[tuple[float, float, float, float]], list[Ends]]:
    """Return the cards' rectangles and the wires' ends."""
    at = {card.id: card.position or (0.0, 0.0) for card in view.cards}
    wide, high = CARD_WIDTH / 2, CARD_HEIGHT / 2
    boxes = [(x - wide, y - high, x + wide, y + high) for x, y in at.values()]
    ends = [
        ((at[w.source][0], at[w.source][1] + high), (at[w.target][0], at[w.target][1] - high))
        for w in view.wires
    ]
    return boxes, ends


def dot(cards_: list[str], wires: list[tuple[str, str]]) -> Callable[[], object]:
    """Return a run of Graphviz on the same cards."""
    lines = [f"n{card} [shape=box width=2.9 height=0.8];" for card in cards_]
    lines += [f"n{source} -> n{target};" for source, target in wires]
    graph = "digraph {" + "\n".join(lines) + "}"
    return lambda: subprocess.run(
        ["dot", "-Tplain"], input=graph.encode(), capture_output=True, check=True
    )


def main() -> None:
    """Print the times and their spread."""
    whole = arranged(TEMPLATES["resnet152"].build(1000))
    analysis = analyse(whole)
    view = cards(whole, analysis)
    boxes, ends = obstacles_of(view)
    ids = [str(number) for number in range(NODES)]
    short, far = random_wires(NODES, 150, 12), random_wires(NODES, 60, 120)
    bare = TEMPLATES["resnet152"].build(1000)
    tasks: dict[str, Callable[[], object]] = {
        "arrange ResNet-152, 517 cards": lambda: arranged(bare),
        "arrange 515 cards, 664 wires": lambda: arrange(ids, short),
        "arrange 515 cards, 574 wires, some long": lambda: arrange(ids, far),
        "open ResNet-152: groups and places": lambda: readable(bare),
        "open DenseNet-121: groups and places": lambda: readable(dense),
        "cards of ResNet-152 unfolded": lambda: cards(whole, analysis),
        "the same with what was known": lambda: cards(whole, analysis, "", view),
        f"route all its {len(ends)} wires": lambda: Obstacles(boxes).routes(ends),
    }
    dense = TEMPLATES["densenet121"].build(1000)
    if "--peer" in sys.argv and shutil.which("dot"):
        tasks["Graphviz dot, 515 cards, 664 wires"] = dot(ids, short)
    for name, task in tasks.items():
        times = milliseconds(task)
        middle = statistics.median(times)
        print(f"{name:42} {middle:8.2f} ms ({times[0]:.2f}…{times[-1]:.2f})")


if __name__ == "__main__":
    main()
