"""The groups that are entered, at the top left of the canvas."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from gui.widgets.buttons import button
from gui.widgets.card import clear, row
from gui.widgets.texts import text


class Breadcrumb(QFrame):
    """The groups that are entered, each a button that leads back to it."""

    chosen = Signal(str)
    """A group's name, or "" for the whole network."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Open groups"))
        self._parent = parent
        self._row = row(self, margins=4, spacing=4)

    def show_place(self, title: str, inside: str) -> None:
        """Show where one is.

        Args:
            title: Of the design.
            inside: Name of the entered group, or "".
        """
        self.hide()  # what is added to a row in sight would count only once it is shown
        clear(self._row)
        parts = inside.split(".") if inside else []
        names = [".".join(parts[: number + 1]) for number in range(len(parts))]
        width = self._parent.width()
        for name, whole in zip(["", *names], [title, *parts], strict=True):
            room = width // 2 if name == inside else width // (len(parts) + 3)
            shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, room)
            if name:
                self._row.addWidget(text("›", "muted"))
            if name == inside:
                self._row.addWidget(text(shown, "name"))
            else:
                tip = self.tr("Back to {0}").format(whole)
                go = button(shown, partial(self.chosen.emit, name), kind="flat", tip=tip)
                self._row.addWidget(go)
        self.setVisible(bool(inside))
        self.adjustSize()
