"""Adding what the palette holds where it was dropped or looked for."""

from __future__ import annotations

from core.network.adding import Spot, add_entry
from core.network.network import Network
from core.network.wires import connect
from gui.design.canvas.search_context import SearchContext
from gui.design.document import Document


def added(
    network: Network, name: str, context: SearchContext, document: Document
) -> tuple[Network, tuple[str, ...]]:
    """Return the network with an entry of the palette more, and its layers' ids.

    Args:
        network: The design, with a place for each card.
        name: Of the palette's entry.
        context: Where it goes and what it is wired to.
        document: Says which group is entered.

    Raises:
        NetworkError: The network is full, or the wires would form a circle.
    """
    source, port = context.source or ("", 0)
    spot = Spot(
        source=source,
        source_port=port,
        edge=context.edge,
        take_over=False,
        position=context.position,
        inside=document.inside,
    )
    changed, ids = add_entry(network, name, spot, document.analysis)
    if context.target is not None:
        target, input_port = context.target
        ends = set(ids)
        tail = next(
            (
                id_
                for id_ in reversed(ids)
                if not any(edge.target in ends for edge in changed.outgoing[id_])
            ),
            ids[-1],
        )
        changed = connect(changed, tail, target, input_port)
    return changed, ids
