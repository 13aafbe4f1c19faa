"""The arithmetic of a window that slides over a feature map, for convolution and pooling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.network.layers.base.formula import Formula, Value, formula
from core.network.layers.base.layer import FieldStep, ShapeError

Pair = tuple[int, int]
Four = tuple[int, int, int, int]


SETTINGS = {"K": "kernel_size", "S": "stride", "D": "dilation", "P": "padding"}
"""Of convolution and pooling, by their symbols."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A window along one side of the map; all in pixels.

    Attributes:
        size: Of the map, W.
        kernel: Of the window, K.
        stride: Its step, S.
        before: Padding at the top or left.
        after: Padding at the bottom or right.
        dilation: Distance between its taps, D.
        ceil: Whether a window that reaches past the edge counts.
    """

    size: int
    kernel: int
    stride: int
    before: int
    after: int
    dilation: int = 1
    ceil: bool = False

    @property
    def reach(self) -> int:
        """Return how far the window reaches: D · (K − 1) + 1."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def room(self) -> int:
        """Return how far the window can move: W − reach + padding."""
        return self.size - self.reach + self.before + self.after

    @property
    def positions(self) -> int:
        """Return the number of positions: ⌊room / S⌋ + 1, or with ⌈⌉ in ceil mode.

        In ceil mode the last window must begin inside the map or the padding before it.

        Source: PyTorch, `Conv2d`, `MaxPool2d`; V. Dumoulin and F. Visin, "A guide to convolution
        arithmetic for deep learning", 2016.
        """
        if not self.ceil:
            return self.room // self.stride + 1
        count = -(-self.room // self.stride) + 1
        return count - ((count - 1) * self.stride >= self.size + self.before)

    @property
    def overhang(self) -> int:
        """Return how far the last window of ceil mode reaches over the padded end."""
        return max(0, (self.positions - 1) * self.stride - self.room)

    @property
    def unused(self) -> int:
        """Return how many pixels at the end, padding included, no window reaches."""
        return max(0, self.room - (self.positions - 1) * self.stride)

    def formula(self, vertical: bool, settings: Mapping[str, str] = SETTINGS) -> Formula:
        """Return how the number of positions comes about.

        Args:
            vertical: Whether the side is the height.
            settings: The layer's setting behind each symbol; what it has no setting for is fixed.
        """
        axis = 0 if vertical else 1
        size, name = ("H", "Output height") if vertical else ("W", "Output width")
        values: dict[str, Value] = {
            size: (self.size, f"input:0:{axis + 1}"),
            "K": (self.kernel, _link(settings, "K", axis)),
            "S": (self.stride, _link(settings, "S", axis)),
            "D": (self.dilation, _link(settings, "D", axis)),
            "P": (self.before, _link(settings, "P", axis)),
            "P_after": (self.after, _link(settings, "P", axis + 2)),
        }
        kernel = "{K}" if self.dilation == 1 else "{D} · ({K} − 1) − 1"
        padding = "2·{P}" if self.before == self.after else "{P} + {P_after}"
        left, right = "⌈⌉" if self.ceil else "⌊⌋"
        pattern = f"{left}({{{size}}} − {kernel} + {padding}) / {{S}}{right} + 1"
        exact = self.room / self.stride + 1
        rounded = f"{exact:g} → " if exact != self.positions else ""
        return formula(name, pattern, values, f"{rounded}{self.positions}", self._note(vertical))

    def _note(self, vertical: bool) -> str:
        line = "row" if vertical else "column"
        if self.overhang:
            return f"the last window extends {_count(self.overhang, line)} past the edge"
        if not self.unused:
            return ""
        where = "; it is in the padding" if self.unused == 1 else "; they are in the padding"
        verb = "is" if self.unused == 1 else "are"
        return (
            f"{_count(self.unused, line)} {verb} not used"
            f"{where if self.unused <= self.after else ''}"
        )


def _link(settings: Mapping[str, str], symbol: str, place: int) -> str:
    return f"setting:{settings[symbol]}:{place}" if symbol in settings else ""


def _count(pixels: int, line: str) -> str:
    return f"one pixel {line}" if pixels == 1 else f"{pixels} pixel {line}s"


def axes(
    size: Pair,
    kernel: Pair,
    stride: Pair,
    padding: Four,
    dilation: Pair = (1, 1),
    ceil: bool = False,
) -> tuple[Axis, Axis]:
    """Return the vertical and the horizontal side of a window over a map (height, width)."""
    top, left, bottom, right = padding
    return (
        Axis(size[0], kernel[0], stride[0], top, bottom, dilation[0], ceil),
        Axis(size[1], kernel[1], stride[1], left, right, dilation[1], ceil),
    )


def output_size(rows: Axis, columns: Axis) -> Pair:
    """Return the (height, width) that a sliding window makes.

    Raises:
        ShapeError: The window is larger than the padded map.
    """
    if rows.positions >= 1 and columns.positions >= 1:
        return rows.positions, columns.positions
    kernel = (
        f"{rows.reach} × {columns.reach} px" if rows.reach != columns.reach else f"{rows.reach} px"
    )
    raise ShapeError(
        f"A kernel of {kernel} does not fit into {rows.size} × {columns.size} px with "
        f"{max(rows.before, columns.before)} px of padding",
        why=f"The padded map has {rows.size + rows.before + rows.after} × "
        f"{columns.size + columns.before + columns.after} px: no position is left.",
        hint="Choose a smaller kernel or more padding, or a larger input image.",
    )


def field_step(rows: Axis, columns: Axis) -> FieldStep:
    """Return how a sliding window widens the receptive field."""
    return FieldStep((rows.reach, columns.reach), (rows.stride, columns.stride))


def symmetric(padding: Four) -> Pair | None:
    """Return (top and bottom, left and right), or None where the sides differ."""
    top, left, bottom, right = padding
    return (top, left) if (top, left) == (bottom, right) else None
