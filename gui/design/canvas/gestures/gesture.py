"""What all gestures have in common: they begin, follow the pointer, and end or are given up."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, Qt

from core.network.network import Network
from gui.design.canvas.drawn_design import DrawnDesign


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, and which keys are held.

    Attributes:
        at: On the design.
        screen: In the view.
        modifiers: The keys.
    """

    at: QPointF
    screen: QPoint
    modifiers: Qt.KeyboardModifier

    def holds(self, key: Qt.KeyboardModifier) -> bool:
        """Return whether a key is held."""
        return bool(self.modifiers & key)


class Gesture:
    """One thing done with the pointer. Only `finish` changes the design.

    Args:
        design: Where it takes place.
        start: Where it begins.
    """

    cursor: Qt.CursorShape | None = None
    scrolls = True
    """Whether the view moves on while the pointer is held at its edge."""

    def __init__(self, design: DrawnDesign, start: Pointer) -> None:
        self.design = design
        self.start = start

    @property
    def network(self) -> Network:
        """The design."""
        return self.design.document.network

    def update(self, pointer: Pointer) -> None:
        """Follow the pointer."""

    def finish(self, pointer: Pointer) -> None:
        """Do what was meant."""

    def cancel(self) -> None:
        """Leave everything as it was."""

    def dragged(self, pointer: Pointer) -> bool:
        """Return whether the pointer has moved so far that more than a click is meant."""
        way = pointer.screen - self.start.screen
        return way.manhattanLength() >= 4
