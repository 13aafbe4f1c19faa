"""The palette at the left of the canvas: layers and blocks to drag, searchable."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QWidget

from core.network.editing.palette import PALETTE, matching
from gui.design.palette.palette_list import PaletteList
from gui.design.palette.palette_model import PaletteRow, with_headings
from gui.look.appearance import scaled
from gui.look.core_texts import translated
from gui.widgets.card import column
from gui.widgets.texts import text

WIDTH = 212
"""In pixels of the design."""


class PalettePanel(QFrame):
    """A search field above all that can be put into a design."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setProperty("edge", "left")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search layers…  /"))
        self.field.setAccessibleName(self.tr("Search layers"))
        self.field.setToolTip(self.tr("Search layers ( / )"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list = PaletteList(self.tr("Layers and blocks"), boxed=True)
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self._nothing = text("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = column(self, spacing=6)
        layout.setContentsMargins(scaled(12), scaled(12), scaled(4), 0)
        above = column(spacing=6)
        above.setContentsMargins(0, 0, scaled(8), 0)  # as wide as the entries beside their bar
        above.addWidget(self.field)
        above.addWidget(self._nothing)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)
        self._search("")

    def focus_field(self) -> None:
        """Begin a search."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _search(self, wanted: str) -> None:
        if wanted.strip():
            rows = [PaletteRow(translated(entry.title), entry) for entry in matching(wanted)]
        else:
            rows = with_headings(list(PALETTE.values()))
        self.list.show_rows(rows, choose=bool(wanted.strip()))
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._nothing.setText(self.tr("No layer found for “{0}”.").format(wanted.strip()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the field go to the list; Esc empties it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self.list.step(1)
                    return True
                case Qt.Key.Key_Up:
                    self.list.step(-1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.list.choose_current()
                    return True
                case Qt.Key.Key_Escape if self.field.text():
                    self.field.clear()
                    return True
        return super().eventFilter(watched, event)
