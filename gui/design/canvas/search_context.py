"""What a search for a layer is for: where it goes and what it is wired to."""

from __future__ import annotations

from dataclasses import dataclass

from core.network.network import Edge
from gui.design.canvas.ports import Port


@dataclass(frozen=True, slots=True)
class SearchContext:
    """Where the layer that is looked for goes.

    Attributes:
        position: (x, y) of its card's middle on the canvas.
        source: What feeds it: (id of a layer, its output), or None.
        target: What it feeds: (id of a layer, its input), or None.
        edge: The wire it is put into, or None.
        take_over: Whether it feeds what `source` has fed so far.
    """

    position: tuple[float, float]
    source: Port | None = None
    target: Port | None = None
    edge: Edge | None = None
    take_over: bool = False
