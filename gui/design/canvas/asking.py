"""Asks over the canvas for a card's name, for a note on it, and for what is to be found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.errors import LayerloomError
from core.network.editing import with_note
from core.network.grouping import with_group_note
from core.network.naming import rename, rename_group
from core.network.network import Network

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


class Asking(QObject):
    """Opens the fields over a canvas and does with the answers what is meant.

    Args:
        canvas: What they lie over.
    """

    def __init__(self, canvas: DesignCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas

    def rename(self) -> None:
        """Ask for another name of the selected card, or of the one at the keyboard."""
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
        field.open_at(place, title, face.note, self._changing(noted, self.tr("Write note")))

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
