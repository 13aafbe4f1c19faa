"""What the palette and the search list: headings and entries, and what dragging one carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractListModel,
    QCoreApplication,
    QMimeData,
    QObject,
    Qt,
)

from core.network.editing.palette import BLOCK, PaletteEntry
from gui.look.core_texts import translated
from gui.look.theme import FAMILIES
from gui.widgets.images.image_model import NO_INDEX, Index

MIME = "application/x-layerloom-layer"
"""Of what is dragged: the name of a palette's entry, as UTF-8."""

ROW = Qt.ItemDataRole.UserRole

TITLES = {
    "input/output": str(QT_TRANSLATE_NOOP("Palette", "Input & output")),
    "convolution": str(QT_TRANSLATE_NOOP("Palette", "Convolution")),
    "pooling": str(QT_TRANSLATE_NOOP("Palette", "Pooling")),
    "activation": str(QT_TRANSLATE_NOOP("Palette", "Activation")),
    "normalisation": str(QT_TRANSLATE_NOOP("Palette", "Normalise")),
    "fully connected": str(QT_TRANSLATE_NOOP("Palette", "Fully connected")),
    "merge": str(QT_TRANSLATE_NOOP("Palette", "Merge")),
    BLOCK: str(QT_TRANSLATE_NOOP("Palette", "Blocks")),
    "regularisation": str(QT_TRANSLATE_NOOP("Palette", "Regularise")),
    "rearrangement": str(QT_TRANSLATE_NOOP("Palette", "Rearrange")),
    "opaque": str(QT_TRANSLATE_NOOP("Palette", "Transformers")),
}
"""Of the sections, untranslated."""

COLOURS = {"rearrangement": "regularisation", "opaque": "input_output"}
"""Which family's colour a section has, where it is not its own."""


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One row: a heading, or an entry.

    Attributes:
        title: As shown.
        entry: What it adds; None for a heading.
        result: The shape that leaves it here, or "".
        dimmed: Whether it does not work here.
    """

    title: str
    entry: PaletteEntry | None = None
    result: str = ""
    dimmed: bool = False


def section_colour(section: str) -> str:
    """Return a section's colour as `#RRGGBB`."""
    return FAMILIES[COLOURS.get(section, section.replace("/", "_").replace(" ", "_"))]


def with_headings(entries: Sequence[PaletteEntry]) -> list[PaletteRow]:
    """Return rows of entries under the headings of their sections."""
    rows: list[PaletteRow] = []
    section = ""
    for entry in entries:
        if entry.section != section:
            section = entry.section
            rows.append(PaletteRow(QCoreApplication.translate("Palette", TITLES[section])))
        rows.append(PaletteRow(translated(entry.title), entry))
    return rows


class PaletteModel(QAbstractListModel):
    """Rows of headings and entries; entries can be dragged."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PaletteRow] = []

    def show(self, rows: list[PaletteRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def first_entry(self) -> Index:
        """Return the first row that is no heading; an invalid index where there is none."""
        for number, row in enumerate(self._rows):
            if row.entry:
                return self.index(number)
        return NO_INDEX

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, its title, or what it does."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole and row.result:
            return f"{row.title}, {row.result}"
        if role == Qt.ItemDataRole.ToolTipRole and row.entry:
            return translated(row.entry.summary)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that headings can only be looked at."""
        if not index.isValid() or not self._rows[index.row()].entry:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return the one type that is dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """Return the name of the entry that is dragged."""
        data = QMimeData()
        entry = self._rows[indexes[0].row()].entry if indexes else None
        if entry:
            data.setData(MIME, entry.name.encode())
        return data
