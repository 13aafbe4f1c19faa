"""Adding what the palette holds where it was dropped or looked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from core.network.editing.adding import Spot, add_entry
from core.network.editing.palette import PALETTE
from core.network.editing.wire_edits import connect
from core.network.network import Edge, Network
from core.network.view.card_size import CARD_WIDTH, PITCH_DOWN, Position
from core.network.view.placing import places
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.search_context import SearchContext
from gui.look.core_texts import translated
from gui.owners.designs.document import Document

Added = tuple[Network, tuple[str, ...]]
"""The network with an entry of the palette more, and its layers' ids."""


def place_entry(design: DrawnDesign, name: str, context: SearchContext) -> None:
    """Add what the palette holds where it is wanted, as one step, and select it.

    Args:
        design: What it is added to.
        name: Of the palette's entry.
        context: Where it goes and what it is wired to.
    """
    add_as_step(design, name, lambda: _added(design.placed(), name, context, design.document))


def add_as_step(design: DrawnDesign, name: str, make: Callable[[], Added]) -> None:
    """Add an entry of the palette as one step, select it and bring it into sight.

    Args:
        design: What it is added to.
        name: Of the palette's entry.
        make: Returns the design with it.
    """
    made = design.attempt(make)
    if made is None:
        return
    network, ids = made
    text = QCoreApplication.translate("PaletteAdding", "Add {0}")
    design.document.change(network, text.format(translated(PALETTE[name].title)))
    design.document.select(ids)
    design.document.reveal_requested.emit(ids[-1])


def _added(network: Network, name: str, context: SearchContext, document: Document) -> Added:
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
    position = context.position
    if context.edge is not None:
        position = place_in_wire(network, context.edge, position, document.inside)
    spot = Spot(
        source=source,
        source_port=port,
        edge=context.edge,
        take_over=context.take_over,
        position=position,
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


def place_in_wire(network: Network, edge: Edge, at: Position, inside: str) -> Position:
    """Return where a card comes to lie in a wire: near a point, but clear of the card above.

    The cards below make room; the one that the wire comes from stays.

    Args:
        network: The design.
        edge: The wire.
        at: The point.
        inside: The group that is entered, or "".
    """
    above = next((p.position for p in places(network, inside) if edge.source in p.ids), None)
    if above is None or abs(at[0] - above[0]) >= CARD_WIDTH:
        return at
    return above[0], max(at[1], above[1] + PITCH_DOWN)
