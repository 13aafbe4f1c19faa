"""What a part of a network is called in the field: Bottleneck, Inception, Fire and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.network.layers.base.layer import Family
from core.network.layers.convolution import Conv2d
from core.network.layers.merge import Add, Concatenate, Multiply
from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Network, Node


@dataclass(frozen=True)
class Part:
    """Layers that may be a known block.

    Attributes:
        nodes: The layers, in the network's order.
        branches: How many wires arrive at each of its concatenations.
    """

    nodes: Sequence[Node]
    branches: tuple[int, ...]

    @property
    def convolutions(self) -> list[Conv2d]:
        """Those of the part, in order."""
        return [node.layer for node in self.nodes if isinstance(node.layer, Conv2d)]

    @property
    def kernels(self) -> list[tuple[int, int]]:
        """Of its convolutions but those on the shortcut, which PyTorch calls downsample."""
        found = (n for n in self.nodes if ".downsample." not in n.name)
        return [node.layer.kernel_size for node in found if isinstance(node.layer, Conv2d)]

    def count(self, kind: type) -> int:
        """Return how many of its layers are of a kind."""
        return sum(isinstance(node.layer, kind) for node in self.nodes)

    @property
    def depthwise(self) -> int:
        """How many of its convolutions look at each channel by itself."""
        return sum(c.groups == c.out_channels > 1 for c in self.convolutions)


POINT = (1, 1)

KINDS: dict[str, Callable[[Part], bool]] = {
    "MBConv": lambda p: p.depthwise == 1 and p.count(Multiply) == 1 and p.count(Add) < 2,
    "InvertedResidual": lambda p: (
        p.depthwise == 1 and len(p.convolutions) in {2, 3} and p.count(Add) < 2
    ),
    "Bottleneck": lambda p: (
        p.count(Add) == 1
        and len(p.kernels) == 3
        and p.kernels[0] == p.kernels[2] == POINT != p.kernels[1]
    ),
    "BasicBlock": lambda p: p.count(Add) == 1 and len(p.kernels) == 2 and POINT not in p.kernels,
    "Inception": lambda p: len(p.branches) == 1 and p.branches[0] > 2 and len(p.convolutions) > 2,
    "Fire": lambda p: (
        p.branches == (2,) and p.kernels[:1] == [POINT] and sorted(p.kernels[1:]) == [POINT, (3, 3)]
    ),
    "DenseLayer": lambda p: (
        p.kernels == [POINT, (3, 3)]
        and p.count(BatchNorm2d) == 2
        and p.count(Add) == 0
        and not isinstance(p.nodes[0].layer, Conv2d)  # it normalises first
    ),
    "Transition": lambda p: (
        p.kernels == [POINT]
        and p.count(BatchNorm2d) == 1
        and p.nodes[-1].layer.family is Family.POOLING
    ),
    "SqueezeExcitation": lambda p: (
        p.count(Multiply) == 1 and len(p.kernels) == 2 and p.depthwise == 0 and p.count(Add) == 0
    ),
    "ConvBlock": lambda p: (
        len(p.nodes) in {2, 3} and len(p.kernels) == 1 and isinstance(p.nodes[0].layer, Conv2d)
    ),
}
"""The blocks of the classic networks by the names their papers or torchvision give them.

Source: torchvision.models; K. He et al. 2015, C. Szegedy et al. 2014, F. Iandola et al. 2016,
G. Huang et al. 2016, M. Sandler et al. 2018, J. Hu et al. 2017, M. Tan and Q. Le 2019.
"""


def block_name(network: Network, nodes: Sequence[Node]) -> str:
    """Return what a part of a network is called, or ""."""
    branches = tuple(
        len(network.incoming[node.id]) for node in nodes if isinstance(node.layer, Concatenate)
    )
    part = Part(nodes, branches)
    return next((name for name, fits in KINDS.items() if fits(part)), "")


def contents(network: Network, prefix: str, nodes: Sequence[Node]) -> str:
    """Return what lies below a prefix in few words: “Inception”, “3 × Bottleneck”, or "".

    Args:
        network: The design.
        prefix: Of the group.
        nodes: All layers below it, in the network's order.
    """
    own = block_name(network, nodes)
    if own:
        return own
    inner = _inner(prefix, nodes)
    if len(inner) == 1 and len(next(iter(inner.values()))) == len(nodes):
        return contents(network, next(iter(inner)), nodes)
    names = Counter(block_name(network, members) for members in inner.values())
    names.pop("", None)
    if not names or 2 * max(names.values()) < len(inner):
        names = Counter(node.layer.title for node in nodes if node.layer.family in _WEIGHTY)
    most = names.most_common(1)
    return "".join(name if count == 1 else f"{count} × {name}" for name, count in most)


_WEIGHTY = {Family.CONVOLUTION, Family.FULLY_CONNECTED}


def _inner(prefix: str, nodes: Sequence[Node]) -> dict[str, list[Node]]:
    """Return the layers below each prefix that is one part longer."""
    inner: dict[str, list[Node]] = {}
    for node in nodes:
        part, dot, _ = node.name[len(prefix) + 1 :].partition(".")
        if dot:
            inner.setdefault(f"{prefix}.{part}", []).append(node)
    return inner
