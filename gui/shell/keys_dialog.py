"""The list of keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from gui.look.appearance import scaled
from gui.owners.actions import ActionSpec, shown_keys
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.dialogs.dialog_size import open_size
from gui.widgets.texts import mono, text


class KeysDialog(Dialog):
    """Lists what the keyboard does."""

    def __init__(self, table: Sequence[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setHorizontalSpacing(scaled(32))
        grid.setVerticalSpacing(scaled(8))
        shown = [(spec.text.rstrip("…"), shown_keys(spec)) for spec in table if spec.keys]
        for number, (what, keys) in enumerate([*shown, *self._page_keys()]):
            grid.addWidget(text(what), number, 0)
            grid.addWidget(mono(keys), number, 1)
        buttons = row()
        buttons.addStretch()
        buttons.addWidget(button(self.tr("Close"), self.accept))
        layout = column(self, margins=16, spacing=12)
        layout.addWidget(text(self.tr("Keyboard shortcuts"), "heading"))
        layout.addWidget(page_area(content), 1)
        layout.addLayout(buttons)
        open_size(self, 620, 640)

    def _page_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Next or previous control"), self.tr("Tab, Shift+Tab")),
            (self.tr("Move between images, classes, runs or cells"), self.tr("Arrow keys")),
            (self.tr("Enlarge the image"), self.tr("Enter")),
            (self.tr("Next or previous enlarged image"), self.tr("Right, Left")),
            (self.tr("Select all images shown"), self.tr("Ctrl+A")),
            (self.tr("Close the open panel or dialog"), self.tr("Esc")),
        ]
