"""A page's main part with panels at its sides, which can be dragged narrower or hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gui.look.appearance import scaled


class SideBySide(QSplitter):
    """Gives each side panel its width of the design, or its share where the window is small.

    Once the user has dragged a panel, widths are left to the user.

    Args:
        widgets: From left to right.
        widths: Of each in pixels of the design; 0 for the main part, which takes the rest.
        share: What a side panel takes at most of the whole width, 0…1.
    """

    def __init__(
        self,
        widgets: Sequence[QWidget],
        widths: Sequence[int],
        share: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._widths = tuple(widths)
        self._share = share
        self._dragged = False
        self.setHandleWidth(1)
        for widget, width in zip(widgets, widths, strict=True):
            self.addWidget(widget)
            self.setCollapsible(self.indexOf(widget), bool(width))
            self.setStretchFactor(self.indexOf(widget), int(not width))
        self.splitterMoved.connect(self._leave_to_user)

    def kept(self) -> str:
        """Return how the user has divided the width, as a text for the settings; "" if not."""
        return self.saveState().toBase64().toStdString() if self._dragged else ""

    def restore(self, kept: str) -> None:
        """Divide the width as it was kept; what is no such text is passed over."""
        if kept and self.restoreState(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
            self._dragged = True

    def _leave_to_user(self) -> None:
        self._dragged = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        if not self._dragged:
            most = int(self.width() * self._share)
            sides = [min(scaled(width), most) for width in self._widths]
            rest = self.width() - sum(sides)
            self.setSizes([side or rest for side in sides])
