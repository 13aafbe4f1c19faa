"""Names the lines of a plot, each beside its colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.look.appearance import colour, scaled, sized_font
from gui.widgets.card import clear

COLUMNS = 2


class CurveLegend(QWidget):
    """A grid of names; long ones are cut off, and whole in their tool tips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[tuple[str, QColor]] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(12))
        self._grid.setVerticalSpacing(scaled(2))

    def show_lines(self, lines: Sequence[tuple[str, QColor]]) -> None:
        """Name other lines: name and colour of each."""
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        clear(self._grid)
        for number, (name, tint) in enumerate(lines):
            self._grid.addWidget(LegendEntry(name, tint), *divmod(number, COLUMNS))


class LegendEntry(QWidget):
    """A dash in a line's colour, and the line's name as far as there is room.

    Attributes:
        name: The whole name.
    """

    def __init__(self, name: str, tint: QColor) -> None:
        super().__init__()
        self.name = name
        self._tint = tint
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def seen(self) -> str:
        """Return what of the name has room."""
        room = self.width() - self._aside()
        return QFontMetrics(sized_font(13)).elidedText(self.name, Qt.TextElideMode.ElideRight, room)

    def _aside(self) -> int:
        return scaled(22)

    def sizeHint(self) -> QSize:
        """Return the size of the whole name."""
        metrics = QFontMetrics(sized_font(13))
        return QSize(self._aside() + metrics.horizontalAdvance(self.name) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return a width for the first words."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), scaled(120)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dash and the name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tint)
        middle, thick = self.height() / 2, scaled(3)
        painter.drawRoundedRect(QRectF(0, middle - thick / 2, scaled(16), thick), 1, 1)
        painter.setPen(colour("muted"))
        painter.setFont(sized_font(13))
        rect = self.rect().adjusted(self._aside(), 0, 0, 0)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.seen())
        painter.end()
