"""What is shown where the pointer rests: a wire's shape, a card's ports and note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from gui.design.canvas.gestures.gesture import Pointer
from gui.design.canvas.gestures.gestures import SMALLEST_PORT_ZOOM
from gui.design.canvas.painting.faces import shape_text
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import REACH, Card
from gui.design.canvas.painting.wire import WireKey

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


class Pointing(QObject):
    """Follows the pointer while no button is held.

    Args:
        canvas: Where.
    """

    def __init__(self, canvas: DesignCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas

    def follow(self, pointer: Pointer) -> None:
        """Show what the pointer is at: beside a card both its port and the wire there."""
        canvas = self._canvas
        under = canvas.picture.card_at(pointer.at)
        card = under or self._card_of_port(pointer.at)
        canvas.setToolTip((card.face.problem or card.face.note) if card else "")
        ports = _ports(card) if card and canvas.zoom >= SMALLEST_PORT_ZOOM else []
        wire = None if under else canvas.picture.wire_at(pointer.at, 6.0 / canvas.zoom)
        if wire is not None:
            label = pointer.at, self.wire_words(wire.key)
            canvas.show_hints(Hints(ports=ports, wire=wire.path, label=label))
        elif ports:
            canvas.show_hints(Hints(ports=ports))
        else:
            self.leave()

    def leave(self) -> None:
        """Show nothing any more."""
        self._canvas.show_hints()

    def wire_words(self, key: WireKey) -> str:
        """Return what flows through a wire, and between what."""
        canvas = self._canvas
        source, target = (canvas.picture.cards[end].face.short for end in key)
        return f"{shape_text(canvas.scene_.shape_in(key))}   {source} → {target}"

    def _card_of_port(self, at: QPointF) -> Card | None:
        reach = REACH / max(1.0, self._canvas.zoom)
        picture = self._canvas.picture
        found = picture.output_at(at, reach) or picture.input_at(at, reach)
        return found[0] if found else None


def _ports(card: Card) -> list[QPointF]:
    into = [card.input_port(port) for port in range(card.face.inputs)]
    return into + [card.output_port(port) for port in range(card.face.outputs)]
