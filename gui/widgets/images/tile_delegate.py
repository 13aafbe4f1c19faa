"""Paints one image of a grid: picture, badge, caption, selection."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.look.appearance import colour, faded, scaled, sized_font
from gui.look.icons import paint_icon
from gui.owners.thumbnail_loader import TILE_SIDE, ThumbnailLoader
from gui.widgets.images.image_model import TILE, Index, Tile

GAP = 10
RADIUS = 8


class TileDelegate(QStyledItemDelegate):
    """Paints tiles with thumbnails from a loader.

    Args:
        loader: Gives the thumbnails.
        side: Of the picture, in pixels of the design.
        captions: Whether there is a line below each picture.
    """

    def __init__(
        self,
        loader: ThumbnailLoader,
        side: int = TILE_SIDE,
        *,
        captions: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._side = side
        self._captions = captions

    @property
    def tile_size(self) -> QSize:
        """The size of a tile with the gap around it, in pixels."""
        side = scaled(self._side + GAP)
        caption = QFontMetrics(sized_font(12)).height() + scaled(4) if self._captions else 0
        return QSize(side, side + caption)

    def picture_rect(self, tile_rect: QRect) -> QRect:
        """Return where the picture lies within a tile."""
        margin = scaled(GAP) // 2
        side = scaled(self._side)
        return QRect(tile_rect.left() + margin, tile_rect.top() + margin, side, side)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size that all tiles have."""
        return self.tile_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a tile."""
        tile: Tile = index.data(TILE)
        state = option.state
        rect = self.picture_rect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(painter, tile, rect)
        if tile.badge:
            _paint_badge(painter, tile.badge, rect)
        if self._captions and tile.caption:
            _paint_caption(painter, tile.caption, rect)
        _paint_state(
            painter,
            rect,
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_HasFocus),
        )
        painter.restore()

    def _paint_picture(self, painter: QPainter, tile: Tile, rect: QRect) -> None:
        pixmap = None if tile.problem else self._loader.pixmap(tile.path, tile.kept)
        if pixmap:  # rounded and sized on the loader's thread
            painter.drawPixmap(rect, pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(QRectF(rect), scaled(RADIUS), scaled(RADIUS))
        if tile.problem or self._loader.failed(tile.path):
            _paint_problem(painter, tile.problem, rect)


def _paint_problem(painter: QPainter, problem: str, rect: QRect) -> None:
    """Draw a sign and the reason where there can be no picture."""
    side = scaled(22)
    sign = QRectF(rect.center().x() - side / 2, rect.top() + scaled(14), side, side)
    paint_icon(painter, "error", sign, "error")
    painter.setFont(sized_font(11))
    painter.setPen(colour("text"))
    inset = scaled(6)
    below = rect.adjusted(inset, scaled(40), -inset, -inset)
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, problem)


def _paint_badge(painter: QPainter, badge: str, rect: QRect) -> None:
    font = sized_font(11)
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(badge) + scaled(14), rect.width() - scaled(12))
    height = metrics.height() + scaled(4)
    place = QRectF(rect.left() + scaled(6), rect.top() + scaled(6), width, height)
    painter.setPen(QPen(colour("border")))
    painter.setBrush(colour("raised"))
    painter.drawRoundedRect(place, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(colour("text"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, badge)


def _paint_caption(painter: QPainter, caption: str, rect: QRect) -> None:
    font = sized_font(12)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(colour("text"))
    line = QRect(rect.left(), rect.bottom() + scaled(5), rect.width(), metrics.height())
    elided = metrics.elidedText(caption, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, elided)


def _paint_state(painter: QPainter, rect: QRect, selected: bool, focused: bool) -> None:
    """Draw a frame around what is selected, and a second one where the keyboard is."""
    radius = scaled(8)
    painter.setBrush(faded("accent", 0.18) if selected else Qt.BrushStyle.NoBrush)
    if selected:
        painter.setPen(QPen(colour("accent"), scaled(3)))
        painter.drawRoundedRect(QRectF(rect), radius, radius)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("text"), 1, Qt.PenStyle.DashLine))
        outside = QRectF(rect).adjusted(-3, -3, 3, 3)
        painter.drawRoundedRect(outside, radius + 3, radius + 3)
