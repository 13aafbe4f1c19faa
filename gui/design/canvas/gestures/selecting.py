"""Selecting by pulling up a rectangle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.painting.hints import Hints


class RubberBand(Gesture):
    """Selects the cards in a rectangle; Shift adds them, Ctrl turns them over."""

    def __init__(self, design: DrawnDesign, start: Pointer) -> None:
        super().__init__(design, start)
        self._before = design.document.selection
        design.scene.select_wires(())

    def update(self, pointer: Pointer) -> None:
        """Show the rectangle and what it would select."""
        if not self.dragged(pointer):
            return
        band = QRectF(self.start.at, pointer.at).normalized()
        self.design.show_hints(Hints(band=band))
        found = frozenset(
            id_ for card in self.design.picture.cards_in(band) for id_ in card.face.members
        )
        self.design.document.select(self._chosen(found, pointer))

    def finish(self, pointer: Pointer) -> None:
        """Select them; a mere click selects nothing."""
        self.design.show_hints()
        if not self.dragged(pointer):
            self.design.document.select(self._chosen(frozenset(), pointer))

    def cancel(self) -> None:
        """Select what was selected before."""
        self.design.show_hints()
        self.design.document.select(self._before)

    def _chosen(self, found: frozenset[str], pointer: Pointer) -> frozenset[str]:
        if pointer.holds(Qt.KeyboardModifier.ControlModifier):
            return self._before ^ found
        if pointer.holds(Qt.KeyboardModifier.ShiftModifier):
            return self._before | found
        return found
