"""Going from one part of the Design page to the next by F6."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Pane:
    """A part that the keyboard can be in.

    Attributes:
        widget: Holds all of it.
        enter: Gives it the keyboard.
    """

    widget: QWidget
    enter: Callable[[], None]


class Panes(QObject):
    """Leads the keyboard from part to part; those out of sight are passed over.

    Args:
        page: What holds them all.
        panes: In their order.
    """

    def __init__(self, page: QWidget, panes: tuple[Pane, ...]) -> None:
        super().__init__(page)
        self._panes = panes
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.go(step))

    def go(self, step: int) -> None:
        """Go to the next part, or to the one before it where the step is -1."""
        seen = [pane for pane in self._panes if pane.widget.isVisible()]
        now = QApplication.focusWidget()
        here = [n for n, pane in enumerate(seen) if now and pane.widget.isAncestorOf(now)]
        here += [n for n, pane in enumerate(seen) if now is pane.widget]
        if seen:
            seen[((here[0] if here else -step) + step) % len(seen)].enter()
