"""A network's feature maps as boxes to scale, as the figures of LeNet and AlexNet show them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from core.network.analysis import Analysis
from core.network.drawing.colours import DARK, LIGHT, Colours, family_colour
from core.network.drawing.scale import Scale, scale_of
from core.network.drawing.stages import Stage, stages
from core.network.drawing.svg import Drawing, Point, shortened, text_width
from core.network.layers.base.layer import Family
from core.network.network import Network

TOWER_GAP = 26.0
STEP = 46.0
"""Free space between boxes, for the windows' lines."""
LABEL_SIZE = 12.0
SMALL_SIZE = 10.5
LABEL_GAP = 12.0
MOST_LABEL = 150.0


@dataclass(frozen=True, slots=True)
class Box:
    """A map in its place, or a bar of features.

    Attributes:
        left: Of its front, as `top`.
        depth: Across the page: the channels.
        height: Of the map.
        back: How far its width leads to the right and upwards.
    """

    left: float
    top: float
    depth: float
    height: float
    back: float

    @property
    def right(self) -> float:
        """Of its front."""
        return self.left + self.depth

    def on_face(self, across: float, down: float) -> Point:
        """Return a point of its face, the map itself; both 0…1 from the near upper corner."""
        back = self.back * across
        return self.right + back, self.top + self.height * down - back


def block_picture(
    network: Network, analysis: Analysis, *, dark: bool = False, title: str = ""
) -> str:
    """Return the network's feature maps as boxes to scale, as SVG.

    Args:
        network: The design.
        analysis: Of it.
        dark: Whether light on dark.
        title: Of the picture, for screen readers.

    Raises:
        NetworkError: There is no feature map to draw.
    """
    shown = stages(network, analysis)
    scale = scale_of([stage.shape for stage in shown])
    colours = DARK if dark else LIGHT
    drawing = Drawing(colours.background)
    places = _places(shown, scale)
    for (stage, boxes), (following, targets) in pairwise(zip(shown, places, strict=True)):
        _draw_step(drawing, colours, (stage, boxes), (following, targets))
    bottom = max(box.top + box.height for boxes in places for box in boxes)
    for stage, boxes in zip(shown, places, strict=True):
        for box in boxes:
            _draw_box(drawing, colours, box, stage)
        _write_labels(drawing, colours, stage, boxes, bottom)
    for (stage, boxes), (following, targets) in pairwise(zip(shown, places, strict=True)):
        _draw_windows(drawing, colours, (stage, boxes), (following, targets))
    drawing.text(drawing.left, drawing.bottom + 34, scale.legend, SMALL_SIZE, fill=colours.muted)
    return drawing.finished(title or "Feature maps")


def _places(shown: tuple[Stage, ...], scale: Scale) -> list[list[Box]]:
    """Return the boxes of each stage, from left to right, all around one line."""
    places, left = [], 0.0
    for stage in shown:
        depth, height, back = scale.box(stage.shape, stage.towers)
        label = max(text_width(line, LABEL_SIZE) for line in _lines(stage))
        width = depth + back
        side = max(0.0, (label + LABEL_GAP - width - STEP) / 2)
        left += side + (30.0 if stage.skipped else 0.0)
        full = stage.towers * (height + back) + (stage.towers - 1) * TOWER_GAP
        tops = [
            -full / 2 + back + number * (height + back + TOWER_GAP)
            for number in range(stage.towers)
        ]
        places.append([Box(left, top, depth, height, back) for top in tops])
        left += width + STEP + side
    return places


def _draw_box(drawing: Drawing, colours: Colours, box: Box, stage: Stage) -> None:
    colour = family_colour(stage.family)
    style: dict[str, str | float] = {
        "stroke": colours.text,
        "stroke_width": 1,
        "stroke_linejoin": "round",
        "fill": colour,
    }
    left, top, right, low = box.left, box.top, box.right, box.top + box.height
    back = box.back
    front = [(left, top), (right, top), (right, low), (left, low)]
    above = [(left, top), (left + back, top - back), (right + back, top - back), (right, top)]
    face = [(right, top), (right + back, top - back), (right + back, low - back), (right, low)]
    for side, strength in ((front, 0.45), (above, 0.25), (face, 0.7)):
        drawing.polygon(side, **{**style, "fill": colours.background, "stroke": "none"})
        drawing.polygon(side, **style, fill_opacity=strength)


def _lines(stage: Stage) -> tuple[str, str, str, str]:
    """Return what stands below a box: its size, its name, what made it, with which window."""
    if len(stage.shape) == 3:
        channels, height, width = stage.shape
        per = f"{stage.towers} × {channels // stage.towers}" if stage.towers > 1 else f"{channels}"
        size = f"{per} @ {height} × {width}"
    else:
        size = " × ".join(map(str, stage.shape))
    name = shortened(stage.name, LABEL_SIZE, MOST_LABEL)
    return size, name, shortened(stage.kind, SMALL_SIZE, MOST_LABEL), _window_text(stage)


