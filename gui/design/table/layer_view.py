"""The view of the layer table: sorted by its headings, edited by its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from gui.shell.actions import ActionSpec
from gui.shell.appearance import scaled
from gui.widgets.table import TableView


class LayerView(TableView):
    """Shows layers; a click on a heading sorts, a third one restores the computing order."""

    chosen = Signal(object)
    """The `ActionSpec` whose keys were pressed."""

    def __init__(
        self, model: QSortFilterProxyModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, name, selectable=True, parent=parent)
        self._keys: dict[QKeySequence, ActionSpec] = {}
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

    def offer(self, specs: Sequence[ActionSpec]) -> None:
        """Know the keys of what can be done; of two with the same keys the first has them."""
        self._keys = {
            QKeySequence(keys): spec for spec in reversed(specs) for keys in reversed(spec.keys)
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of actions; others move as in any table."""
        keypad = Qt.KeyboardModifier.KeypadModifier
        modifiers = event.modifiers() & ~keypad
        pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
        spec = self._keys.get(pressed)
        if spec and self.state() != QAbstractItemView.State.EditingState:
            self.chosen.emit(spec)
        else:
            super().keyPressEvent(event)
