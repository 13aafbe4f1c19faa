"""The images a grid shows, as a Qt model over values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

TILE = Qt.ItemDataRole.UserRole
NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Tile:
    """One image in a grid.

    Attributes:
        path: The image.
        kept: Where its thumbnail is kept on disk, or None.
        badge: A word in its corner ("test"), or "".
        caption: A line below it, or "".
        problem: Why it cannot be read, or "".
        tip: Its tool tip.
    """

    path: Path
    kept: Path | None = None
    badge: str = ""
    caption: str = ""
    problem: str = ""
    tip: str = ""


class ImageModel(QAbstractListModel):
    """A list of tiles, made of what it is given only when a tile is asked for.

    Args:
        tile_of: Makes the tile of one of the items.
        parent: Its parent.
    """

    def __init__(self, tile_of: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tile_of = tile_of
        self._items: Sequence[Any] = ()

    @property
    def items(self) -> Sequence[Any]:
        """What is shown, in order."""
        return self._items

    def show(self, items: Sequence[Any]) -> None:
        """Show other items."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def tile(self, row: int) -> Tile:
        """Return the tile of a row."""
        return self._tile_of(self._items[row])  # type: ignore[no-any-return]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many images there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a tile, or its text for tool tips and for screen readers."""
        if not index.isValid():
            return None
        tile = self.tile(index.row())
        if role == TILE:
            return tile
        if role == Qt.ItemDataRole.ToolTipRole:
            return tile.tip
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (tile.path.name, tile.badge, tile.caption) if part)
        return None
