"""Paints wires: each as its curve, or all in one go where they are small."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from gui.design.canvas.level import Level, level_at
from gui.design.canvas.picture import Picture, Wire, WireKey
from gui.design.canvas.plates import mixed
from gui.shell.appearance import colour

WIDTH = 1.6
"""Of a wire in pixels of the canvas."""


@dataclass(slots=True)
class WirePainter:
    """Paints the wires of a picture.

    Attributes:
        picture: What is painted.
        selected: Keys of wires that are painted in the accent colour.
        lit: Keys of wires that a gesture would put a layer into.
        cut: Keys of wires that a gesture would take away.
    """

    picture: Picture
    selected: Collection[WireKey] = ()
    lit: Collection[WireKey] = ()
    cut: Collection[WireKey] = ()

    def paint(self, painter: QPainter, exposed: QRectF, scale: float) -> None:
        """Paint the wires that reach into a rectangle of the canvas."""
        wires = [w for w in self.picture.wires.values() if w.bounds.intersects(exposed)]
        level = level_at(scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, level is Level.FULL)
        painter.setPen(QPen(mixed("canvas", "muted", 0.75), WIDTH))  # at least a pixel wide
        if level is Level.FULL:
            for wire in wires:
                painter.drawPath(wire.path)
        elif level is Level.PLAIN:
            painter.drawLines([QLineF(*wire.ends) for wire in wires])
        else:
            painter.drawPath(_together(wires))
        self._paint_marked(painter, scale)

    def _paint_marked(self, painter: QPainter, scale: float) -> None:
        marked = ((self.selected, "accent"), (self.lit, "ok"), (self.cut, "error"))
        for keys, role in marked:
            if keys:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(colour(role), max(2 * WIDTH, 2 / scale)))
                for key in keys:
                    if key in self.picture.wires:
                        painter.drawPath(self.picture.wires[key].path)


def _together(wires: list[Wire]) -> QPainterPath:
    path = QPainterPath()
    for wire in wires:
        path.addPath(wire.path)
    return path
