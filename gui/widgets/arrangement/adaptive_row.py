"""Panels beside each other where there is room, below each other where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.look.appearance import scaled


class AdaptiveRow(QWidget):
    """Lays out widgets in a row, or in a column where the row would be cut off.

    Args:
        widgets: From left to right.
        stretches: How the width is shared out.
        spacing: Between them, in pixels of the design.
        needs: Widths that they need in a row, in pixels of the design; by default the least they
            can have.
    """

    def __init__(
        self,
        widgets: Sequence[QWidget],
        stretches: Sequence[int],
        spacing: int = 14,
        needs: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        self._needs = tuple(needs)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(scaled(spacing))
        for widget, stretch in zip(widgets, stretches, strict=True):
            self._box.addWidget(widget, stretch)

    def align(self, widget: QWidget, alignment: Qt.AlignmentFlag) -> None:
        """Let one of the widgets keep to a side of the room that it has."""
        self._box.setAlignment(widget, alignment)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest widget: the least that a column needs."""
        widest = max(map(_least_width, self._widgets))
        return QSize(widest, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between row and column by the width there is."""
        shown = [widget for widget in self._widgets if not widget.isHidden()]
        wanted = sum(map(scaled, self._needs))
        wanted = wanted or sum(map(_least_width, shown))
        wanted += self._box.spacing() * (len(shown) - 1)
        directions = QBoxLayout.Direction
        narrow = wanted > self.width()
        self._box.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        super().resizeEvent(event)


def _least_width(widget: QWidget) -> int:
    return widget.minimumSizeHint().expandedTo(widget.minimumSize()).width()
