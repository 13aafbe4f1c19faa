"""Panels of which one is shown, chosen by the buttons above them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from gui.look.appearance import scaled, sized_font
from gui.look.term_tips import meaning
from gui.widgets.arrangement.tab_order import one_tab_stop
from gui.widgets.card import PageCard, row


class TabCard(PageCard):
    """A card with a row of tabs instead of a heading.

    Args:
        tabs: Title and content of each.
    """

    def __init__(self, tabs: Sequence[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        head = row(spacing=4)
        head.setContentsMargins(-scaled(6), 0, 0, 0)
        for number, (title, content) in enumerate(tabs):
            tab = QToolButton()
            tab.setText(title)
            tab.setCheckable(True)
            tab.setCursor(Qt.CursorShape.PointingHandCursor)
            tab.setAccessibleName(title)
            tab.setToolTip(meaning(title))
            room = QFontMetrics(sized_font(12, bold=True)).horizontalAdvance(title)
            tab.setMinimumWidth(room + scaled(16))
            tab.clicked.connect(partial(self._choose, number))
            self._group.addButton(tab, number)
            head.addWidget(tab)
            self._stack.addWidget(content)
        one_tab_stop(self._group.buttons())
        head.addStretch()
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)
        self.choose(0)

    def choose(self, number: int) -> None:
        """Show the panel with this number."""
        self._group.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)

    def _choose(self, number: int, _checked: bool = False) -> None:
        self.choose(number)
