"""What can be put into a design: layer kinds by family, and blocks; found by what one calls it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from core.network.editing.block_kinds import BLOCK_KINDS
from core.network.layers import LAYER_KINDS
from core.network.layers.base.layer import Family, Layer, Shape
from core.network.layers.base.usual import channels_of
from core.network.layers.convolution import Conv2d
from core.network.network import Builder, Edge, Node

BLOCK = "block"
"""The section of the blocks; the others are the families' values."""

SECTIONS = (
    Family.ENDS.value,
    Family.CONVOLUTION.value,
    Family.POOLING.value,
    Family.ACTIVATION.value,
    Family.NORMALISATION.value,
    Family.FULLY_CONNECTED.value,
    Family.MERGE.value,
    BLOCK,
    Family.REGULARISATION.value,
    Family.REARRANGEMENT.value,
    Family.OPAQUE.value,
)
"""In the order of the palette."""

DEPTHWISE = "depthwise"

FIRST = (
    "Input",
    "Output",
    "Conv2d",
    DEPTHWISE,
    "ConvTranspose2d",
    "MaxPool2d",
    "AvgPool2d",
    "GlobalAvgPool2d",
    "AdaptiveAvgPool2d",
    "ReLU",
    "SiLU",
    "Softmax",
    "BatchNorm2d",
    "LocalResponseNorm",
)
"""What is used most; it comes first in its section."""

DEPTHWISE_WORDS = ("convolution", "conv", "grouped", "mobilenet")


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A layer kind or a block, as the palette shows it.

    Attributes:
        name: What is dragged is called by it: a layer kind's class, or a block's name.
        title: As shown.
        section: One of `SECTIONS`.
        words: What else it is known as.
        summary: What it does, one sentence, or "".
    """

    name: str
    title: str
    section: str
    words: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """The layers that an entry adds, not yet in any network.

    Attributes:
        nodes: Named without the group's prefix.
        edges: Between them.
        heads: The inputs that what arrives goes to: (id, port).
        tail: Id of the layer whose output leaves.
        group: What the group is called, without a number; "" for a layer by itself.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    heads: tuple[tuple[str, int], ...]
    tail: str
    group: str = ""


def _entries() -> dict[str, PaletteEntry]:
    found = [
        PaletteEntry(name, kind.title, kind.family.value, kind.synonyms, _summary(kind))
        for name, kind in LAYER_KINDS.items()
        if not kind.imported
    ]
    summary = "Filters each channel by itself: as many groups as channels."
    depthwise = PaletteEntry(
        DEPTHWISE, "Depthwise conv", Family.CONVOLUTION.value, DEPTHWISE_WORDS, summary
    )
    blocks = [
        PaletteEntry(kind.name, kind.title, BLOCK, kind.words, kind.summary)
        for kind in BLOCK_KINDS.values()
    ]
    everything = [*found, depthwise, *blocks]
    everything.sort(key=lambda entry: (SECTIONS.index(entry.section), _place(entry)))
    return {entry.name: entry for entry in everything}


def _place(entry: PaletteEntry) -> int:
    return FIRST.index(entry.name) if entry.name in FIRST else len(FIRST)


def _summary(kind: type[Layer]) -> str:
    return (kind.__doc__ or "").partition("\n")[0]


PALETTE = _entries()
"""Every entry by its name, section after section."""


def matching(text: str) -> list[PaletteEntry]:
    """Return the entries that a text means, the closest first: by title, name and synonyms.

    Every word of the text must begin a word of what the entry is called, or stand in it.
    """
    wanted = text.casefold().split()
    ranked = [
        (max(ranks), place, entry)
        for place, entry in enumerate(PALETTE.values())
        if (ranks := [_rank(entry, word) for word in wanted] or [0]) and max(ranks) < _NO_MATCH
    ]
    return [entry for _, _, entry in sorted(ranked, key=lambda row: row[:2])]


_NO_MATCH = 4


def _rank(entry: PaletteEntry, word: str) -> int:
    """Return how far an entry is from a word: 0 its title begins with it … `_NO_MATCH` not."""
    title, others = entry.title.casefold(), [entry.name.casefold(), *entry.words]
    if title.startswith(word) or word in others:
        return 0
    if any(part.startswith(word) for part in title.split()):
        return 1
    if any(part.startswith(word) for other in others for part in (other, *other.split())):
        return 2
    return 3 if word in title or any(word in other for other in others) else _NO_MATCH


def new_layer(kind: str, shape: Shape | None = None) -> Layer:
    """Return a layer of a kind as it is usual for what arrives at it.

    Args:
        kind: The class's name, or "depthwise".
        shape: What arrives, if that is known.
    """
    if kind == DEPTHWISE:
        channels = channels_of(shape)
        return Conv2d(out_channels=channels, groups=channels, kernel_size=(3, 3), padding=(1,) * 4)
    return LAYER_KINDS[kind].usual(shape)


def piece_of(name: str, shape: Shape | None = None) -> Piece:
    """Return the layers that an entry adds for what arrives at them.

    Raises:
        KeyError: There is no entry of this name.
    """
    block = BLOCK_KINDS.get(name)
    if block is None:
        layer = new_layer(name, shape)
        stem = layer.usual_name()
        node = Node(id=stem, name=stem, layer=layer)
        head: tuple[tuple[str, int], ...] = () if layer.input_count == 0 else ((stem, 0),)
        return Piece((node,), (), head, stem)
    builder = Builder()
    start = builder.input(1, 1, 1)
    tail = block.build(builder, "b", start, channels_of(shape))
    network = builder.network(tail)
    known = {node.id for node in network.nodes} - {start, "output"}
    nodes = tuple(
        msgspec.structs.replace(node, name=node.name.removeprefix("b."))
        for node in network.nodes
        if node.id in known
    )
    edges = tuple(e for e in network.edges if e.source in known and e.target in known)
    heads = tuple((e.target, e.target_port) for e in network.edges if e.source == start)
    return Piece(nodes, edges, heads, tail, block.stem)
