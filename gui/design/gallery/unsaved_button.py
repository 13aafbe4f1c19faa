"""The way to designs that earlier windows left unsaved; hidden while there are none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.owners.designs.recovery import Recovery
from gui.widgets.buttons import button
from gui.widgets.card import row


class UnsavedButton(QWidget):
    """A button that says how many unsaved designs there are.

    Args:
        recovery: Knows them.

    Attributes:
        button: Asks for the list.
    """

    def __init__(self, recovery: Recovery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recovery = recovery
        tip = self.tr("Unsaved designs from earlier sessions")
        self.button = button("", recovery.list_wanted.emit, tip=tip)
        row(self).addWidget(self.button)
        recovery.others_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        others = len(self._recovery.others)
        self.button.setText(self.tr("%n unsaved…", "", others))
        self.button.setVisible(bool(others))
