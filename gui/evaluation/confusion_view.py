"""The confusion matrix: what was taken for what, each cell to be selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.look.appearance import colour, faded, scaled, sized_font
from gui.look.numbers import count
from gui.widgets.images.image_model import NO_INDEX, Index

if TYPE_CHECKING:
    from core.evaluation.metrics import Confusion

SHARE = Qt.ItemDataRole.UserRole
MAX_OPACITY = 0.45
"""Of a cell's colour, so that its number keeps its contrast."""


class ConfusionModel(QAbstractTableModel):
    """Counts; row = true class, column = predicted class."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: list[str] = []
        self._matrix: list[list[int]] = []

    def show(self, confusion: Confusion | None) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self._labels = confusion.labels if confusion else []
        self._matrix = confusion.matrix if confusion else []
        self.endResetModel()

    def labels_at(self, index: Index) -> tuple[str, str]:
        """Return the true and the predicted class of a cell."""
        return self._labels[index.row()], self._labels[index.column()]

    def most_confused(self) -> tuple[int, int] | None:
        """Return row and column of the most frequent mistake, or None without any."""
        cells = [
            (number, i, j)
            for i, row in enumerate(self._matrix)
            for j, number in enumerate(row)
            if i != j and number
        ]
        return max(cells)[1:] if cells else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many classes there are."""
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many classes there are."""
        return 0 if parent.isValid() else len(self._labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a count, or its share of the row."""
        row = self._matrix[index.row()]
        number = row[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return count(number)
        if role == SHARE:
            return number / (sum(row) or 1)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            true, predicted = self.labels_at(index)
            return self.tr("{0} seen as {1}: {2}").format(true, predicted, count(number))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a class."""
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self._labels[section] if role in shown else None


class ConfusionDelegate(QStyledItemDelegate):
    """Paints a cell: green on the diagonal, red beside it, stronger where there is more."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        rect: QRect = option.rect
        painter.save()
        role = "ok" if index.row() == index.column() else "error"
        share = index.data(SHARE)
        opacity = MAX_OPACITY * share if role == "ok" else MAX_OPACITY * min(1.0, 4 * share)
        painter.fillRect(rect, faded(role, opacity))
        painter.setPen(colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(sized_font(15, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, index.data())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colour("accent"), 3))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        return QSize(scaled(56), scaled(44))


class ConfusionView(QTableView):
    """Shows the matrix and says which cell is selected."""

    cell_chosen = Signal(str, str)
    """The true and the predicted class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._confusion = ConfusionModel(self)
        self.setModel(self._confusion)
        self.setItemDelegate(ConfusionDelegate(self))
        self.setAccessibleName(self.tr("Confusion matrix: rows are true, columns predicted"))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setMinimumSectionSize(scaled(28))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMaximumWidth(scaled(140))
        self.setMinimumSize(scaled(240), scaled(180))
        self.selectionModel().currentChanged.connect(self._tell)

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show another matrix and select its most frequent mistake."""
        self._confusion.show(confusion)
        if cell := self._confusion.most_confused():
            self.setCurrentIndex(self._confusion.index(*cell))

    def choose(self, row: int, column: int) -> None:
        """Select a cell."""
        self.setCurrentIndex(self._confusion.index(row, column))

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.cell_chosen.emit(*self._confusion.labels_at(current))
