"""What a gesture shows while it lasts: bands, guides, the wire being drawn, ports to end at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from gui.design.canvas.painting.plates import RADIUS
from gui.design.canvas.painting.words import card_font
from gui.look.appearance import colour, current_theme, faded

PORT_RADIUS = 5.0


@dataclass(frozen=True, slots=True)
class Hints:
    """What is painted over the cards; all in pixels of the canvas.

    Attributes:
        band: The rectangle that is pulled up to select.
        guides: Lines that a dragged card has come to lie on.
        wire: The wire that is being drawn, or the one that is pointed at.
        cut: The line that cuts wires.
        ports: Where a wire can begin or end.
        port: The one of them it would end at now.
        ghost: Where a layer would come to lie.
        label: Words, and where they stand.
    """

    band: QRectF | None = None
    guides: Sequence[QLineF] = ()
    wire: QPainterPath | None = None
    cut: QPainterPath | None = None
    ports: Sequence[QPointF] = ()
    port: QPointF | None = None
    ghost: QRectF | None = None
    label: tuple[QPointF, str] | None = None

    def bounds(self, scale: float) -> QRectF:
        """Return what they cover."""
        area = QRectF()
        for rect in (self.band, self.ghost):
            if rect is not None:
                area = area.united(rect)
        for path in (self.wire, self.cut):
            if path is not None:
                area = area.united(path.boundingRect().adjusted(0, 0, 1, 1))
        for line in self.guides:
            area = area.united(QRectF(line.p1(), line.p2()).normalized().adjusted(0, 0, 1, 1))
        for point in (*self.ports, *([self.port] if self.port else [])):
            area = area.united(QRectF(point.x() - 8, point.y() - 8, 16, 16))
        if self.label:
            area = area.united(_label_rect(*self.label, scale))
        margin = 4 / scale + 4
        return area.adjusted(-margin, -margin, margin, margin) if not area.isNull() else area


NOTHING = Hints()


@dataclass(slots=True)
class HintPainter:
    """Paints hints."""

    hints: Hints = field(default=NOTHING)

    def paint(self, painter: QPainter, _exposed: QRectF, scale: float) -> None:
        """Paint what is shown now."""
        hints = self.hints
        if hints is NOTHING:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hints.band is not None:
            painter.setPen(_pen("accent", 1.0))
            painter.setBrush(faded("accent", 0.15))
            painter.drawRect(hints.band)
        if hints.ghost is not None:
            painter.setPen(_pen("accent", 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(faded("accent", 0.15))
            painter.drawRoundedRect(hints.ghost, RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen("accent", 1.0, Qt.PenStyle.DashLine))
        painter.drawLines(list(hints.guides))
        for path, role in ((hints.wire, "accent"), (hints.cut, "error")):
            if path is not None:
                painter.setPen(_pen(role, 2.0))
                painter.drawPath(path)
        self._paint_ports(painter)
        if hints.label is not None:
            _paint_label(painter, *hints.label, scale)

    def _paint_ports(self, painter: QPainter) -> None:
        painter.setPen(_pen("accent", 1.5))
        painter.setBrush(colour("surface"))
        for point in self.hints.ports:
            painter.drawEllipse(point, PORT_RADIUS, PORT_RADIUS)
        if self.hints.port is not None:
            painter.setBrush(colour("accent"))
            painter.drawEllipse(self.hints.port, PORT_RADIUS + 2, PORT_RADIUS + 2)


def _pen(role: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(colour(role), width, style)
    pen.setCosmetic(True)
    return pen


def _label_rect(at: QPointF, words: str, scale: float) -> QRectF:
    """Return where a label lies; it is as large at any zoom."""
    metrics = QFontMetricsF(card_font("mono", current_theme().name))
    width, height = metrics.horizontalAdvance(words) + 16, metrics.height() + 8
    return QRectF(at.x() + 10 / scale, at.y() + 10 / scale, width / scale, height / scale)


def _paint_label(painter: QPainter, at: QPointF, words: str, scale: float) -> None:
    rect = _label_rect(at, words, scale)
    view = painter.worldTransform()
    shown = view.mapRect(rect)
    painter.resetTransform()
    painter.setPen(QPen(colour("border"), 1.0))
    painter.setBrush(colour("raised"))
    painter.drawRoundedRect(shown, 6, 6)
    painter.setPen(colour("text"))
    painter.setFont(card_font("mono", current_theme().name))
    painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, words)
    painter.setWorldTransform(view)
