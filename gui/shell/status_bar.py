"""The bar at the bottom: two short sentences of the page in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from gui.look.appearance import scaled
from gui.look.term_tips import meanings
from gui.shell.status_line import SEPARATOR, StatusLine
from gui.widgets.card import row
from gui.widgets.texts import text


class StatusBar(QFrame):
    """Shows what the page in sight says of itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(scaled(28))
        self._left = StatusLine()
        self._right = text()
        layout = row(self)
        layout.setContentsMargins(scaled(16), 0, scaled(16), 0)
        layout.addWidget(self._left, 1)
        layout.addWidget(self._right)

    def say(self, left: str, right: str, *, strong: bool = False) -> None:
        """Show two sentences; `strong`: the figures of the first one are what matters."""
        self._left.strong = strong
        self._left.setText(left)
        self._left.update()
        self._right.setText(right)
        for label, sentence in ((self._left, left), (self._right, right)):
            label.setToolTip(meanings(*_last_words(sentence)))


def _last_words(sentence: str) -> list[str]:
    """Return what its statements count: “12 parameters · 3 wires” counts parameters and wires."""
    return [statement.rsplit(" ", 1)[-1] for statement in sentence.split(SEPARATOR)]
