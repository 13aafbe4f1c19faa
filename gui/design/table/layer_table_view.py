"""The view of the layer table: sorted by its headings, edited by its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from gui.look.appearance import scaled, sized_font
from gui.owners.actions import ActionSpec
from gui.widgets.table import TableView

WIDTHS = {1: 150, 2: 120, 3: 100, 4: 110, 5: 110}
"""Of the columns at least, in pixels of the design; the first one takes the rest."""

SHAPE = "1024 × 112 × 112"
"""The column of outputs, the third one, has room for it in any font."""

LEAST = 90
"""Of each column, also of the first where there is little room; what does not fit is scrolled."""


class LayerTableView(TableView):
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
        header.setMinimumSectionSize(scaled(LEAST))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
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

    def showEvent(self, event: QShowEvent) -> None:
        """Give each column room for its heading and the sign of sorting, once it is dressed."""
        header = self.horizontalHeader()
        shape = QFontMetrics(sized_font(13, mono=True)).horizontalAdvance(SHAPE) + scaled(24)
        header.resizeSection(2, max(header.sectionSize(2), shape))
        for place, width in WIDTHS.items():
            least = max(scaled(width), header.sectionSizeHint(place))
            header.resizeSection(place, max(header.sectionSize(place), least))
        super().showEvent(event)

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
