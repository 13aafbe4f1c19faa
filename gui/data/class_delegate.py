"""Paints one row of the list of classes: dot, name, count, bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.data.class_model import ROW, ClassRow
from gui.look.appearance import colour, scaled, sized_font
from gui.look.numbers import count
from gui.widgets.images.image_model import Index


class ClassDelegate(QStyledItemDelegate):
    """Paints classes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a name and a bar."""
        return QSize(scaled(120), QFontMetrics(sized_font(13)).height() + scaled(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a class."""
        row: ClassRow = index.data(ROW)
        rect = option.rect.adjusted(1, scaled(2), -1, -scaled(2))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(QRectF(rect), scaled(8), scaled(8))
        inner = rect.adjusted(scaled(10), scaled(6), -scaled(10), -scaled(6))
        _paint_text(painter, row, inner)
        _paint_bar(painter, row, inner)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour("accent"))
            painter.drawRoundedRect(QRectF(rect), scaled(8), scaled(8))
        painter.restore()


def _paint_text(painter: QPainter, row: ClassRow, rect: QRect) -> None:
    """Draw the dot, the name as far as it fits, and the count."""
    bold, plain = sized_font(13, bold=True), sized_font(13)
    line = QRect(rect.left(), rect.top(), rect.width(), QFontMetrics(bold).height())
    left = line.left()
    if row.colour:
        side = scaled(10)
        painter.setBrush(QColor(row.colour))
        painter.drawEllipse(QRectF(left, line.center().y() - side / 2 + 1, side, side))
        left += scaled(18)
    number = count(row.images)
    width = QFontMetrics(plain).horizontalAdvance(number)
    painter.setFont(plain)
    painter.setPen(colour("muted"))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
    painter.setFont(bold)
    painter.setPen(colour("text"))
    place = QRect(left, line.top(), line.right() - width - scaled(8) - left, line.height())
    name = QFontMetrics(bold).elidedText(row.title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


def _paint_bar(painter: QPainter, row: ClassRow, rect: QRect) -> None:
    height = scaled(5)
    track = QRectF(rect.left(), rect.bottom() - height + 1, rect.width(), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("border"))
    painter.drawRoundedRect(track, height / 2, height / 2)
    track.setWidth(track.width() * row.share)
    painter.setBrush(QColor(row.colour) if row.colour else colour("muted"))
    painter.drawRoundedRect(track, height / 2, height / 2)
