"""The design as it is drawn: what gestures, keys and panels of the canvas work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QPoint

from core.errors import LayerloomError
from core.network.network import Network
from gui.design.canvas.focus import Focus
from gui.design.canvas.painting.hints import NOTHING, Hints
from gui.design.canvas.painting.picture import Picture
from gui.design.canvas.scene import DesignScene
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.shown import placed
from gui.design.canvas.zoom_view import ZoomView
from gui.owners.designs.document import Document

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class DrawnDesign:
    """A document's design in the view that shows it.

    Attributes:
        document: Whose design: what is selected, and what changes it.
        scene: What is painted.
        view: What is in sight, and how large.
        focus: Where the keyboard is.
        tell: Says why something cannot be done.
        search: Asks for a layer to add, at a point of the view.
    """

    document: Document
    scene: DesignScene
    view: ZoomView
    focus: Focus
    tell: Callable[[LayerloomError], None]
    search: Callable[[QPoint, SearchContext], None]

    @property
    def network(self) -> Network:
        """The design."""
        return self.document.network

    @property
    def picture(self) -> Picture:
        """What is drawn, and where."""
        return self.scene.picture

    @property
    def zoom(self) -> float:
        """Screen pixels for each of the canvas."""
        return self.view.zoom

    def placed(self) -> Network:
        """Return the design with a place for every card that is seen."""
        return placed(self.document.network, self.document.inside)

    def attempt(self, make: Callable[[], Made]) -> Made | None:
        """Return what is made; if it cannot be, say why and return None."""
        try:
            return make()
        except LayerloomError as error:
            self.tell(error)
            return None

    def change(self, make: Callable[[], Network], text: str) -> None:
        """Make another network the design, as one step, or say why it cannot be.

        Args:
            make: Makes it.
            text: A verb and a thing, for undoing.
        """
        network = self.attempt(make)
        if network is not None:
            self.document.change(network, text)

    def show_hints(self, hints: Hints = NOTHING) -> None:
        """Show what belongs to a gesture instead of what was shown before."""
        self.scene.show_hints(hints, self.view.zoom)
