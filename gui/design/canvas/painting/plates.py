"""The backs of cards as prepared pictures: cards that look alike share one."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from core.network.family import Family
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH
from gui.design.canvas.painting.level import Level, level_at
from gui.look.appearance import colour, current_theme, faded
from gui.look.icons import paint_icon

RADIUS = 10.0
"""Of a card's corners, in pixels of the canvas. Source: `docs/style.md`, the look."""

STRIPE = 6.0
MARGIN = 10.0
"""Room around a card for its ring and for the cards behind it."""

HEAT_STEPS = 24
"""How many shades of heat are told apart."""

BYPASSED = 0.45
"""Opacity of the family's colour on the card of a bypassed layer."""

STACK = 6.0
"""How far the card behind a folded group's looks out."""


class Look(NamedTuple):
    """All that decides how the back of a card looks.

    Attributes:
        family: Whose colour the stripe has.
        edge: Token of the border's colour.
        heat: 0 for none, to `HEAT_STEPS`.
        ring: Token of the ring around it, or "".
        stacked: Whether it stands for several layers.
        faint: Whether it is not in what is looked for.
        bypassed: Whether the signal flows past it.
    """

    family: Family
    edge: str = "border"
    heat: int = 0
    ring: str = ""
    stacked: bool = False
    faint: bool = False
    bypassed: bool = False


def plate(look: Look, scale: float, ratio: float) -> QPixmap:
    """Return the back of a card, `MARGIN` larger at each side.

    Args:
        look: What it looks like.
        scale: Screen pixels for each of the canvas.
        ratio: Device pixels for each screen pixel.
    """
    return _painted(look, round(scale, 4), ratio, current_theme().name)


@lru_cache(maxsize=512)
def _painted(look: Look, scale: float, ratio: float, _theme: str) -> QPixmap:
    width, height = CARD_WIDTH + 2 * MARGIN, CARD_HEIGHT + 2 * MARGIN
    pixmap = QPixmap(round(width * scale * ratio) + 1, round(height * scale * ratio) + 1)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN, MARGIN)
    if look.faint:
        painter.setOpacity(0.35)
    _paint(painter, look, level_at(scale), 1 / scale)
    painter.end()
    return pixmap


def _paint(painter: QPainter, look: Look, level: Level, pixel: float) -> None:
    card = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)
    half = QPointF(pixel / 2, pixel / 2)  # lines lie on whole pixels
    if look.ring:
        _ring(painter, card, look.ring)
    edge = QPen(colour(look.edge), 2.0 if look.edge != "border" else 1.0)
    edge.setWidthF(max(edge.widthF(), pixel))
    if look.stacked:
        painter.setPen(QPen(colour("border"), max(1.0, pixel)))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(card.translated(STACK, STACK), RADIUS, RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("canvas") if look.bypassed else fill(look.heat))
    painter.drawRoundedRect(card, RADIUS, RADIUS)
    _stripe(painter, card, look.family, BYPASSED if look.bypassed else 1.0)
    if look.bypassed:
        edge.setDashPattern([4.0, 3.0])
        if look.edge == "border":
            edge.setColor(colour("muted"))
    painter.setPen(edge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = QRectF(card.topLeft() + half, card.bottomRight() - half)
    painter.drawRoundedRect(inside, RADIUS, RADIUS)


def _ring(painter: QPainter, card: QRectF, role: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(role, 0.3))
    painter.drawRoundedRect(card.adjusted(-4, -4, 4, 4), RADIUS + 4, RADIUS + 4)


def _stripe(painter: QPainter, card: QRectF, family: Family, opacity: float) -> None:
    """Fill the left of the card, within its corners."""
    shape = QPainterPath()
    shape.addRoundedRect(card, RADIUS, RADIUS)
    stripe = QPainterPath()
    stripe.addRect(QRectF(card.left(), card.top(), STRIPE, card.height()))
    painted = QColor(family.colour)
    painted.setAlphaF(opacity)
    painter.fillPath(shape.intersected(stripe), painted)


def fill(heat: int) -> QColor:
    """Return the colour of a card at a heat of 0 to `HEAT_STEPS`."""
    return mixed("surface", "error", 0.5 * heat / HEAT_STEPS)


def plain_fill(family: Family, heat: int, heated: bool) -> QColor:
    """Return the colour of a card that is nothing but a rectangle."""
    if heated:
        return mixed("border", "error", heat / HEAT_STEPS)
    return QColor(family.colour)


def mixed(one: str, other: str, share: float) -> QColor:
    """Return a colour between two tokens: 0 is the one, 1 the other."""
    parts = zip(colour(one).getRgb()[:3], colour(other).getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


@lru_cache(maxsize=64)
def _mark(name: str, role: str, side: int, ratio: float, _theme: str) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, side, side), role)
    painter.end()
    return pixmap


def mark(name: str, role: str, side: float, ratio: float) -> QPixmap:
    """Return an icon of this size in screen pixels, drawn once."""
    return _mark(name, role, max(1, round(side)), ratio, current_theme().name)
