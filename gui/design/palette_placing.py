"""Where a layer of the palette goes when no place is said: behind what is selected."""

from __future__ import annotations

from dataclasses import replace

from core.network.editing.adding import Spot, add_entry, arriving, spot_after
from core.network.editing.free_place import free_place
from core.network.layers.base.layer import Shape
from core.network.view.placing import places
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.palette_adding import add_as_step
from gui.design.canvas.search_context import SearchContext


class Placer:
    """Adds entries of the palette to a design.

    Args:
        design: The design as it is drawn.
    """

    def __init__(self, design: DrawnDesign) -> None:
        self._design, self._document = design, design.document

    def anchor(self) -> str:
        """Return the id of the last selected layer in computing order, or ""."""
        selected = self._document.selection
        ids = [id_ for id_ in self._document.network.sortable if id_ in selected]
        return ids[-1] if ids else ""

    def add_behind(self, name: str, node_id: str = "") -> None:
        """Add an entry behind a layer, or else the selection, or in the middle of what is seen."""
        design, document = self._design, self._document
        network, anchor = design.placed(), node_id or self.anchor()
        spot = Spot(inside=document.inside)
        if anchor:
            spot = spot_after(network, anchor, document.inside)
        if not spot.source and spot.edge is None:
            centre = design.view.visible_area().center()
            seen = [p.position for p in places(network, document.inside) if p.position]
            right = free_place([(centre.x(), centre.y())], seen)
            spot = replace(spot, position=(centre.x() + right, centre.y()))
        add_as_step(design, name, lambda: add_entry(network, name, spot, document.analysis))

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
        card = self._design.picture.card_of(id_) if id_ else None
        return card.face.name if card else ""
