"""Where the keyboard is on the canvas, and how it goes from card to card and along wires."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.network.view.card_size import PITCH_DOWN
from gui.design.canvas.painting.picture import DrawnCard
from gui.design.canvas.ports import output_of
from gui.design.canvas.scene import DesignScene
from gui.design.canvas.screen_reader import say
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.tab_stops import Stop, next_stop, stops
from gui.design.canvas.zoom_view import ZoomView
from gui.owners.designs.document import Document


class Focus(QObject):
    """Keeps the card or wire that the keyboard is at.

    Args:
        document: Whose design.
        scene: Where it is painted.
        view: Where it is seen, and what has the keyboard.

    Attributes:
        stop: The card or wire, or None.
        walked: Whether it came there by keys, and the pointer has not moved since.
    """

    def __init__(self, document: Document, scene: DesignScene, view: ZoomView) -> None:
        super().__init__(view)
        self._document, self._scene, self._view = document, scene, view
        self.stop: Stop | None = None
        self.walked = False
        document.reveal_requested.connect(self.reveal)
        scene.shown.connect(self._keep)

    @property
    def key(self) -> str:
        """Key of the card that the keyboard is at, or ""."""
        return self.stop if isinstance(self.stop, str) else ""

    def put_at(self, key: str) -> None:
        """Bring the keyboard to a card, by its key; "" takes it from where it is."""
        self.stop = key or None
        self.show()
        card = self._scene.picture.cards.get(key)
        say(self._view, card.face.spoken if card else "")

    def reveal(self, node_id: str) -> None:
        """Bring a layer's card into sight, and the keyboard to it."""
        document = self._document
        node, inside = document.network.by_id.get(node_id), document.inside
        if node is not None and inside and not node.name.startswith(f"{inside}."):
            document.enter("")
        card = self._scene.picture.card_of(node_id)
        if card is not None:
            self.put_at(card.face.key)
            self._view.bring(card.rect)

    def walk(self, step: int) -> bool:
        """Go to the next card or wire; return False beyond the last one."""
        found = stops(self._scene.picture, self._document.network)
        self.walked = True
        self._go_to(next_stop(found, self.stop, step))
        return self.stop is not None

    def one_card(self) -> DrawnCard | None:
        """Return the selected card, or the one the keyboard is at."""
        cards = self._scene.selected_cards()
        return cards[0] if len(cards) == 1 else self._scene.picture.cards.get(self.key)

    def context(self) -> SearchContext | None:
        """Return where a layer that is looked for goes: in the wire walked to, or behind the card.

        None where nothing was walked to, or something is selected: then that says where.
        """
        stop, picture = self.stop, self._scene.picture
        if not self.walked or stop is None or self._document.selection:
            return None
        if isinstance(stop, str):
            card = picture.cards.get(stop)
            source = output_of(self._document.network, card.face, 0) if card else None
            if card is None or source is None or not card.face.outputs:
                return None
            place = card.middle[0], card.middle[1] + PITCH_DOWN
            return SearchContext(place, source=source, take_over=True)
        wire = picture.wires.get(stop)
        edge = self._scene.single_edge(wire) if wire else None
        middle = wire.path.pointAtPercent(0.5) if wire else None
        return SearchContext((middle.x(), middle.y()), edge=edge) if edge and middle else None

    def select(self) -> None:
        """Select the card the keyboard is at, or take it out of the selection."""
        card = self._scene.picture.cards.get(self.key)
        if card is None:
            return
        members, selection = frozenset(card.face.members), self._document.selection
        self._document.select(selection - members if members <= selection else selection | members)

    def show(self) -> None:
        """Show where the keyboard is, for as long as the view has it."""
        self._scene.mark_cards(focus=self.key if self._view.hasFocus() else "")

    def _go_to(self, stop: Stop | None) -> None:
        """Show what the keyboard has come to: a card or a wire."""
        scene, view = self._scene, self._view
        if stop is None or isinstance(stop, str):
            scene.select_wires(())
            self.put_at(stop or "")
            if stop:
                view.bring(scene.picture.cards[stop].rect)
            return
        self.put_at("")
        self.stop = stop
        self._document.select(())
        scene.select_wires([stop])
        view.bring(scene.picture.wires[stop].bounds)
        say(view, scene.wire_words(stop))

    def _keep(self) -> None:
        """Follow a card that says something else now, and let go of one that is gone."""
        card = self._scene.picture.cards.get(self.key)
        if card is None and self.key:
            self.stop = None
        self.show()
        if card is not None:
            say(self._view, card.face.spoken)
