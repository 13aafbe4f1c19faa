"""Paints a row of the palette or of the search: colour square, title, resulting shape."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.design.palette.palette_model import ROW, PaletteRow, section_colour
from gui.look.appearance import colour, faded, scaled, sized_font
from gui.widgets.images.image_model import Index

SQUARE = 10
"""Side of the colour square in pixels of the design."""


class PaletteDelegate(QStyledItemDelegate):
    """Paints headings and entries.

    Args:
        parent: Ends this object with itself.
        boxed: Whether every entry lies on a plate of its own, as in the palette.
    """

    def __init__(self, parent: QWidget, *, boxed: bool) -> None:
        super().__init__(parent)
        self._boxed = boxed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line with its margins; headings have room above."""
        row: PaletteRow = index.data(ROW)
        line = QFontMetrics(sized_font(13)).height()
        if row.entry is None:
            return QSize(scaled(60), line + scaled(10 if index.row() == 0 else 18))
        return QSize(scaled(60), line + scaled(15 if self._boxed else 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row: PaletteRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.entry is None:
            self._paint_heading(painter, option.rect, row)
        else:
            self._paint_entry(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, row: PaletteRow) -> None:
        painter.setFont(sized_font(13))
        painter.setPen(colour("muted"))
        line = rect.adjusted(0, 0, 0, -scaled(5))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(line, flags, row.title)

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PaletteRow
    ) -> None:
        states = QStyle.StateFlag
        selected = bool(option.state & states.State_Selected)
        hovered = bool(option.state & states.State_MouseOver)
        plate = QRectF(option.rect).adjusted(1, 2, -1, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._boxed or selected or hovered:
            painter.setBrush(colour("border" if self._boxed and hovered else "raised"))
            painter.drawRoundedRect(plate, scaled(6), scaled(6))
        if selected and self._boxed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = bool(option.state & states.State_HasFocus)
            painter.setPen(colour("accent") if focused else faded("accent", 0.5))
            painter.drawRoundedRect(plate, scaled(6), scaled(6))
        _paint_content(painter, plate.toRect(), row)


def _paint_content(painter: QPainter, plate: QRect, row: PaletteRow) -> None:
    """Draw the square, the title as far as it fits, and the resulting shape."""
    inner = plate.adjusted(scaled(8), 0, -scaled(8), 0)
    side = scaled(SQUARE)
    square = QRectF(inner.left(), inner.center().y() - side / 2 + 0.5, side, side)
    if row.entry:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(section_colour(row.entry.section)))
        painter.drawRoundedRect(square, scaled(3), scaled(3))
    middle = Qt.AlignmentFlag.AlignVCenter
    right = 0
    if row.result:
        mono = sized_font(12, mono=True)
        painter.setFont(mono)
        painter.setPen(colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, row.result)
        right = QFontMetrics(mono).horizontalAdvance(row.result) + scaled(10)
    painter.setFont(sized_font(13))
    painter.setPen(colour("muted" if row.dimmed else "text"))
    place = inner.adjusted(side + scaled(8), 0, -right, 0)
    metrics = QFontMetrics(sized_font(13))
    title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, title)
