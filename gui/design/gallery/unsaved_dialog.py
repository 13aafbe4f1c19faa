"""The list of designs that earlier windows left unsaved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from core.network.analysis import analyse
from gui.look.numbers import count
from gui.owners.designs.recovery import Recovery, when
from gui.owners.designs.unsaved_designs import UnsavedDesign
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.buttons import button
from gui.widgets.card import clear, column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.dialogs.dialog_size import open_size
from gui.widgets.texts import text


class UnsavedDialog(Dialog):
    """Opens or deletes unsaved designs.

    Args:
        recovery: Knows them.
    """

    def __init__(self, recovery: Recovery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._recovery = recovery
        self.setWindowTitle(self.tr("Unsaved designs"))
        holder = QWidget()
        self._rows = column(holder, spacing=8)
        head = row(spacing=8)
        head.addWidget(text(self.windowTitle(), "heading"), 1)
        head.addWidget(button(self.tr("Close"), self.reject))
        layout = column(self, margins=16, spacing=12)
        layout.addLayout(head)
        sentence = self.tr(
            "They stay here until you save or delete them. When you open one, the current "
            "design is added to this list if it has unsaved changes."
        )
        layout.addWidget(text(sentence, "muted", wrap=True))
        layout.addWidget(page_area(holder), 1)
        open_size(self, 620, 420)
        recovery.others_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        clear(self._rows)
        for unsaved in self._recovery.others:
            self._rows.addWidget(self._row(unsaved))
        if not self._recovery.others:
            self._rows.addWidget(text(self.tr("There are no unsaved designs."), "muted"))
        self._rows.addStretch()

    def _row(self, unsaved: UnsavedDesign) -> QFrame:
        title = unsaved.autosave.title or self.tr("New design")
        frame = QFrame()
        line = row(frame, spacing=8)
        words = column(spacing=2)
        words.addWidget(text(title, "name", wrap=True))
        words.addWidget(text(self._about(unsaved), "muted", wrap=True))
        line.addLayout(words, 1)
        delete = button(self.tr("Delete"), partial(self._recovery.forget, unsaved))
        delete.setAccessibleName(self.tr("Delete {0}").format(title))
        opening = button(self.tr("Open"), partial(self._open, unsaved), kind="primary")
        opening.setAccessibleName(self.tr("Open {0}").format(title))
        line.addWidget(delete, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(opening, 0, Qt.AlignmentFlag.AlignVCenter)
        return frame

    def _about(self, unsaved: UnsavedDesign) -> str:
        network = unsaved.autosave.network
        parameters = count(analyse(network).parameters)
        parts = [
            when(unsaved.autosave),
            self.tr("%n layer(s)", "", len(network.nodes)),
            self.tr("{0} parameters").format(parameters),
        ]
        if unsaved.autosave.path:
            parts.append(Path(unsaved.autosave.path).name)
        return " · ".join(parts)

    def _open(self, unsaved: UnsavedDesign) -> None:
        self.accept()
        self._recovery.open(unsaved)
