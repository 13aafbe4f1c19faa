"""The buttons over the canvas; those that have no room are in a menu at its end.

`QToolBar` has such a menu, too, but hides from its right end on, which here are the most used, and
neither its buttons nor the one of the menu can be reached by the keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from gui.look.appearance import scaled
from gui.widgets.buttons import button
from gui.widgets.card import row

GAP = 8


class Toolbar(QWidget):
    """Two groups of buttons, at the left and at the right.

    Args:
        left: From left to right; they go into the menu last.
        right: From left to right; the first goes into the menu first.
    """

    def __init__(
        self,
        left: Sequence[QPushButton],
        right: Sequence[QPushButton],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._left, self._right = tuple(left), tuple(right)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)  # they say why an entry cannot be used
        self._more = button("⋯", tip=self.tr("More"))
        self._more.setAccessibleName(self.tr("More"))
        self._more.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        layout = row(self, spacing=GAP)
        for widget in self._left:
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (*self._right, self._more):
            layout.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """Return the height of a button; any width will do."""
        return QSize(scaled(60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as have room."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Hide what has no room, the least important first."""
        hidden: list[QPushButton] = []
        order = [*self._right, *reversed(self._left)]
        gap = scaled(GAP)
        for widget in (*order, self._more):
            widget.ensurePolished()
        widths = {
            widget: max(widget.sizeHint().width(), widget.minimumWidth()) + gap for widget in order
        }
        more = self._more.sizeHint().width() + gap
        while sum(widths.values()) - sum(widths[w] for w in hidden) + (
            more if hidden else 0
        ) > self.width() and len(hidden) < len(order):
            hidden.append(order[len(hidden)])
        for widget in order:
            widget.setVisible(widget not in hidden)
        self._more.setVisible(bool(hidden))

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the buttons once they are dressed."""
        super().showEvent(event)
        self.share_out()

    def _fill(self) -> None:
        """Put the buttons that have no room into the menu."""
        self._menu.clear()
        for widget in (*self._left, *self._right):
            if not widget.isHidden():
                continue
            if widget.menu():
                self._menu.addMenu(widget.menu()).setText(widget.text())
                continue
            action = self._menu.addAction(widget.text())
            action.setCheckable(widget.isCheckable())
            action.setChecked(widget.isChecked())
            action.setEnabled(widget.isEnabled())
            action.setToolTip(widget.toolTip())
            action.triggered.connect(lambda _checked=False, chosen=widget: chosen.click())
