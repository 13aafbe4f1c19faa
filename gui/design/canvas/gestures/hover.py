"""What is shown where the pointer rests: a wire's shape, a card's ports and note."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.choice import SMALLEST_PORT_ZOOM
from gui.design.canvas.gestures.gesture import Pointer
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.picture import REACH, DrawnCard


class Hover(QObject):
    """Follows the pointer while no button is held.

    Args:
        design: What is pointed at.
    """

    def __init__(self, design: DrawnDesign) -> None:
        super().__init__(design.view)
        self._design = design

    def follow(self, pointer: Pointer) -> None:
        """Show what the pointer is at: beside a card both its port and the wire there."""
        design = self._design
        under = design.picture.card_at(pointer.at)
        card = under or self._card_of_port(pointer.at)
        design.view.setToolTip((card.face.problem or card.face.note) if card else "")
        ports = _ports(card) if card and design.zoom >= SMALLEST_PORT_ZOOM else []
        wire = None if under else design.picture.wire_at(pointer.at, 6.0 / design.zoom)
        if wire is not None:
            label = pointer.at, design.scene.wire_words(wire.key)
            design.show_hints(Hints(ports=ports, wire=wire.path, label=label))
        elif ports:
            design.show_hints(Hints(ports=ports))
        else:
            self.leave()

    def leave(self) -> None:
        """Show nothing any more."""
        self._design.show_hints()

    def _card_of_port(self, at: QPointF) -> DrawnCard | None:
        reach = REACH / max(1.0, self._design.zoom)
        picture = self._design.picture
        found = picture.output_at(at, reach) or picture.input_at(at, reach)
        return found[0] if found else None


def _ports(card: DrawnCard) -> list[QPointF]:
    into = [card.input_port(port) for port in range(card.face.inputs)]
    return into + [card.output_port(port) for port in range(card.face.outputs)]
