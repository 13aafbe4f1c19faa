"""The left side of Data: the classes, and where further images come from."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QFrame, QListView, QWidget

from gui.data.class_delegate import ClassDelegate
from gui.data.class_model import ROW, ClassModel
from gui.look.appearance import scaled
from gui.widgets.card import column
from gui.widgets.texts import text


class ClassPanel(QFrame):
    """Lists the classes; the chosen one is shown in the grid."""

    chosen = Signal(object)
    """Name of the class, or None for all images."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setProperty("edge", "left")
        self._model = ClassModel(self)
        self.list = QListView()
        self.list.setMinimumWidth(scaled(110))
        self.list.setModel(self._model)
        self.list.setItemDelegate(ClassDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Classes"))
        self.list.selectionModel().selectionChanged.connect(self._tell)
        self.footer = column(spacing=8)
        layout = column(self, margins=12, spacing=8)
        layout.addWidget(text(self.tr("Classes"), "section"))
        layout.addWidget(self.list, 1)
        layout.addLayout(self.footer)

    @property
    def chosen_class(self) -> str | None:
        """Name of the chosen class, or None for all images."""
        row = self.list.currentIndex().data(ROW)
        return row.name if row else None

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show the classes, and keep the chosen one chosen if it is still there."""
        chosen = self.chosen_class
        self._model.show(counts)
        self.choose(chosen)

    def choose(self, name: str | None) -> None:
        """Choose a class."""
        self.list.setCurrentIndex(self._model.index(self._model.row_of(name), 0))

    def _tell(self, selected: QItemSelection) -> None:
        if selected.count():
            self.chosen.emit(self.chosen_class)
