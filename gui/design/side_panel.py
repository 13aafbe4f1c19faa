"""The panel at the right: the settings, and in tabs beside them what else is told of a design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QStackedWidget, QWidget

from gui.look.appearance import scaled, sized_font
from gui.widgets.arrangement.tab_order import one_tab_stop
from gui.widgets.buttons import button
from gui.widgets.card import column, row


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab.

    Attributes:
        id: Its name in the code.
        title: As shown.
        make: Makes its content when it is first shown.
    """

    id: str
    title: str
    make: Callable[[], QWidget]


class SidePanel(QFrame):
    """Shows one tab at a time; what a tab holds is made when it is first shown.

    It shows none before the first `show_tab`.
    """

    changed = Signal(str)
    """Another tab is shown, by its id."""

    def __init__(self, tabs: tuple[Tab, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setProperty("edge", "right")
        self._tabs = {tab.id: tab for tab in tabs}
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        head = row(spacing=2)
        head.setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(4))
        for tab in tabs:
            made = button(tab.title, partial(self.show_tab, tab.id), kind="tab")
            made.setCheckable(True)
            bold = QFontMetrics(sized_font(13, bold=True)).horizontalAdvance(tab.title)
            made.setMinimumWidth(bold + scaled(22))  # the chosen one is bold, the others stay put
            self._group.addButton(made)
            self._buttons[tab.id] = made
            head.addWidget(made)
        one_tab_stop(self._group.buttons())
        head.addStretch()
        layout = column(self, spacing=0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.current = ""

    def show_tab(self, name: str) -> None:
        """Show a tab, making it first if it is new."""
        if name not in self._pages:
            self._pages[name] = self._tabs[name].make()
            self._stack.addWidget(self._pages[name])
        self._stack.setCurrentWidget(self._pages[name])
        self._buttons[name].setChecked(True)
        if name != self.current:
            self.current = name
            self.changed.emit(name)

    def focus_tab(self) -> None:
        """Put the keyboard onto the tab that is shown."""
        self._buttons[self.current].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def page(self, name: str) -> QWidget | None:
        """Return what a tab holds, if it was shown."""
        return self._pages.get(name)
