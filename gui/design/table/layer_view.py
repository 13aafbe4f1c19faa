"""The view of the layer table: sorted by its headings, edited by its keys."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from gui.shell.appearance import scaled
from gui.widgets.table import TableView

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYS = {
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "remove",
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier): "remove",
    (Qt.Key.Key_Delete, CONTROL): "bridge",
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): "insert",
    (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier): "insert",
    (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): "rename",
}


class LayerView(TableView):
    """Shows layers; a click on a heading sorts, a third one restores the computing order."""

    pressed_keys = Signal(str)
    """The name of the action whose keys were pressed."""

    def __init__(
        self, model: QSortFilterProxyModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, name, selectable=True, parent=parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        # By content, each change would measure every row: 20 ms at 1,000 layers.
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate((0, 150, 140, 110, 115, 120)):
            if width:
                least = header.sectionSizeHint(place)  # with room for the sign of sorting
                header.resizeSection(place, max(scaled(width), least))
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of the table; others move as in any table."""
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = KEYS.get((Qt.Key(event.key()), keys))
        if event.matches(QKeySequence.StandardKey.Copy):
            name = "copy"
        if name and self.state() != QAbstractItemView.State.EditingState:
            self.pressed_keys.emit(name)
        else:
            super().keyPressEvent(event)
