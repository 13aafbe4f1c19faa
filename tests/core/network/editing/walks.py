"""Random changes of designs, for the tests that hold whatever the changes were."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from core.network.bypassing import set_bypassed
from core.network.editing.clipboard import copy_fragment, duplicate, paste_fragment
from core.network.editing.freezing import freeze_up_to, set_frozen
from core.network.editing.grouping import fold_all, group, set_folded, unfold_all, ungroup
from core.network.editing.layer_edits import add_layer, remove, with_note, with_settings
from core.network.editing.repeats import counterparts
from core.network.editing.wire_edits import (
    connect,
    disconnect,
    insert_on_wire,
    remove_and_reconnect,
    splice,
)
from core.network.layers.activation import ReLU
from core.network.layers.convolution import Conv2d
from core.network.layers.merge import Add
from core.network.naming import prefixes, rename, rename_group
from core.network.network import Network, NetworkError
from core.network.view.placing import align, distribute, make_room, move

LAYERS = (Conv2d(out_channels=8, kernel_size=(3, 3)), ReLU(), Add())


def some(random: Random, network: Network, most: int = 5) -> list[str]:
    ids = [node.id for node in network.nodes]
    return random.sample(ids, min(len(ids), random.randint(1, most)))


def one(random: Random, network: Network) -> str:
    return random.choice(network.nodes).id


def prefix(random: Random, network: Network) -> str:
    return random.choice(sorted(prefixes(network)) or ["none"])


def place(random: Random) -> tuple[float, float]:
    return float(random.randint(-9, 9) * 40), float(random.randint(-9, 90) * 40)


Change = Callable[[Random, Network], Network]

CHANGES: dict[str, Change] = {
    "add": lambda r, n: add_layer(n, r.choice(LAYERS), place(r))[0],
    "connect": lambda r, n: connect(n, one(r, n), one(r, n), r.choice([None, 0, 1])),
    "disconnect": lambda r, n: disconnect(n, r.choice(n.edges)),
    "splice": lambda r, n: splice(n, r.choice(n.edges), one(r, n)),
    "insert": lambda r, n: insert_on_wire(n, r.choice(n.edges), r.choice(LAYERS[:2]))[0],
    "remove": lambda r, n: remove(n, some(r, n)),
    "reconnect": lambda r, n: remove_and_reconnect(n, some(r, n)),
    "bypass": lambda r, n: set_bypassed(n, some(r, n), r.random() < 0.6),
    "rename": lambda r, n: rename(n, one(r, n), r.choice(["a", "a.b", "α", "conv1", ""])),
    "rename group": lambda r, n: rename_group(n, prefix(r, n), r.choice(["a", "stage", "b.c"])),
    "note": lambda r, n: with_note(n, one(r, n), "naïve"),
    "setting": lambda r, n: with_settings(n, some(r, n), "kernel_size", r.choice([(1, 1), (5, 3)])),
    "together": lambda r, n: with_settings(
        n, counterparts(n, [one(r, n)])[0], "out_channels", r.randint(0, 9)
    ),
    "freeze": lambda r, n: set_frozen(n, some(r, n), r.random() < 0.5),
    "freeze up to": lambda r, n: freeze_up_to(n, one(r, n)),
    "move": lambda r, n: move(n, some(r, n), *place(r)),
    "align": lambda r, n: align(n, some(r, n), r.choice(["left", "centre", "bottom"])),
    "distribute": lambda r, n: distribute(n, some(r, n), r.choice(["horizontal", "vertical"])),
    "room": lambda r, n: make_room(n, one(r, n)),
    "group": lambda r, n: group(n, some(r, n), r.choice(["a", "stem", "b"]))[0],
    "ungroup": lambda r, n: ungroup(n, prefix(r, n)),
    "fold": lambda r, n: set_folded(n, prefix(r, n), r.random() < 0.5),
    "fold all": lambda r, n: fold_all(n),
    "unfold all": lambda r, n: unfold_all(n),
    "paste": lambda r, n: paste_fragment(n, copy_fragment(n, some(r, n)), place(r), True)[0],
    "duplicate": lambda r, n: duplicate(n, some(r, n))[0],
}


def changed(random: Random, network: Network) -> tuple[str, Network]:
    """Return a change's name and what it makes of a network; refused changes change nothing."""
    name = random.choice(list(CHANGES))
    try:
        return name, CHANGES[name](random, network)
    except (NetworkError, IndexError):  # an empty network has nothing to choose from
        return name, network
