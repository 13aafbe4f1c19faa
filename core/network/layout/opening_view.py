"""Which groups a network is opened with, so that it can be read at once."""

from __future__ import annotations

from msgspec.structs import replace

from core.network.layout.arrange import arranged
from core.network.network import Group, Network
from core.network.view.placing import places

SHOWN_WHOLE = 64
"""A network of no more layers is shown layer by layer: LeNet-5, AlexNet, ZFNet, every VGG."""
SMALLEST_GROUP = 3
MOST_CARDS = 26
"""A group is not opened where it would show more."""
FEW_CARDS = 12
LARGE_SHARE = 0.8
"""A group that holds more of the layers than this is the network itself: its parts are shown."""


def suggest_groups(network: Network) -> Network:
    """Return the network with its name prefixes as groups, folded so that it is readable.

    A network that has groups already is left as it is.
    """
    if network.groups:
        return network
    tree = _tree(network)
    names = [name for name in tree if name and _is_group(tree, name)]
    small = len(network.nodes) <= SHOWN_WHOLE
    opened = set(names) if small else _opened(tree, names, len(network.nodes))
    groups = tuple(Group(name=name, folded=name not in opened) for name in names)
    return replace(network, groups=groups)


def readable(network: Network) -> Network:
    """Return a network as it is opened: with groups, and arranged unless all has its place."""
    grouped = suggest_groups(network)
    if all(p.position is not None for p in places(grouped)):
        return grouped
    return arranged(grouped)


class _Part:
    """A prefix: how many layers lie below it, and what lies directly below it."""

    def __init__(self) -> None:
        self.layers = 0
        self.children: dict[str, None] = {}


def _tree(network: Network) -> dict[str, _Part]:
    tree: dict[str, _Part] = {"": _Part()}
    for node in network.nodes:
        child, prefix = f"{node.name}:{node.id}", node.name.rpartition(".")[0]
        while True:
            part = tree.setdefault(prefix, _Part())
            part.layers += 1
            part.children[child] = None
            if not prefix:
                break
            child, prefix = prefix, prefix.rpartition(".")[0]
    return tree


def _is_group(tree: dict[str, _Part], name: str) -> bool:
    """Return whether a prefix holds enough, and more than one longer prefix alone."""
    part = tree[name]
    outer = name.rpartition(".")[0]
    alone = bool(outer) and tree[outer].layers == part.layers
    return part.layers >= SMALLEST_GROUP and not alone


def _opened(tree: dict[str, _Part], names: list[str], layers: int) -> set[str]:
    """Return the groups that are shown unfolded."""
    opened: set[str] = set()
    shown = _shown(tree, "")
    cards = len(shown)
    for name in names:  # an outer one comes after those within it
        if name in tree[""].children:
            inner = len(_shown(tree, name))
            large = tree[name].layers > LARGE_SHARE * layers
            if cards - 1 + inner <= (MOST_CARDS if large else 0):
                opened.add(name)
                cards += inner - 1
    for name in names:
        if name in tree[""].children and name not in opened and "." not in name:
            inner = len(_shown(tree, name))
            if inner == tree[name].layers and cards - 1 + inner <= FEW_CARDS:
                opened.add(name)
                cards += inner - 1
    return opened


def _shown(tree: dict[str, _Part], name: str) -> list[str]:
    """Return what is seen of a prefix if it is open: what lies alone in another is passed over."""
    found: list[str] = []
    for child in tree[name].children:
        if child in tree and not _is_group(tree, child):
            found += _shown(tree, child)
        else:
            found.append(child)
    return found
