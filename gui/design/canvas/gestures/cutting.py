"""Cutting wires by drawing a line through them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from core.network.editing.wire_edits import disconnect
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.gestures.gesture import Gesture, Pointer
from gui.design.canvas.painting.hints import Hints
from gui.design.canvas.painting.wire import WireKey
from gui.design.wording import Wording


class CutWires(Gesture):
    """Takes away the wires that a line drawn with Ctrl and the right button crosses."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, design: DrawnDesign, start: Pointer) -> None:
        super().__init__(design, start)
        self._points = [start.at]
        self._cut: set[WireKey] = set()

    def update(self, pointer: Pointer) -> None:
        """Draw the line on and mark what it crosses."""
        self._mark(self._points[-1], pointer.at)
        self._points.append(pointer.at)
        line = QPainterPath(self._points[0])
        for point in self._points[1:]:
            line.lineTo(point)
        self.design.show_hints(Hints(cut=line))
        self.design.scene.mark_wires(cut=self._cut)

    def finish(self, pointer: Pointer) -> None:
        """Take the crossed wires away, as one step."""
        cut = self._cut
        self.cancel()
        network = self.network
        for key in cut:
            for edge in self.design.scene.edges_of(key):
                network = disconnect(network, edge)
        self.design.document.change(network, Wording().wires_cut(len(cut)))

    def cancel(self) -> None:
        """Leave the wires."""
        self._cut = set()
        self.design.scene.mark_wires(cut=())
        self.design.show_hints()

    def _mark(self, start: QPointF, end: QPointF) -> None:
        piece = QPainterPath(start)
        piece.lineTo(end)
        stroker = QPainterPathStroker()
        stroker.setWidth(1.0)
        blade = stroker.createStroke(piece)
        area = blade.boundingRect()
        for key, wire in self.design.picture.wires.items():
            if wire.bounds.intersects(area) and stroker.createStroke(wire.path).intersects(blade):
                self._cut.add(key)