def _window_text(stage: Stage) -> str:
    """Return the size of the window that made a map, and its step if that is not 1."""
    kernel: tuple[int, int] | None = getattr(stage.layer, "kernel_size", None)
    if kernel is None:
        return ""
    stride: tuple[int, int] = getattr(stage.layer, "stride", (1, 1)) or kernel
    step = "" if stride == (1, 1) else f" / {stride[0]}"
    if stride[0] != stride[1]:
        step = f" / {stride[0]} × {stride[1]}"
    return f"{kernel[0]} × {kernel[1]}{step}"


def _write_labels(
    drawing: Drawing, colours: Colours, stage: Stage, boxes: list[Box], bottom: float
) -> None:
    size, name, kind, window = _lines(stage)
    middle = boxes[0].left + (boxes[0].depth + boxes[0].back) / 2
    centred: dict[str, str | float] = {"text_anchor": "middle"}
    drawing.text(
        middle, bottom + 24, size, LABEL_SIZE, fill=colours.text, font_weight=600, **centred
    )
    drawing.text(middle, bottom + 41, name, LABEL_SIZE, fill=colours.text, **centred)
    drawing.text(middle, bottom + 57, kind, SMALL_SIZE, fill=colours.muted, **centred)
    if window:
        drawing.text(middle, bottom + 72, window, SMALL_SIZE, fill=colours.muted, **centred)
    if stage.skipped:
        left = boxes[0].left - STEP / 2 - 15
        drawing.text(left, 4, f"⋯ {stage.skipped} ⋯", LABEL_SIZE, fill=colours.muted, **centred)


Placed = tuple[Stage, list[Box]]


def _draw_step(drawing: Drawing, colours: Colours, source: Placed, target: Placed) -> None:
    """Draw what leads from a stage to the next where no window does: an arrow."""
    if _window(source[0], target[0]):
        return
    for box in source[1]:
        for other in target[1]:
            start = (box.right + box.back / 2 + 4, box.top + box.height / 2 - box.back / 2)
            end = (other.left - 4, other.top + other.height / 2)
            drawing.line([start, end], stroke=colours.muted, stroke_width=1.2)
            _draw_tip(drawing, colours, start, end)


def _draw_tip(drawing: Drawing, colours: Colours, start: Point, end: Point) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    dx, dy = dx / length, dy / length
    root = end[0] - 7 * dx, end[1] - 7 * dy
    drawing.polygon(
        [end, (root[0] - 3 * dy, root[1] + 3 * dx), (root[0] + 3 * dy, root[1] - 3 * dx)],
        fill=colours.muted,
    )


def _window(source: Stage, target: Stage) -> tuple[int, int] | None:
    """Return height and width of the window that makes a map from the one before, if one does."""
    kernel: tuple[int, int] | None = getattr(target.layer, "kernel_size", None)
    if kernel is None or len(source.shape) != 3 or len(target.shape) != 3 or target.skipped:
        return None
    return kernel


def _draw_windows(drawing: Drawing, colours: Colours, source: Placed, target: Placed) -> None:
    """Draw the kernel on a map's face, and lines to the place of the next map it makes."""
    kernel = _window(source[0], target[0])
    if kernel is None:
        return
    _, height, width = source[0].shape
    share = min(1.0, kernel[0] / height), min(1.0, kernel[1] / width)
    groups = getattr(target[0].layer, "groups", 1)
    pooled = target[0].family is Family.POOLING
    for index, box in enumerate(source[1]):
        for other_index, other in enumerate(target[1]):
            across = len(source[1]) == len(target[1]) and index != other_index
            if not (across and (groups > 1 or pooled)):
                _draw_window(drawing, colours, box, other, share, dashed=across)


def _draw_window(
    drawing: Drawing,
    colours: Colours,
    box: Box,
    other: Box,
    share: tuple[float, float],
    *,
    dashed: bool,
) -> None:
    high, wide = share[0] / 2, share[1] / 2
    corners = [
        box.on_face(0.5 + across, 0.5 + down)
        for across, down in ((-wide, -high), (wide, -high), (wide, high), (-wide, high))
    ]
    tip = (other.left + other.depth / 2, other.top + other.height / 2)
    dashes: dict[str, str | float] = {"stroke_dasharray": "4 3"} if dashed else {}
    for corner in corners[1:3]:
        drawing.line([corner, tip], stroke=colours.muted, stroke_width=0.8, **dashes)
    drawing.polygon(
        corners, fill=colours.background, fill_opacity=0.6, stroke=colours.text, stroke_width=0.8
    )
