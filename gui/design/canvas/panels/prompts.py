"""Asks over the canvas for a layer, for a card's name or note, and for what is to be found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, QSize

from core.network.editing.grouping import with_group_note
from core.network.editing.layer_edits import with_note
from core.network.naming import rename, rename_group
from core.network.network import Network
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.painting.frames import Frame
from gui.design.canvas.panels.overlays import Overlays
from gui.design.canvas.search_context import SearchContext
from gui.look.appearance import scaled


class Prompts(QObject):
    """Opens the fields over a design and does with the answers what is meant.

    Args:
        design: What is asked about.
        overlays: Hold the fields.
    """

    def __init__(self, design: DrawnDesign, overlays: Overlays) -> None:
        super().__init__(design.view)
        self._design, self._overlays = design, overlays

    def rename(self) -> None:
        """Ask for another name of the selected card or frame, or of the card at the keyboard."""
        scene = self._design.scene
        frame = scene.frames.of(self._design.document.selection)
        if frame is not None and len(scene.selected_cards()) != 1:
            self._rename_frame(frame)
            return
        card = self._design.focus.one_card()
        if card is None:
            return
        face = card.face

        def renamed(network: Network, name: str) -> Network:
            if face.group:
                return rename_group(network, face.name, name)
            return rename(network, face.key, name)

        view, field = self._design.view, self._overlays.name_field
        view.bring(card.rect)
        changing = self._changing(renamed, self.tr("Rename"))
        field.open_at(view.on_screen(card.rect), face.name, changing)

    def _rename_frame(self, frame: Frame) -> None:
        def renamed(network: Network, name: str) -> Network:
            return rename_group(network, frame.name, name)

        view = self._design.view
        view.bring(frame.title)
        place = view.on_screen(frame.title)
        place.setSize(QSize(scaled(180), 1))  # as high as the field
        changing = self._changing(renamed, self.tr("Rename"))
        self._overlays.name_field.open_at(place, frame.name, changing)

    def write_note(self) -> None:
        """Ask for a note on the selected card."""
        card = self._design.focus.one_card()
        if card is None:
            return
        face = card.face

        def noted(network: Network, note: str) -> Network:
            if face.group:
                return with_group_note(network, face.name, note)
            return with_note(network, face.key, note)

        title = " · ".join(filter(None, face.title))
        field, place = self._overlays.note_field, self._design.view.on_screen(card.rect)
        field.open_at(place, title, face.note, self._changing(noted, self.tr("Edit note")))

    def find(self) -> None:
        """Ask for a layer to find."""
        self._overlays.find_bar.open_bar()

    def end_finding(self) -> bool:
        """Look for nothing any more; return whether something was looked for."""
        shown = self._overlays.find_bar.isVisible()
        if shown:
            self._overlays.find_bar.close_bar()
        return shown

    def _changing(
        self, make: Callable[[Network, str], Network], text: str
    ) -> Callable[[str], None]:
        """Return what changes the design by an answer, or says why it cannot be."""
        design = self._design
        return lambda answer: design.change(lambda: make(design.network, answer), text)

    def layer_at(self, screen: QPoint) -> None:
        """Ask for a layer to add at a point of the view: in a wire, or by itself."""
        design, at = self._design, self._design.view.mapToScene(screen)
        wire = design.picture.wire_at(at, 6.0 / min(1.0, design.zoom))
        edge = design.scene.single_edge(wire) if wire else None
        design.search(screen, SearchContext((at.x(), at.y()), edge=edge))

    def layer_here(self) -> None:
        """Ask for a layer where the keyboard is, at the pointer, or else in the middle."""
        view, context = self._design.view, self._design.focus.context()
        if context is None:
            self.layer_at(view.pointer_or_middle())
        else:
            self._design.search(view.mapFromScene(QPointF(*context.position)), context)
