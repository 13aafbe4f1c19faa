"""The list of the palette's entries: walked with the keys, dragged with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from core.network.editing.palette import PaletteEntry
from gui.design.palette.palette_delegate import PaletteDelegate
from gui.design.palette.palette_model import ROW, PaletteModel, PaletteRow


class PaletteList(QListView):
    """Shows rows of a palette's model.

    Args:
        name: Its accessible name.
        boxed: Whether every entry lies on a plate of its own.
        parent: Its parent.
    """

    chosen = Signal(PaletteEntry)
    """An entry was chosen, by Enter or a double-click."""

    def __init__(self, name: str, *, boxed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PaletteModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(PaletteDelegate(self, boxed=boxed))
        self.setAccessibleName(name)
        self.setObjectName("palettelist")
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show_rows(self, rows: list[PaletteRow], *, choose: bool = True) -> None:
        """Show other rows, and go to the first entry unless Enter is to choose none yet."""
        self.rows.show(rows)
        if choose:
            self.selectionModel().setCurrentIndex(
                self.rows.first_entry(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.scrollToTop()

    def current_entry(self) -> PaletteEntry | None:
        """Return the entry that Enter would choose."""
        row = self.currentIndex().data(ROW)
        return row.entry if row else None

    def choose_current(self) -> None:
        """Choose the entry that the keys have come to."""
        if entry := self.current_entry():
            self.chosen.emit(entry)

    def step(self, by: int) -> None:
        """Go to the next entry up or down, past headings."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.rows.rowCount():
            index = self.rows.index(row)
            if index.data(ROW).entry:
                self.setCurrentIndex(index)
                return
            row += by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter; walk with the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked twice."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.choose_current()
