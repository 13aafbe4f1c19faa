"""Push buttons by the part they play, with the reason why one is disabled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from gui.look.appearance import scaled
from gui.look.icons import icon

_ICON_ROLES = {"primary": "on_accent", "large": "on_accent", "link": "accent"}


def button(
    content: str,
    clicked: Callable[[], object] | None = None,
    *,
    kind: str = "plain",
    icon_name: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """Make a button.

    Args:
        content: Its text; where it is empty, the tip is its accessible name.
        clicked: Called on a click.
        kind: As in the style sheet: plain, primary, large, link, flat, brand or recent.
        icon_name: A file in `resources/icons`, without its suffix.
        tip: Its tool tip.
        parent: Its parent.
    """
    made = QPushButton(content, parent)
    _set_up(made, kind, icon_name)
    made.setToolTip(tip)
    made.setAccessibleName(content or tip)
    if clicked:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def allow(widget: QWidget, blocked: str, tip: str = "") -> None:
    """Enable a control, or disable it with the reason as its tool tip.

    Args:
        widget: The control.
        blocked: Why it cannot be used now, or "".
        tip: Its tool tip while it can be used.
    """
    widget.setEnabled(not blocked)
    widget.setToolTip(blocked or tip)
    widget.setAccessibleDescription(blocked or tip)


class ActionButton(QPushButton):
    """A button with a picture alone, which shows an action: its name, and whether it can be used.

    Args:
        action: What it does.
        icon_name: A file in `resources/icons`, without its suffix.
    """

    def __init__(self, action: QAction, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        _set_up(self, "plain", icon_name)
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._show_action)
        self._show_action()

    def _show_action(self) -> None:
        tip = self._action.toolTip()
        allow(self, "" if self._action.isEnabled() else tip, tip)
        self.setAccessibleName(self._action.text())


def _set_up(made: QPushButton, kind: str, icon_name: str) -> None:
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon_name:
        made.setIcon(icon(icon_name, _ICON_ROLES.get(kind, "text")))
        made.setIconSize(QSize(scaled(16), scaled(16)))
