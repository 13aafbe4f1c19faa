"""Bringing the design, or what is selected of it, into sight."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.painting.picture import around, grown

ROOM, ROOM_INSIDE = 32.0, 64.0
"""Free space around what is brought into sight; inside a group, wires look out of it."""
READABLE, READING = 55.0, 85.0
"""Zoom in percent: a design that would be opened smaller than the one is opened at the other."""


def fit(design: DrawnDesign) -> None:
    """Bring the whole design into sight, no larger than full size."""
    _frame(design, design.picture.bounds())


def show_opened(design: DrawnDesign) -> None:
    """Bring what was just opened or entered into sight: whole, or readable from its top on."""
    fit(design)
    if design.view.percent < READABLE:
        first = min(design.picture.cards.values(), key=lambda card: card.top)
        design.view.show_top(grown(first.rect, _room(design)), READING)


def frame_selection(design: DrawnDesign) -> None:
    """Bring what is selected into sight; the whole design if nothing is."""
    _frame(design, around(design.scene.selected_cards()) or design.picture.bounds())


def _frame(design: DrawnDesign, area: QRectF) -> None:
    shown = grown(area, _room(design)) if area.isValid() else QRectF(-300, -200, 600, 400)
    design.view.show_area(shown)


def _room(design: DrawnDesign) -> float:
    """Return the free space around what is brought into sight."""
    return ROOM_INSIDE if design.document.inside else ROOM
