"""Layers that stand in the same place of identical parts of a network."""

from __future__ import annotations

from collections.abc import Sequence

from core.network.editing.repeats import repeats
from core.network.network import Network


def counterparts_of(
    network: Network, ids: Sequence[str], group: str = ""
) -> tuple[tuple[str, ...], int]:
    """Return the ids with those of their counterparts, and how many repeats there are beside.

    Args:
        network: The design.
        ids: Of layers that lie in one part.
        group: The part itself where all of it is meant, or "".
    """
    names = {network.by_id[id_].name for id_ in ids}
    found = [
        (prefix, same)
        for same in repeats(network)
        for prefix in same
        if (not group or prefix == group) and all(n.startswith(f"{prefix}.") for n in names)
    ]
    if not found:
        return tuple(ids), 0
    own, same = min(found, key=lambda pair: len(pair[0]))
    wanted = {prefix + name[len(own) :] for name in names for prefix in same}
    return tuple(node.id for node in network.nodes if node.name in wanted), len(same) - 1
