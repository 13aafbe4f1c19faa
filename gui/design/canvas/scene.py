"""The scene: the design's cards and wires, built from the document's signals alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from core.network.analysis import Analysis, analyse
from core.network.layers.base.layer import Shape
from core.network.network import Edge, Network
from gui.design.canvas.painting.card_painter import CardPainter
from gui.design.canvas.painting.dotted_ground import paint_background
from gui.design.canvas.painting.faces import shape_text
from gui.design.canvas.painting.frames import Frames
from gui.design.canvas.painting.hints import NOTHING, HintPainter, Hints
from gui.design.canvas.painting.layers_of_paint import PaintLayer
from gui.design.canvas.painting.level import Level
from gui.design.canvas.painting.picture import MANY_AREAS, DrawnCard, Picture, areas, grown
from gui.design.canvas.painting.wire import DrawnWire, WireKey
from gui.design.canvas.painting.wire_painter import WirePainter
from gui.design.canvas.shown import Showing
from gui.owners.designs.document import Document

ROOM = 4000.0
"""How far beyond the outermost card the view can be moved, in pixels of the canvas."""


class DesignScene(QGraphicsScene):
    """Draws a document's design, or the preview of a change.

    Args:
        document: Whose design.

    Attributes:
        picture: What is drawn, and where.
        frames: What surrounds unfolded groups.
        level: How much of a card can be seen.
    """

    shown = Signal()
    """The picture is new."""
    placed = Signal()
    """Cards came, went or have other places in the design."""
    heated = Signal()
    """Cards have other colours."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.picture = Picture()
        self.level = Level.FULL
        self._showing = Showing(self.picture)
        self.cards = CardPainter(self.picture)
        self.wires = WirePainter(self.picture)
        self._hints = HintPainter()
        self.frames = Frames(self.picture)
        self._frame_layer = PaintLayer(self.frames.paint, -1)
        self._wire_layer = PaintLayer(self.wires.paint, 0)
        self._card_layer = PaintLayer(self.cards.paint, 1)
        self._hint_layer = PaintLayer(self._hints.paint, 2)
        self._layers = (self._frame_layer, self._wire_layer, self._card_layer, self._hint_layer)
        for layer in self._layers:
            self.addItem(layer)
        document.network_changed.connect(self.refresh)
        document.inside_changed.connect(self.refresh)
        document.preview_changed.connect(self.refresh)
        document.selection_changed.connect(self._show_selection)
        self.refresh()

    @property
    def analysis(self) -> Analysis:
        """Of the design that is drawn."""
        return self._analysis

    @property
    def hints(self) -> Hints:
        """What belongs to the gesture under way."""
        return self._hints.hints

    def refresh(self) -> None:
        """Bring the picture to the design as it is now."""
        document = self._document
        network: Network = document.preview or document.network
        self._analysis = (
            analyse(network, document.analysis) if document.preview else document.analysis
        )
        framed = self.frames.rects()
        changed = self._showing.show(network, self._analysis, document.inside, self.level)
        self.frames.show(network, document.inside)
        self._repaint_frames(framed)
        if changed.places:
            self._fit_layers()
            self.wires.stubs = self._showing.stubs
            self._wire_layer.update()
        self._repaint(changed.dirty)
        self._show_selection()
        self.shown.emit()
        if changed.places:
            self.placed.emit()

    def place(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Draw cards with their middles elsewhere than the design has them."""
        framed = self.frames.rects()
        self._repaint(self.picture.place(places))
        self._repaint_frames(framed)

    def show_hints(self, hints: Hints = NOTHING, scale: float = 1.0) -> None:
        """Show what belongs to a gesture instead of what was shown before."""
        old = self.hints
        if hints is old:
            return
        self._hints.hints = hints
        for area in (old.bounds(scale), hints.bounds(scale)):
            if not area.isNull():  # no rectangle would mean everything
                self._hint_layer.update(area)

    def edges_of(self, key: WireKey) -> tuple[Edge, ...]:
        """Return what a drawn wire stands for: several where it joins folded groups."""
        wire = self._showing.wires.get(key)
        return wire.edges if wire else ()

    def single_edge(self, wire: DrawnWire) -> Edge | None:
        """Return the one wire of the network that a drawn one stands for, or None if several."""
        edges = self.edges_of(wire.key)
        return edges[0] if len(edges) == 1 else None

    def wire_words(self, key: WireKey) -> str:
        """Return what flows through a wire, and between what."""
        source, target = (self.picture.cards[end].face.short for end in key)
        return f"{shape_text(self._shape_in(key))}   {source} → {target}"

    def _shape_in(self, key: WireKey) -> Shape | None:
        """Return what flows through a drawn wire, if that is known."""
        edges = self.edges_of(key)
        if not edges:
            return None
        outputs = self._analysis.results[edges[0].source].outputs
        return outputs[edges[0].source_port] if edges[0].source_port < len(outputs) else None

    def mark_cards(self, *, lit: Iterable[str] | None = None, focus: str | None = None) -> None:
        """Light up cards a gesture may end at, or show where the keyboard is."""
        marks = self.cards.marks
        if lit is not None:
            changed = set(marks.lit) ^ set(lit)
            marks.lit = frozenset(lit)
            self._repaint_cards(changed)
        if focus is not None and focus != marks.focus:
            self._repaint_cards({marks.focus, focus})
            marks.focus = focus

    def hold(self, keys: Iterable[str]) -> None:
        """Draw cards that are dragged on top of all others; none: in their order again."""
        marks = self.cards.marks
        changed = set(marks.held) ^ set(keys)
        marks.held = frozenset(keys)
        self._repaint_cards(changed)

    def show_faint(self, keys: Iterable[str]) -> None:
        """Draw some cards faintly, such as those that are not looked for."""
        self.cards.marks.faint = frozenset(keys)
        self._card_layer.update()

    def show_heat(self, heat: Mapping[str, float] | None) -> None:
        """Colour the cards by shares of 0…1 by their keys, or by nothing."""
        if heat != self.cards.marks.heat:
            self.cards.marks.heat = heat
            self._card_layer.update()
            self.heated.emit()

    def mark_wires(self, **marks: Iterable[WireKey]) -> None:
        """Paint wires otherwise: `selected`, `lit` or `cut`, as `WirePainter` names them."""
        painter = self.wires
        touched: set[WireKey] = set()
        for name, keys in marks.items():
            new = frozenset(keys)
            touched |= new ^ frozenset(getattr(painter, name))
            setattr(painter, name, new)
        wires = self.picture.wires
        self._repaint([wires[key].bounds for key in touched if key in wires])

    def light_wires(self, keys: Iterable[WireKey]) -> None:
        """Light up the wire a layer would be put into."""
        self.mark_wires(lit=keys)

    def select_wires(self, keys: Iterable[WireKey]) -> None:
        """Select wires, by their keys."""
        self.mark_wires(selected=keys)

    def selected_wires(self) -> list[WireKey]:
        """Return the keys of the selected wires."""
        return [key for key in self.wires.selected if key in self.picture.wires]

    def selected_cards(self) -> list[DrawnCard]:
        """Return the selected cards, in the order they are drawn."""
        chosen = self.cards.marks.selected
        return [card for key, card in self.picture.cards.items() if key in chosen]

    def _show_selection(self) -> None:
        selection = self._document.selection
        chosen = frozenset(
            key
            for key, card in self.picture.cards.items()
            if not selection.isdisjoint(card.face.members)
        )
        marks = self.cards.marks
        changed = chosen ^ frozenset(marks.selected)
        if changed:
            marks.selected = chosen
            self._repaint_cards(changed)

    def _fit_layers(self) -> None:
        around = grown(self.picture.bounds(), ROOM)
        if around != self.sceneRect():
            self.setSceneRect(around)
            for layer in self._layers:
                layer.set_bounds(around)

    def _repaint_frames(self, before: Mapping[str, QRectF]) -> None:
        """Paint again where frames came, went or changed their size."""
        now = self.frames.rects()
        for name in before.keys() | now.keys():
            if before.get(name) != now.get(name):
                for rects in (before, now):
                    if name in rects:
                        self._frame_layer.update(grown(rects[name]))

    def _repaint_cards(self, keys: Iterable[str]) -> None:
        cards = self.picture.cards
        self._repaint(areas([cards[key] for key in keys if key in cards]))

    def _repaint(self, areas: Iterable[QRectF]) -> None:
        """Paint areas again; many of them at once cost more than the rectangle around them."""
        few = list(areas)
        if len(few) > MANY_AREAS:
            whole = QRectF()
            for area in few:
                whole = whole.united(area)
            few = [whole]
        for area in few:
            self._card_layer.update(area)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the ground with its grid of dots."""
        paint_background(painter, QRectF(rect))
