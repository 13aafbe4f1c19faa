"""Where a layer of the palette goes when no place is said: behind what is selected."""

from __future__ import annotations

from dataclasses import replace

from core.errors import LayerloomError
from core.network.editing.adding import Spot, add_entry, arriving, spot_after
from core.network.editing.free_place import free_place
from core.network.editing.palette import PALETTE
from core.network.layers.base.layer import Shape
from core.network.view.placing import places
from gui.design.canvas.canvas import DesignCanvas
from gui.design.canvas.search_context import SearchContext
from gui.look.core_texts import translated
from gui.owners.document import Document


class Placer:
    """Adds entries of the palette to a document.

    Args:
        document: The design.
        canvas: Says what is in sight, and what a card is called.
    """

    def __init__(self, document: Document, canvas: DesignCanvas) -> None:
        self._document, self._canvas = document, canvas

    def anchor(self) -> str:
        """Return the id of the last selected layer in computing order, or ""."""
        selected = self._document.selection
        ids = [id_ for id_ in self._document.network.sortable if id_ in selected]
        return ids[-1] if ids else ""

    def add_behind(self, name: str, node_id: str = "") -> None:
        """Add an entry behind a layer, or else the selection, or in the middle of what is seen."""
        document, canvas = self._document, self._canvas
        network, anchor = canvas.placed(), node_id or self.anchor()
        spot = Spot(inside=document.inside)
        if anchor:
            spot = spot_after(network, anchor, document.inside)
        if not spot.source and spot.edge is None:
            centre = canvas.visible_area().center()
            seen = [p.position for p in places(network, document.inside) if p.position]
            right = free_place([(centre.x(), centre.y())], seen)
            spot = replace(spot, position=(centre.x() + right, centre.y()))
        try:
            changed, ids = add_entry(network, name, spot, document.analysis)
        except LayerloomError as error:
            canvas.tell(error)
            return
        document.change(changed, canvas.tr("Add {0}").format(translated(PALETTE[name].title)))
        document.select(ids)
        document.reveal_requested.emit(ids[-1])

    def arriving(self, context: SearchContext, anchor: str = "") -> Shape | None:
        """Return the shape that arrives where a layer is looked for, if it is known."""
        if anchor:
            spot = spot_after(self._document.network, anchor, self._document.inside)
        else:
            source, port = context.source or ("", 0)
            spot = Spot(source=source, source_port=port, edge=context.edge)
        return arriving(self._document.analysis, spot)

    def called(self, context: SearchContext, anchor: str = "") -> str:
        """Return what the card is called that a layer is inserted after, or ""."""
        id_ = anchor or (context.source[0] if context.source else "")
        if context.edge is not None:
            id_ = context.edge.source
        card = self._canvas.picture.card_of(id_) if id_ else None
        return card.face.name if card else ""
