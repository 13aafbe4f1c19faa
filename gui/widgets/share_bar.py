"""A horizontal bar that is filled as far as a share goes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.appearance import colour, scaled


class ShareBar(QWidget):
    """A bar for a share of 0…1.

    Args:
        share: How far it is filled.
        role: The colour's token.
        height: In pixels of the design.
    """

    def __init__(
        self,
        share: float = 0.0,
        role: str = "accent",
        height: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._share = share
        self._role = role
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a size that leaves the width to the layout."""
        return QSize(scaled(80), scaled(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and the bar on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = min(scaled(3), whole.height() / 2)
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(whole, radius, radius)
        whole.setWidth(max(whole.width() * min(1.0, self._share), radius if self._share else 0.0))
        painter.setBrush(colour(self._role))
        painter.drawRoundedRect(whole, radius, radius)
        painter.end()
