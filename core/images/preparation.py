"""How an image becomes a network's input: defined once, written as ONNX nodes, run everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from core.images.reading import Pixels
    from core.onnx.graph_writer import GraphWriter

LONGEST = 8
"""Times the short side; what sticks out beyond is cut off before resizing."""

Side = Annotated[int, msgspec.Meta(ge=1, le=4096)]


LUMA = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in grey. Source: ITU-R BT.601, as in Pillow's mode "L"."""


class Interpolation(StrEnum):
    """How pixels are made between pixels."""

    BICUBIC = "bicubic"
    BILINEAR = "bilinear"


Channels = Annotated[tuple[float, ...], msgspec.Meta(min_length=1, max_length=3)]


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    """The steps from an image of any size to a network's input.

    1. The short side is resized to `resize_to` pixels, the other to ⌊long · `resize_to` / short⌋
       (antialiased, as torchvision does with Pillow, which rounds twice: of a thousand pixels a
       few differ by 1, of a hundred thousand one by 2).
    2. The centred square of `crop` pixels is kept.
    3. For a network that sees grey: 0.299 R + 0.587 G + 0.114 B.
    4. (x − mean) / scale, for each channel.

    Of an image more than `LONGEST` times as long as wide only the middle is resized: it is all that
    is kept, and memory stays bounded.

    Attributes:
        resize_to: Short side after resizing in pixels.
        crop: Side of the network's input in pixels, at most `resize_to`.
        mean: Taken off each channel, in units of 0…255; one number for grey, three for colour.
        scale: Divides each channel, in units of 0…255; as many.
        interpolation: How pixels are made between pixels.
    """

    resize_to: Side = 256
    crop: Side = 224
    mean: Channels = (127.0, 127.0, 127.0)
    scale: Channels = (128.0, 128.0, 128.0)
    interpolation: Interpolation = Interpolation.BICUBIC

    @property
    def channels(self) -> int:
        """Return 3 for colour, 1 for grey."""
        return len(self.mean)

    def describe(self) -> str:
        """Say the steps in a sentence."""
        mean, scale = (", ".join(f"{v:g}" for v in values) for values in (self.mean, self.scale))
        grey = "converted to grey, " if self.channels == 1 else ""
        which = "of grey" if self.channels == 1 else "per RGB channel"
        return (
            f"The short side is resized to {self.resize_to} pixels ({self.interpolation}, "
            f"antialiased), the centred {self.crop} × {self.crop} pixels are kept, {grey}"
            f"then (x − {{{mean}}}) / {{{scale}}} {which}."
        )

    def shown(self, prepared: npt.NDArray[np.float32]) -> Pixels:
        """Return a prepared image as pixels to look at: what the network sees.

        Args:
            prepared: (channels, crop, crop).

        Returns:
            RGB, uint8 (crop, crop, 3).
        """
        mean, scale = (np.reshape(v, (-1, 1, 1)) for v in (self.mean, self.scale))
        pixels = np.clip(np.rint(prepared * scale + mean), 0, 255).astype(np.uint8)
        colours = np.broadcast_to(pixels, (3, *pixels.shape[1:]))
        return np.ascontiguousarray(colours.transpose(1, 2, 0))

    def write(self, graph: GraphWriter, image: str) -> str:
        """Write the steps as ONNX nodes.

        Args:
            graph: Receives the nodes.
            image: Name of the image, uint8 (height, width, 3), any size.

        Returns:
            Name of the prepared image, float32 (1, channels, crop, crop).
        """
        resized = self.write_resizing(graph, image)
        crop = graph.constant(np.array([self.crop] * 2, np.int64))
        return self.write_normalising(graph, _cut_centre(graph, resized, crop, axis=2))

    def write_resizing(self, graph: GraphWriter, image: str) -> str:
        """Write the first step; return the name of the resized image, uint8 (1, 3, H, W)."""
        graph.begin("preparation")
        short = graph.add("ReduceMin", [_size(graph, image)], keepdims=1)
        longest = graph.add("Mul", [short, graph.constant(np.array([LONGEST], np.int64))])
        middle = _cut_centre(graph, image, graph.add("Min", [_size(graph, image), longest]))
        planes = graph.add("Transpose", [middle], perm=[2, 0, 1])
        batch = graph.add("Unsqueeze", [planes, graph.constant(np.array([0], np.int64))])
        target = graph.constant(np.array([self.resize_to], np.int64))
        size = graph.add("Div", [graph.add("Mul", [_size(graph, middle), target]), short])
        cubic = self.interpolation is Interpolation.BICUBIC
        way = {"mode": "cubic", "cubic_coeff_a": -0.5} if cubic else {"mode": "linear"}
        return graph.add(
            "Resize",
            [batch, "", "", size],
            antialias=1,
            exclude_outside=1,  # at the edges Pillow weighs only the pixels that there are
            axes=[2, 3],
            **way,
        )

    def write_normalising(self, graph: GraphWriter, cropped: str) -> str:
        """Write the last two steps, from uint8 (n, 3, H, W) to float32 (n, channels, H, W)."""
        graph.begin("preparation")
        pixels = graph.add("Cast", [cropped], to=1)
        if self.channels == 1:
            shares = np.array(LUMA, np.float32).reshape(1, 3, 1, 1)
            pixels = graph.add("Conv", [pixels, graph.constant(shares)])
        mean, scale = (
            graph.constant(np.array(values, np.float32).reshape(1, -1, 1, 1))
            for values in (self.mean, self.scale)
        )
        return graph.add("Div", [graph.add("Sub", [pixels, mean]), scale])


def _size(graph: GraphWriter, image: str, axis: int = 0) -> str:
    """Write the reading of (height, width), which begin at `axis`."""
    return graph.add("Shape", [image], start=axis, end=axis + 2)


def begin_of_centre(length: int, kept: int) -> int:
    """Return where the centred part of a side begins, in pixels; halves go to the even number.

    Source: torchvision, `transforms.functional.center_crop`, and Python's `round`.
    """
    over = length - kept
    return over // 2 + over % 4 // 3


def _cut_centre(graph: GraphWriter, image: str, size: str, axis: int = 0) -> str:
    """Write the cutting out of the centred (height, width) of an image, as `begin_of_centre`."""
    over = graph.add("Sub", [_size(graph, image, axis), size])
    two, three, four = (graph.constant(np.array([number], np.int64)) for number in (2, 3, 4))
    half = graph.add("Div", [over, two])
    first = graph.add("Add", [half, graph.add("Div", [graph.add("Mod", [over, four]), three])])
    axes = graph.constant(np.array([axis, axis + 1], np.int64))
    return graph.add("Slice", [image, first, graph.add("Add", [first, size]), axes])
