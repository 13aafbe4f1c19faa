"""The ground that cards lie on: a grid of dots that grows and shrinks with the zoom."""

from __future__ import annotations

from functools import lru_cache
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from gui.look.appearance import colour, current_theme

GRID = 24.0
"""From dot to dot in pixels of the canvas."""

PERIODS = 4
"""Dots along one side of the tile."""


def paint_background(painter: QPainter, rect: QRectF) -> None:
    """Fill a rectangle of the canvas, whose zoom the painter has."""
    view = painter.worldTransform()
    scale = view.m11()
    spacing = GRID
    while spacing * scale < 14:
        spacing *= 4
    if spacing > GRID * 16:
        painter.fillRect(rect, colour("canvas"))
        return
    tile = _tile(spacing * scale, painter.device().devicePixelRatio(), current_theme().name)
    side = tile.deviceIndependentSize().width()
    shown = view.mapRect(rect)
    painter.setWorldTransform(QTransform())
    first = QPointF(
        (floor(shown.left()) - view.dx()) % side, (floor(shown.top()) - view.dy()) % side
    )
    area = QRectF(floor(shown.left()), floor(shown.top()), shown.width() + 2, shown.height() + 2)
    painter.drawTiledPixmap(area, tile, QPointF(round(first.x()), round(first.y())))
    painter.setWorldTransform(view)


@lru_cache(maxsize=16)
def _tile(spacing: float, ratio: float, _theme: str) -> QPixmap:
    side = round(spacing * PERIODS)
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(colour("canvas"))  # opaque, so that painting it is copying
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("dots"))
    step = side / PERIODS
    for row in range(PERIODS):
        for column in range(PERIODS):
            painter.drawEllipse(QPointF((column + 0.5) * step, (row + 0.5) * step), 1.2, 1.2)
    painter.end()
    return tile
