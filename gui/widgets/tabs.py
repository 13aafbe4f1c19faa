"""Panels of which one is shown, chosen by the tabs above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from gui.look.term_tips import meaning
from gui.widgets.card import PageCard


class TabCard(PageCard):
    """A card with a row of tabs instead of a heading.

    Args:
        tabs: Title and content of each.
    """

    def __init__(self, tabs: Sequence[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bar, self._stack = _Bar(), QStackedWidget()
        for number, (title, content) in enumerate(tabs):
            self._bar.addTab(title)
            self._bar.setTabToolTip(number, meaning(title))
            self._stack.addWidget(content)
        self._bar.currentChanged.connect(self._show)
        self._show(0)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._stack, 1)

    def choose(self, number: int) -> None:
        """Show the panel with this number."""
        self._bar.setCurrentIndex(number)

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._bar.setAccessibleName(self._bar.tabText(number))


class _Bar(QTabBar):
    """Tabs that are never cut off. The wheel over them is the page's."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
