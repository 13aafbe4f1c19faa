"""A grid of equal tiles that costs the same for ten images and for a million.

`QListView` in wrapping mode lays out all items again at every change of width: 140 ms at 100,000
(measured). Equal tiles need no layout at all: where a tile lies is a
matter of dividing.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from gui.widgets.images.image_model import Index
from gui.widgets.images.tile_delegate import TileDelegate

_MANY = 2000
"""Ranges with more rows than this repaint the whole viewport instead of tile by tile."""

Action = QAbstractItemView.CursorAction


class GridView(QAbstractItemView):
    """Shows a list model as tiles, row by row, scrolled vertically."""

    def __init__(self, delegate: TileDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setObjectName("grid")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def columns(self) -> int:
        """How many tiles a row has, with room for the scroll bar, whether it is shown or not."""
        return self._columns_in(self.width())

    def visible_rows(self) -> range:
        """Return the model rows that are in sight, in part or whole."""
        height = self._delegate.tile_size.height()
        top = self.verticalScrollBar().value()
        first = top // height * self.columns
        last = ((top + self.viewport().height() - 1) // height + 1) * self.columns
        return range(first, min(last, self._count()))

    def _columns_in(self, width: int) -> int:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return max(1, (width - bar) // self._delegate.tile_size.width())

    def _count(self) -> int:
        return self.model().rowCount() if self.model() else 0

    def _tile_rect(self, row: int) -> QRect:
        size = self._delegate.tile_size
        line, column = divmod(row, self.columns)
        y = line * size.height() - self.verticalScrollBar().value()
        return QRect(column * size.width(), y, size.width(), size.height())

    def _rows_within(self, rect: QRect) -> Iterator[int]:
        size = self._delegate.tile_size
        top = self.verticalScrollBar().value()
        first_column = max(0, rect.left() // size.width())
        last_column = min(self.columns - 1, rect.right() // size.width())
        first_line = max(0, (rect.top() + top) // size.height())
        for line in range(first_line, (rect.bottom() + top) // size.height() + 1):
            for column in range(first_column, last_column + 1):
                if line * self.columns + column < self._count():
                    yield line * self.columns + column

    def _index(self, row: int) -> QModelIndex:
        return self.model().index(row, 0, self.rootIndex())

    def visualRect(self, index: Index) -> QRect:
        """Return where a tile lies in the viewport."""
        return self._tile_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the tile at a point of the viewport."""
        rows = list(self._rows_within(QRect(point, point)))
        return self._index(rows[0]) if rows else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a tile is wholly in sight."""
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > self.viewport().height():
            overhang = rect.bottom() - self.viewport().height() + 1
            bar.setValue(bar.value() + min(overhang, rect.top()))

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return the tile that an arrow key, Page, Home or End leads to."""
        if not self._count():
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self._index(0)
        lines = max(1, self.viewport().height() // self._delegate.tile_size.height())
        steps = {
            Action.MoveLeft: -1,
            Action.MovePrevious: -1,
            Action.MoveRight: 1,
            Action.MoveNext: 1,
            Action.MoveUp: -self.columns,
            Action.MoveDown: self.columns,
            Action.MovePageUp: -lines * self.columns,
            Action.MovePageDown: lines * self.columns,
            Action.MoveHome: -row,
            Action.MoveEnd: self._count() - 1 - row,
        }
        target = row + steps.get(action, 0)
        if action in (Action.MoveUp, Action.MoveDown) and not 0 <= target < self._count():
            return self._index(row)
        return self._index(min(max(target, 0), self._count() - 1))

    def horizontalOffset(self) -> int:
        """Return 0: nothing is scrolled sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far is scrolled down, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Return False: every image has its tile."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the tiles that a rubber band or a click covers, in runs of neighbours."""
        selection = QItemSelection()
        start = last = -1
        for row in self._rows_within(rect.normalized()):
            if last < 0 or row != last + 1:
                if last >= 0:
                    selection.select(self._index(start), self._index(last))
                start = row
            last = row
        if last >= 0:
            selection.select(self._index(start), self._index(last))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what has to be painted again when a selection changes."""
        visible = self.visible_rows()
        region = QRegion()
        for part in (selection.at(i) for i in range(selection.count())):
            if part.height() > _MANY:
                return QRegion(self.viewport().rect())
            for row in range(max(part.top(), visible.start), min(part.bottom() + 1, visible.stop)):
                region += self._tile_rect(row)
        return region

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the number of rows."""
        lines = -(-self._count() // self.columns)
        tile = self._delegate.tile_size.height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, lines * tile - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(tile // 2)
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first tile in sight where it is while the number of columns changes."""
        bar = self.width() - event.size().width()
        width = self._columns_in(event.oldSize().width() + bar)
        tile = self._delegate.tile_size.height()
        first = self.verticalScrollBar().value() // tile * width
        self.updateGeometries()
        if first and width != self.columns:
            self.verticalScrollBar().setValue(first // self.columns * tile)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles in sight."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        selected, current = self.selectionModel(), self.currentIndex().row()
        states = QStyle.StateFlag
        for row in self._rows_within(event.rect()):
            index = self._index(row)
            option.rect = self._tile_rect(row)
            state = states.State_Enabled
            if selected and selected.isSelected(index):
                state |= states.State_Selected
            if row == current and self.hasFocus():
                state |= states.State_HasFocus
            option.state = state
            self._delegate.paint(painter, option, index)
        painter.end()
