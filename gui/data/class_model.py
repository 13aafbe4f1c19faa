"""The classes of the project as a list: name, count, share of the largest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from gui.look.numbers import count
from gui.look.theme import class_colour
from gui.widgets.images.image_model import NO_INDEX, Index

ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One row of the list.

    Attributes:
        name: The class, or None for all images.
        title: As shown.
        images: How many.
        share: Of the largest class, 0…1.
        colour: The class's colour as `#RRGGBB`, or "" for all images.
    """

    name: str | None
    title: str
    images: int
    share: float = 1.0
    colour: str = ""


class ClassModel(QAbstractListModel):
    """Rows of classes, with all images first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ClassRow] = []

    def show(self, counts: dict[str, int]) -> None:
        """Show classes by name with how many images each has."""
        largest = max(counts.values(), default=0) or 1
        self.beginResetModel()
        self._rows = [ClassRow(None, self.tr("All images"), sum(counts.values()))]
        self._rows += [
            ClassRow(name, name, images, images / largest, class_colour(number))
            for number, (name, images) in enumerate(counts.items())
        ]
        self.endResetModel()

    def row_of(self, name: str | None) -> int:
        """Return the row of a class, or 0 if it is gone."""
        return next((i for i, row in enumerate(self._rows) if row.name == name), 0)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or its text."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {count(row.images)}"
        return row.title if role == Qt.ItemDataRole.ToolTipRole else None
