"""Blocks of several layers that the papers made known, to be put into any network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.network.network import Builder
from core.network.templates.densenet import dense_block
from core.network.templates.efficientnet import squeeze_excite
from core.network.templates.inception import Inception, inception_module
from core.network.templates.mobilenet import conv_norm, inverted_bottleneck
from core.network.templates.resnet import basic_block, bottleneck
from core.network.templates.squeezenet import fire_module


@dataclass(frozen=True, slots=True)
class BlockKind:
    """A block.

    Attributes:
        name: In the code.
        title: As shown.
        stem: What its group is called, without a number.
        words: What else it is known as.
        summary: What it does, one sentence.
        build: Adds its layers below a prefix, behind a layer, for so many channels, and returns
            the last one's id.
    """

    name: str
    title: str
    stem: str
    words: tuple[str, ...]
    summary: str
    build: Callable[[Builder, str, str, int], str]


def _residual(b: Builder, name: str, source: str, channels: int) -> str:
    return basic_block(b, name, source, channels, channels, stride=1)


def _bottleneck(b: Builder, name: str, source: str, channels: int) -> str:
    return bottleneck(b, name, source, channels, channels, max(1, channels // 4), 1, 1)


def _inception(b: Builder, name: str, source: str, channels: int) -> str:
    """Share the channels out as the paper's module 3a does: 64, 128, 32 and 32 of 256."""
    quarter, eighth = max(1, channels // 4), max(1, channels // 8)
    rest = max(1, channels - quarter - 2 * eighth)
    reduce = (max(1, 3 * channels // 8), max(1, channels // 16))
    row = Inception(name, quarter, reduce[0], rest, reduce[1], eighth, eighth)
    return inception_module(b, row, source, name)


def _squeeze_excite(b: Builder, name: str, source: str, channels: int) -> str:
    return squeeze_excite(b, name, source, channels, max(1, channels // 16))


def _separable(b: Builder, name: str, source: str, channels: int) -> str:
    x = conv_norm(b, f"{name}.depthwise", source, channels, 3, groups=channels)
    return conv_norm(b, f"{name}.pointwise", x, channels, 1)


def _inverted(b: Builder, name: str, source: str, channels: int) -> str:
    return inverted_bottleneck(b, name, source, channels, 6, channels, 1)


def _fire(b: Builder, name: str, source: str, channels: int) -> str:
    return fire_module(b, name, source, max(1, channels // 8), max(1, channels // 2))


def _dense(b: Builder, name: str, source: str, channels: int) -> str:
    return dense_block(b, name, source, 4, 32)


BLOCK_KINDS: dict[str, BlockKind] = {
    kind.name: kind
    for kind in (
        BlockKind(
            "residual",
            "Residual block",
            "residual",
            ("resnet", "skip", "shortcut", "basic block"),
            "Two 3 × 3 convolutions and a skip connection.",
            _residual,
        ),
        BlockKind(
            "bottleneck",
            "Bottleneck block",
            "bottleneck",
            ("resnet", "residual", "skip", "shortcut"),
            "1 × 1, 3 × 3 and 1 × 1 convolutions and a skip connection.",
            _bottleneck,
        ),
        BlockKind(
            "inception",
            "Inception module",
            "inception",
            ("googlenet", "branches"),
            "Kernels of several sizes side by side, their results joined.",
            _inception,
        ),
        BlockKind(
            "squeeze_excite",
            "Squeeze and excitation",
            "se",
            ("se", "attention", "senet"),
            "Weights each channel by a number computed from the means of all.",
            _squeeze_excite,
        ),
        BlockKind(
            "separable",
            "Depthwise separable conv",
            "separable",
            ("mobilenet", "depthwise", "pointwise", "convolution"),
            "A filter for each channel by itself, then 1 × 1 across the channels.",
            _separable,
        ),
        BlockKind(
            "inverted_bottleneck",
            "Inverted bottleneck",
            "inverted",
            ("mobilenet", "mbconv", "residual"),
            "Widens six times, filters each channel by itself and narrows again.",
            _inverted,
        ),
        BlockKind(
            "fire",
            "Fire module",
            "fire",
            ("squeezenet",),
            "Few 1 × 1 filters, then 1 × 1 and 3 × 3 side by side.",
            _fire,
        ),
        BlockKind(
            "dense",
            "Dense block",
            "dense",
            ("densenet",),
            "Four layers, each of which sees the outputs of all before it.",
            _dense,
        ),
    )
}
"""Every block by its name."""
