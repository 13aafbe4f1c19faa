"""A line of short statements whose figures stand out."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.appearance import colour, scaled, sized_font

SEPARATOR = " · "

_FIGURE = re.compile(r"(?:≈\s*)?\d[\d.,]*(?:\s(?:[kMGT]B?|B|ns|µs|ms|s)(?=\s|$))?")
"""What a statement begins with, its unit included: “1.81 G”, “≈ 7 ms”, “11,689,512”."""


class StatusLine(QLabel):
    """Paints statements with a gap between two, and perhaps the figures they begin with bold.

    What a screen reader reads is the plain text.

    Attributes:
        strong: Whether figures are bold.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.strong = False

    def pieces(self) -> list[tuple[str, str]]:
        """Return each statement as its figure (or "") and the rest."""
        found = []
        for statement in self.text().split(SEPARATOR):
            figure = _FIGURE.match(statement) if self.strong else None
            length = figure.end() if figure else 0
            found.append((statement[:length], statement[length:]))
        return found

    def sizeHint(self) -> QSize:
        """Return the room that the whole line needs."""
        bold, plain = (QFontMetrics(sized_font(12, bold=heavy)) for heavy in (True, False))
        width = sum(
            bold.horizontalAdvance(figure) + plain.horizontalAdvance(rest) + scaled(16)
            for figure, rest in self.pieces()
        )
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return no width: what has no room is cut with an ellipsis."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint statement after statement."""
        painter = QPainter(self)
        place = self.rect()
        for figure, rest in self.pieces():
            for words, heavy in ((figure, True), (rest, False)):
                font = sized_font(12, bold=heavy)
                metrics = QFontMetrics(font)
                painter.setFont(font)
                painter.setPen(colour("text" if heavy else "muted"))
                cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cut)
                place.setLeft(place.left() + metrics.horizontalAdvance(words))
            place.setLeft(place.left() + scaled(16))

    def changeEvent(self, event: QEvent) -> None:
        """Have the colours of another theme."""
        super().changeEvent(event)
        self.update()
