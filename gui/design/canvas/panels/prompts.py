"""Asks over the canvas for a layer, for a card's name or note, and for what is to be found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QSize

from core.errors import LayerloomError
from core.network.editing.grouping import with_group_note
from core.network.editing.layer_edits import with_note
from core.network.naming import rename, rename_group
from core.network.network import Network
from gui.design.canvas.painting.frames import Frame
from gui.design.canvas.search_context import SearchContext
from gui.look.appearance import scaled

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas
    from gui.design.canvas.gestures.dragging import Dragging


class Asking(QObject):
    """Opens the fields over a canvas and does with the answers what is meant.

    Args:
        canvas: What they lie over.
        dragging: Knows where the pointer is.
    """

    def __init__(self, canvas: DesignCanvas, dragging: Dragging) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._dragging = dragging

    def rename(self) -> None:
        """Ask for another name of the selected card or frame, or of the card at the keyboard."""
        scene = self._canvas.scene_
        frame = scene.frames.of(self._canvas.document.selection)
        if frame is not None and len(scene.selected_cards()) != 1:
            self._rename_frame(frame)
            return
        card = self._canvas.one_card()
        if card is None:
            return
        face = card.face

        def renamed(network: Network, name: str) -> Network:
            if face.group:
                return rename_group(network, face.name, name)
            return rename(network, face.key, name)

        self._canvas.bring(card.rect)
        field, place = self._canvas.overlays.name_field, self._canvas.on_screen(card)
        field.open_at(place, face.name, self._changing(renamed, self.tr("Rename")))

    def _rename_frame(self, frame: Frame) -> None:
        def renamed(network: Network, name: str) -> Network:
            return rename_group(network, frame.name, name)

        canvas = self._canvas
        canvas.bring(frame.title)
        place = canvas.mapFromScene(frame.title).boundingRect()
        place.setSize(QSize(scaled(180), 1))  # as high as the field
        changing = self._changing(renamed, self.tr("Rename"))
        canvas.overlays.name_field.open_at(place, frame.name, changing)

    def write_note(self) -> None:
        """Ask for a note on the selected card."""
        card = self._canvas.one_card()
        if card is None:
            return
        face = card.face

        def noted(network: Network, note: str) -> Network:
            if face.group:
                return with_group_note(network, face.name, note)
            return with_note(network, face.key, note)

        title = " · ".join(filter(None, face.title))
        field, place = self._canvas.overlays.note_field, self._canvas.on_screen(card)
        field.open_at(place, title, face.note, self._changing(noted, self.tr("Edit note")))

    def find(self) -> None:
        """Ask for a layer to find."""
        self._canvas.overlays.find_bar.open_bar()

    def _changing(
        self, make: Callable[[Network, str], Network], text: str
    ) -> Callable[[str], None]:
        """Return what changes the design by an answer, or says why it cannot be."""

        def take(answer: str) -> None:
            try:
                network = make(self._canvas.document.network, answer)
            except LayerloomError as error:
                self._canvas.tell(error)
                return
            self._canvas.change(network, text)

        return take

    def layer(self, screen: QPoint, context: SearchContext) -> None:
        """Ask for a layer to add, at a point of the view."""
        canvas = self._canvas
        canvas.search_wanted.emit(canvas.viewport().mapToGlobal(screen), context)

    def layer_here(self) -> None:
        """Ask for a layer where the keyboard is, at the pointer, or else in the middle."""
        canvas = self._canvas
        context = canvas.keyboard.context()
        if context is not None:
            self.layer(canvas.mapFromScene(QPointF(*context.position)), context)
            return
        screen = self._pointer_place()
        self.layer(screen, self.context_at(canvas.mapToScene(screen)))

    def context_at(self, at: QPointF) -> SearchContext:
        """Return what a search at a point of the canvas is for: in a wire, or by itself."""
        canvas = self._canvas
        wire = canvas.picture.wire_at(at, 6.0 / min(1.0, canvas.zoom))
        edge = canvas.single_edge(wire) if wire else None
        return SearchContext((at.x(), at.y()), edge=edge)

    def place(self) -> tuple[float, float]:
        """Return where pasted layers come to lie: at the pointer, or in the middle."""
        at = self._canvas.mapToScene(self._pointer_place())
        return at.x(), at.y()

    def _pointer_place(self) -> QPoint:
        room, last = self._canvas.viewport().rect(), self._dragging.last
        return last if self._canvas.underMouse() and room.contains(last) else room.center()
