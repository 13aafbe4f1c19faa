"""The model behind the table of runs: rows with a sign, sorted by any column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.look.icons import icon
from gui.train.runs.run_words import RunRow
from gui.widgets.images.image_model import Index
from gui.widgets.table import TableColumn, TextTable

SIGNS = {"ok": "ok", "play": "accent", "pause": "warning"}
"""Icon of a row, with its colour."""


class RunsTable(TextTable):
    """Rows of texts with a sign before each.

    Attributes:
        titles: Of the columns.
        rows: As shown.
        order: The column sorted by, and whether the largest is at the top.
    """

    sorted = Signal()

    def __init__(self, columns: Sequence[TableColumn], parent: QWidget) -> None:
        super().__init__(columns, parent)
        self.titles = [column.title for column in columns]
        self.rows: list[RunRow] = []
        self.order = (len(columns) - 1, True)

    def show_runs(self, rows: list[RunRow]) -> bool:
        """Show rows in the order in use; return whether they are others than before."""
        column, largest_first = self.order
        known = [row for row in rows if row.values[column] is not None]
        known.sort(key=lambda row: row.values[column], reverse=largest_first)
        ordered = known + [row for row in rows if row.values[column] is None]
        if ordered == self.rows:
            return False
        self.rows = ordered
        self.show([row.cells for row in ordered])
        return True

    def sort_by(self, column: int) -> None:
        """Sort by a column, the other way round if it is sorted by that already."""
        names = column == 0
        largest_first = not self.order[1] if column == self.order[0] else not names
        self.order = (column, largest_first)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.sorted.emit()

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a heading, with an arrow at the one that is sorted by, or its tip."""
        said = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{said or ''} {self.tr('Click to sort by this column.')}".strip()
        if role != Qt.ItemDataRole.DisplayRole or section != self.order[0]:
            return said
        return f"{said} {'↓' if self.order[1] else '↑'}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, or the sign of a row."""
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            sign = self.rows[index.row()].sign
            return icon(sign, SIGNS[sign])
        return super().data(index, role)
