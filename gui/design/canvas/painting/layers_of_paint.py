"""The three things a canvas is painted from: wires, the cards over them, and what a gesture shows.

One item paints all cards and one all wires: an item for each card would cost more in Qt's book
keeping than in painting.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

Paint = Callable[[QPainter, QRectF, float], None]
"""Paints what lies in a rectangle of the canvas, at so many screen pixels for each of it."""


class PaintLayer(QGraphicsItem):
    """Paints through a function.

    Args:
        paint: Does it.
        height: Layers of greater height are painted over others.
    """

    def __init__(self, paint: Paint, height: int) -> None:
        super().__init__()
        self._paint = paint
        self._bounds = QRectF()
        self.setZValue(height)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_bounds(self, bounds: QRectF) -> None:
        """Say where on the canvas it may paint."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def boundingRect(self) -> QRectF:
        """Return where it may paint."""
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint what has to be painted again."""
        self._paint(painter, option.exposedRect, painter.worldTransform().m11())
