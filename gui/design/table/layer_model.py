"""The layers of a design as rows that change no more than the design does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtGui import QColor

from core.network.view.cards import Card
from gui.design.table.columns import layer_columns
from gui.look.appearance import colour, sized_font
from gui.look.term_tips import meaning
from gui.widgets.images.image_model import NO_INDEX, Index

CARD = Qt.ItemDataRole.UserRole
SORTED_BY = Qt.ItemDataRole.UserRole + 1


class LayerModel(QAbstractTableModel):
    """One row for each layer or folded group, in computing order.

    Attributes:
        rows: What is shown.
    """

    renamed = Signal(object, str)
    """A card, and the name the user gave it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = layer_columns()
        self.rows: tuple[Card, ...] = ()

    def show(self, rows: Sequence[Card]) -> None:
        """Show other rows; those that are the same objects are not touched."""
        new = tuple(rows)
        if [card.id for card in new] == [card.id for card in self.rows]:
            self._replace(new)
        else:
            self._exchange(new)

    def _replace(self, new: tuple[Card, ...]) -> None:
        """Take over rows of the same layers and tell of each run of changed ones."""
        old, self.rows = self.rows, new
        changed = [number for number, card in enumerate(new) if card is not old[number]]
        start = 0
        for place, number in enumerate(changed):
            if place + 1 == len(changed) or changed[place + 1] != number + 1:
                last = self.index(number, len(self._columns) - 1)
                self.dataChanged.emit(self.index(changed[start], 0), last)
                start = place + 1

    def _exchange(self, new: tuple[Card, ...]) -> None:
        """Take out and put in the rows between the first and the last that differ."""
        old = self.rows
        shorter = min(len(old), len(new))
        head = 0
        while head < shorter and old[head].id == new[head].id:
            head += 1
        tail = 0
        while tail < shorter - head and old[-1 - tail].id == new[-1 - tail].id:
            tail += 1
        if len(old) - tail > head:
            self.beginRemoveRows(NO_INDEX, head, len(old) - tail - 1)
            self.rows = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if len(new) - tail > head:
            self.beginInsertRows(NO_INDEX, head, len(new) - tail - 1)
            rest = self.rows[head:]
            self.rows = old[:head] + new[head : len(new) - tail] + rest
            self.endInsertRows()
        self._replace(new)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says and looks like."""
        card, column = self.rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return column.text(card)
            case Qt.ItemDataRole.UserRole:
                return card
            case _ if role == SORTED_BY:
                return column.value(card)
            case Qt.ItemDataRole.FontRole:
                return sized_font(13, mono=column.figures, bold=card.group and not index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column.figures)
            case Qt.ItemDataRole.ForegroundRole:
                return colour("error") if card.problem else _faint(card)
            case Qt.ItemDataRole.ToolTipRole:
                return card.problem.what if card.problem else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.text(card)}"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return card.problem.what if card.problem else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading, its tip or its alignment."""
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return meaning(column.title) or None
        alignment = Qt.ItemDataRole.TextAlignmentRole
        return _alignment(column.figures) if role == alignment else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names be edited in their place."""
        flags = super().flags(index)
        return flags if index.column() else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of another name; the row follows when the design has it."""
        card = self.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or value == card.name:
            return False
        self.renamed.emit(card, str(value))
        return True


def _faint(card: Card) -> QColor | None:
    return colour("muted") if card.bypassed else None


def _alignment(figures: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
