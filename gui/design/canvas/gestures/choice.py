"""Which gesture a press of a button begins."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.connecting import Connect, ConnectBackwards
from gui.design.canvas.gestures.cutting import CutWires
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.gestures.moving import Move
from gui.design.canvas.gestures.panning import Pan
from gui.design.canvas.gestures.selecting import RubberBand
from gui.design.canvas.painting.picture import REACH

SMALLEST_PORT_ZOOM = 0.3
"""Below this, cards are so small that a press on their edge is meant for the card."""


def gesture_for(
    design: DrawnDesign, pointer: Pointer, button: Qt.MouseButton, *, space: bool
) -> Gesture | None:
    """Return the gesture that a press begins, or None.

    Args:
        design: Where.
        pointer: Where and with which keys.
        button: What was pressed.
        space: Whether the space bar is held.
    """
    if button == Qt.MouseButton.MiddleButton or (space and button == Qt.MouseButton.LeftButton):
        return Pan(design, pointer)
    if button == Qt.MouseButton.RightButton and pointer.holds(Qt.KeyboardModifier.ControlModifier):
        return CutWires(design, pointer)
    if button != Qt.MouseButton.LeftButton:
        return None
    return (
        _from_port(design, pointer)
        or _on_card(design, pointer)
        or _on_frame(design, pointer)
        or _on_ground(design, pointer)
    )


def _from_port(design: DrawnDesign, pointer: Pointer) -> Gesture | None:
    """Return the drawing of a wire if the press is on a port, at its outer half."""
    if design.zoom < SMALLEST_PORT_ZOOM:
        return None
    picture, reach = design.picture, REACH / max(1.0, design.zoom)
    out = picture.output_at(pointer.at, reach)
    if out is not None:
        return Connect(design, pointer, *out)
    into = picture.input_at(pointer.at, reach)
    if into is None:
        return None
    card, port = into
    if card.face.joins:  # there is always room for another wire
        return ConnectBackwards(design, pointer, card, port)
    for key in picture.touching(card.face.key):
        wire = picture.wires[key]
        if wire.target == card.face.key and wire.ports[1] == port:
            source = picture.cards[wire.source]
            edges = design.scene.edges_of(key)
            return Connect(design, pointer, source, wire.ports[0], edges)
    return ConnectBackwards(design, pointer, card, port)


def _on_card(design: DrawnDesign, pointer: Pointer) -> Gesture | None:
    card = design.picture.card_at(pointer.at)
    return Move(design, pointer, frozenset(card.face.members), card.face.key) if card else None


def _on_frame(design: DrawnDesign, pointer: Pointer) -> Gesture | None:
    """Return the moving of all that a frame surrounds, held by its name."""
    frame = design.scene.frames.at(pointer.at)
    return Move(design, pointer, frame.members) if frame else None


def _on_ground(design: DrawnDesign, pointer: Pointer) -> Gesture:
    wire = design.picture.wire_at(pointer.at, 5.0 / design.zoom)
    band = RubberBand(design, pointer)
    if wire is not None:
        design.scene.select_wires([wire.key])
    return band
