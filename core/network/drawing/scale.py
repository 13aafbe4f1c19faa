"""How large feature maps are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.network.layers.base.layer import Shape

LARGEST_SIDE = 190.0
"""Of the largest map's height, in pixels of the picture."""
LARGEST_DEPTH = 84.0
LARGEST_BAR = 190.0
BAR_WIDTH = 12.0
SMALLEST = 3.0
LINEAR_RANGE = 8.0
"""Up to this ratio of largest to smallest, maps of one pixel left out, lengths are drawn as they
are."""
SLANT = 0.4
"""How far back the width of a map leads, to the right and upwards, for each pixel of it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How lengths become pixels: each as it is, or as its square root.

    Attributes:
        side: Largest height or width of a map.
        depth: Most channels of a map.
        bar: Most features of a row.
        root_sides: Whether heights and widths are drawn as their square root.
        root_depths: Whether channels are.
    """

    side: float
    depth: float
    bar: float
    root_sides: bool
    root_depths: bool

    def box(self, shape: Shape, towers: int) -> tuple[float, float, float]:
        """Return depth, height and slanted width of a map's box, or of a bar of features.

        Args:
            shape: Of the map, or of the features.
            towers: Among how many boxes the channels are divided.
        """
        if len(shape) != 3:
            return BAR_WIDTH, self._length(shape[-1], self.bar, LARGEST_BAR, root=True), SMALLEST
        channels, height, width = shape
        return (
            self._length(channels / towers, self.depth, LARGEST_DEPTH, root=self.root_depths),
            self._length(height, self.side, LARGEST_SIDE, root=self.root_sides),
            SLANT * self._length(width, self.side, LARGEST_SIDE, root=self.root_sides),
        )

    @property
    def legend(self) -> str:
        """What has to be known to read lengths off the picture."""
        sides = (
            "the square roots of heights and widths" if self.root_sides else "heights and widths"
        )
        depths = "the square roots of channels" if self.root_depths else "channels"
        bars = "; bars: the square roots of features" if self.bar else ""
        return f"To scale: {sides} of the maps; depths: {depths}{bars}."

    def _length(self, value: float, most: float, pixels: float, *, root: bool) -> float:
        share = value / max(most, 1.0)
        return max(SMALLEST, pixels * (share**0.5 if root else share))


def scale_of(shapes: Iterable[Shape]) -> Scale:
    """Return a scale that shows the smallest of the shapes beside the largest."""
    listed = list(shapes)
    maps = [shape for shape in listed if len(shape) == 3]
    sides = [side for _, *around in maps for side in around if side > 1] or [1]
    depths = [channels for channels, _, _ in maps] or [1]
    bars = [shape[-1] for shape in listed if len(shape) != 3]
    return Scale(
        side=max(sides),
        depth=max(depths),
        bar=max(bars, default=0),
        root_sides=max(sides) > LINEAR_RANGE * min(sides),
        root_depths=max(depths) > LINEAR_RANGE * min(depths),
    )
