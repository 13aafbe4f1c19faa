"""The rail at the left: the workspaces in the order of the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QWidget

from gui.look.appearance import scaled
from gui.look.icons import icon
from gui.shell.workspaces import WORKSPACES
from gui.widgets.arrangement.tab_order import one_tab_stop
from gui.widgets.card import column


class Rail(QFrame):
    """One button for each workspace."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = column(self, margins=6, spacing=4)
        layout.setContentsMargins(scaled(6), scaled(10), scaled(6), scaled(10))
        for number, workspace in enumerate(WORKSPACES, 1):
            made = self._button(workspace.id, workspace.title, number)
            layout.addWidget(made)
        layout.addStretch()
        one_tab_stop(self._group.buttons())

    def show_current(self, page: str) -> None:
        """Mark the page in sight."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)

    def focus_current(self, page: str) -> None:
        """Give the keyboard to the button of the page in sight."""
        if page in self._buttons:
            self._buttons[page].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, page: str, title: str, number: int) -> QToolButton:
        made = QToolButton()
        made.setText(title)
        made.setCheckable(True)
        made.setIcon(icon(page, "muted", "text"))
        made.setIconSize(QSize(scaled(20), scaled(20)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setFixedHeight(scaled(56))
        made.setMinimumWidth(scaled(60))
        made.setToolTip(f"{title} (Ctrl+{number})")
        made.setAccessibleName(title)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(page))
        self._group.addButton(made)
        self._buttons[page] = made
        return made
