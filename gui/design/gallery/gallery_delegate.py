"""Paints the card of a network."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.opening.gallery import GalleryEntry, WeightsPlace
from gui.design.gallery.gallery_model import ENTRY, error, figures, weights
from gui.look.appearance import colour, scaled, sized_font
from gui.widgets.images.image_model import Index

WIDTH = 290
"""The least of a card, in pixels of the design."""
GAP = 12
LINES = 2
"""Of the sentence, and of the error."""


def card_height() -> int:
    """Return the height that a card's lines need, its gap included."""
    plain, small = _line(sized_font(13)), _line(sized_font(12))
    return 2 * plain + (2 * LINES + 2) * small + scaled(2 * 12 + 14 + GAP)


class GalleryDelegate(QStyledItemDelegate):
    """Paints cards; the view's grid says how large they are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the view's grid."""
        view = option.widget
        size = view.gridSize() if isinstance(view, QListView) else QSize()
        return size if size.isValid() else QSize(scaled(WIDTH), card_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a card."""
        states = QStyle.StateFlag
        entry: GalleryEntry = index.data(ENTRY)
        gap = scaled(GAP)
        plate = QRectF(option.rect).adjusted(1, 1, -gap, -gap)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & states.State_Selected)
        hovered = bool(option.state & states.State_MouseOver)
        painter.setBrush(colour("surface"))
        pen = colour("accent" if selected else "muted" if hovered else "border")
        painter.setPen(pen)
        painter.drawRoundedRect(plate, scaled(10), scaled(10))
        if selected:
            painter.drawRoundedRect(plate.adjusted(1, 1, -1, -1), scaled(9), scaled(9))
        inner = plate.toRect().adjusted(*[scaled(12)] * 2, *[-scaled(12)] * 2)
        _paint_texts(painter, inner, entry)
        painter.restore()


def _paint_texts(painter: QPainter, rect: QRect, entry: GalleryEntry) -> None:
    """Draw title and year, figures, error, sentence, and where the weights are."""
    bold, plain, small = sized_font(14, bold=True), sized_font(13), sized_font(12)
    year = str(entry.year)
    width = QFontMetrics(plain).horizontalAdvance(year)
    line = QRect(rect.left(), rect.top(), rect.width(), _line(bold))
    _text(painter, line, year, plain, "muted", Qt.AlignmentFlag.AlignRight)
    _text(painter, line.adjusted(0, 0, -width - scaled(8), 0), entry.title, bold, "text")
    line = _next(line, small, 4)
    told = figures(entry)
    if QFontMetrics(small).horizontalAdvance(told) > line.width():
        told = figures(entry, short=True)
    _text(painter, line, told, small, "muted")
    line = _next(line, small, 2)
    line = _wrapped(painter, line, error(entry), small, "muted")
    line = _next(line, small, 4)
    _wrapped(painter, line, entry.summary, small, "text")
    last = QRect(rect.left(), rect.bottom() - _line(small), rect.width(), _line(small))
    here = entry.weights in (WeightsPlace.INCLUDED, WeightsPlace.HERE)
    _text(painter, last, weights(entry), small, "ok" if here else "muted")


def _wrapped(painter: QPainter, first: QRect, content: str, font: QFont, role: str) -> QRect:
    """Draw a sentence on as many lines as it has room for; the last is cut with an ellipsis.

    Returns:
        The last line; the first one where there is nothing to draw.
    """
    layout = QTextLayout(content, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line, last = QRect(first), first
    for number in range(LINES):
        piece = layout.createLine()
        if not piece.isValid():
            break
        piece.setLineWidth(first.width())
        start, length = piece.textStart(), piece.textLength()
        text = content[start:] if number == LINES - 1 else content[start : start + length]
        _text(painter, line, text.strip(), font, role)
        last = QRect(line)
        line.translate(0, line.height())
    layout.endLayout()
    return last


def _text(
    painter: QPainter,
    rect: QRect,
    content: str,
    font: QFont,
    role: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(colour(role))
    shown = QFontMetrics(font).elidedText(content, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _next(line: QRect, font: QFont, gap: int) -> QRect:
    return QRect(line.left(), line.bottom() + 1 + scaled(gap), line.width(), _line(font))


def _line(font: QFont) -> int:
    return QFontMetrics(font).height()
