"""The arithmetic of a window that slides over a feature map, for convolution and pooling."""

from __future__ import annotations

from core.network.layers.layer import Layer, Shape, ShapeError, need_map


def window_positions(size: int, kernel: int, stride: int, before: int, after: int) -> int:
    """Return how many positions a window has along one side.

    ⌊(W − K + P) / S⌋ + 1 with P = before + after.

    Source: PyTorch, `Conv2d`; V. Dumoulin and F. Visin, "A guide to convolution arithmetic for
    deep learning", 2016.
    """
    return (size - kernel + before + after) // stride + 1


def slide(
    layer: Layer,
    shape: Shape,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int, int, int],
) -> tuple[int, int]:
    """Return the (height, width) that a sliding window makes of a feature map.

    Args:
        layer: Named in errors.
        shape: (channels, height, width).
        kernel: (height, width), dilation included.
        stride: (vertical, horizontal).
        padding: (top, left, bottom, right).

    Raises:
        ShapeError: The window is larger than the padded map.
    """
    _, height, width = need_map(layer, shape)
    top, left, bottom, right = padding
    rows = window_positions(height, kernel[0], stride[0], top, bottom)
    columns = window_positions(width, kernel[1], stride[1], left, right)
    if rows < 1 or columns < 1:
        raise ShapeError(
            f"A kernel of {kernel[0]} × {kernel[1]} px does not fit into {height} × {width} px "
            f"with {top + bottom} + {left + right} px of padding",
            hint="Choose a smaller kernel or more padding.",
        )
    return rows, columns
