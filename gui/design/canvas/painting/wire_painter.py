"""Paints wires: each as its curve, or all in one go where they are small."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from core.network.view.card_size import BESIDE_WIRE, STUB, STUB_BESIDE
from core.network.view.stubs import Stub, outside_names
from gui.design.canvas.painting.level import Level, level_at
from gui.design.canvas.painting.picture import Picture
from gui.design.canvas.painting.plates import mixed
from gui.design.canvas.painting.wire import DrawnWire, WireKey
from gui.design.canvas.painting.words import card_font
from gui.look.appearance import colour, current_theme

WIDTH = 1.6
"""Of a wire in pixels of the canvas."""


@dataclass(slots=True)
class WirePainter:
    """Paints the wires of a picture.

    Attributes:
        picture: What is painted.
        stubs: Ends of wires that lead out of the entered group.
        selected: Keys of wires that are painted in the accent colour.
        lit: Keys of wires that a gesture would put a layer into.
        cut: Keys of wires that a gesture would take away.
    """

    picture: Picture
    stubs: Sequence[Stub] = ()
    selected: Collection[WireKey] = ()
    lit: Collection[WireKey] = ()
    cut: Collection[WireKey] = ()
    _joined: tuple[list[DrawnWire], QPainterPath] = field(
        default_factory=lambda: ([], QPainterPath())
    )

    def paint(self, painter: QPainter, exposed: QRectF, scale: float) -> None:
        """Paint the wires that reach into a rectangle of the canvas."""
        wires = [w for w in self.picture.wires.values() if w.bounds.intersects(exposed)]
        level = level_at(scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, level is Level.FULL)
        pen = QPen(mixed("canvas", "muted", 0.75), WIDTH)  # at least a pixel wide
        cards = self.picture.cards
        passed = {key for key, card in cards.items() if card.face.bypassed}
        past = [w for w in wires if not passed.isdisjoint(w.key)] if passed else []
        painter.setPen(pen)
        around = [w for w in wires if passed.isdisjoint(w.key)] if past else wires
        self._paint_lines(painter, around, level)
        if past:
            pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            self._paint_lines(painter, past, level)
        if self.stubs and level >= Level.NAME:
            self._paint_stubs(painter)
        self._paint_marked(painter, scale)

    def _paint_lines(self, painter: QPainter, wires: list[DrawnWire], level: Level) -> None:
        """Draw wires: each by itself, all as one path, or straight, by how much can be seen."""
        if level is Level.FULL:
            for wire in wires:
                painter.drawPath(wire.path)
        elif level is Level.PLAIN:
            painter.drawLines([QLineF(*wire.ends) for wire in wires])
        else:
            painter.drawPath(self._as_one_path(wires))

    def _as_one_path(self, wires: list[DrawnWire]) -> QPainterPath:
        """Return one path through wires; the same again for as long as they are."""
        if wires != self._joined[0]:
            path = QPainterPath()
            for wire in wires:
                path.addPath(wire.path)
            self._joined = wires, path
        return self._joined[1]

    def _paint_stubs(self, painter: QPainter) -> None:
        """Paint where wires lead out of the group, and where to."""
        painter.setFont(card_font("small", current_theme().name))
        wired = {(target, True) for _, target in self.picture.wires}
        wired |= {(source, False) for source, _ in self.picture.wires}
        for (key, incoming), names in outside_names(self.stubs).items():
            card = self.picture.cards.get(key)
            if card is None:
                continue
            at = QPointF(card.middle[0], card.top if incoming else card.bottom)
            length = STUB
            if (key, incoming) in wired:
                at, length = at + QPointF(BESIDE_WIRE, 0), STUB_BESIDE
            away = QPointF(0, -length if incoming else length)
            painter.setPen(QPen(mixed("canvas", "muted", 0.75), WIDTH, Qt.PenStyle.DashLine))
            painter.drawLine(at, at + away)
            painter.setPen(colour("muted"))
            painter.drawText(at + away + QPointF(8, 4), names)

    def _paint_marked(self, painter: QPainter, scale: float) -> None:
        marked = ((self.selected, "accent"), (self.lit, "ok"), (self.cut, "error"))
        for keys, role in marked:
            if keys:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(colour(role), max(2 * WIDTH, 2 / scale)))
                for key in keys:
                    if key in self.picture.wires:
                        painter.drawPath(self.picture.wires[key].path)
