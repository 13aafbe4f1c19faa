"""Tables of texts: a model over rows of strings, and a view in the program's look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from gui.look.appearance import scaled, sized_font
from gui.look.term_tips import meaning
from gui.widgets.images.image_model import NO_INDEX, Index


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table.

    Attributes:
        title: Its heading.
        figures: Whether it holds figures, which stand in the monospaced font.
        right: Whether it is aligned at the right.
    """

    title: str
    figures: bool = False
    right: bool = False


class TextTable(QAbstractTableModel):
    """Rows of texts under headings."""

    def __init__(self, columns: Sequence[TableColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fonts = {figures: sized_font(13, mono=figures) for figures in (False, True)}
        self._rows: Sequence[Sequence[str]] = ()

    def show(self, rows: Sequence[Sequence[str]], columns: Sequence[TableColumn] = ()) -> None:
        """Show other rows, and other columns if given.

        As many rows as before take over their selection and keyboard: figures that change while
        one reads them take neither away.
        """
        if len(rows) == len(self._rows) and not columns:
            self.layoutAboutToBeChanged.emit()
            self._rows = rows
            self.layoutChanged.emit()
            return
        self.beginResetModel()
        self._rows = rows
        self._columns = tuple(columns) or self._columns
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, its font or its alignment."""
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index)
        if role == Qt.ItemDataRole.FontRole:
            return self._fonts[column.figures]
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a heading, what it means if it is a term, or its alignment."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return meaning(self._columns[section].title) or None
        alignment = Qt.ItemDataRole.TextAlignmentRole
        return _alignment(self._columns[section]) if role == alignment else None

    def _tip(self, index: Index) -> str:
        """Return what a row's name means if it is a term, or the text, which may be cut off."""
        said = self._rows[index.row()][index.column()]
        return (meaning(said) if index.column() == 0 else "") or said


def _alignment(column: TableColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class TableView(QTableView):
    """A table without grid whose first column takes the room that is left.

    Args:
        name: Its accessible name.
        selectable: Whether rows can be selected.
        whole: Whether it is as high as its rows, instead of scrolling.
        first: Width in pixels of the design that the first column needs.
        narrowest: Width in pixels of the design below which it is not made narrower; where columns
            do not fit into it, it scrolls. 0: it is as wide as they are.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        *,
        selectable: bool = False,
        whole: bool = False,
        first: int = 120,
        narrowest: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole = whole
        self._first = first
        self._narrowest = narrowest
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(
            QFontMetrics(sized_font(13)).height() + scaled(11)
        )
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.SingleSelection if selectable else modes.NoSelection)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if not selectable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            model.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the height of all rows where the table does not scroll."""
        if not self._whole:
            return super().sizeHint()
        rows = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height()
        return QSize(scaled(200), rows + 2 * self.frameWidth() + scaled(2))

    def minimumSizeHint(self) -> QSize:
        """Return a small size, or the whole one where the table does not scroll."""
        height = self.sizeHint().height() if self._whole else scaled(90)
        return QSize(scaled(self._narrowest) or self._text_width(), height)

    def updateGeometries(self) -> None:
        """Give the first column the room that is left, or what it needs where there is less."""
        super().updateGeometries()
        if self._narrowest:
            header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
            others = header.length() - header.sectionSize(0)
            fits = self.viewport().width() - others >= scaled(self._first)
            mode = modes.Stretch if fits else modes.Fixed
            if header.sectionResizeMode(0) != mode:
                header.setSectionResizeMode(0, mode)
            if not fits and header.sectionSize(0) != scaled(self._first):
                header.resizeSection(0, scaled(self._first))

    def _text_width(self) -> int:
        """Return the width at which no text is cut off but in the first column."""
        header = self.horizontalHeader()
        wide = (
            max(header.sectionSizeHint(column), self.sizeHintForColumn(column))
            for column in range(1, self.model().columnCount())
        )
        return scaled(self._first) + sum(wide) + 2 * self.frameWidth()
