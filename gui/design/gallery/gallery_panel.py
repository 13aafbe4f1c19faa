"""Networks to begin with: a search field, cards, and what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QWidget

from core.errors import LayerloomError
from core.opening.gallery import GalleryEntry, WeightsPlace, gallery_entries
from gui.design.gallery.gallery_delegate import WIDTH, GalleryDelegate, card_height
from gui.design.gallery.gallery_model import ENTRY, GalleryModel, error
from gui.look.appearance import scaled
from gui.look.core_texts import in_users_language
from gui.look.numbers import file_size
from gui.owners.background import Background
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.images.image_model import Index
from gui.widgets.texts import text


class GalleryPanel(QWidget):
    """Cards of templates and pretrained networks.

    Args:
        background: Reads the entries on a thread.
        failed: Told what could not be read.
    """

    chosen = Signal(GalleryEntry, bool)
    """A network is to be opened, and whether with its weights."""

    def __init__(
        self,
        background: Background,
        failed: Callable[[LayerloomError], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = GalleryModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search networks, authors, years…"))
        self.field.setAccessibleName(self.tr("Search networks"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.view = _Cards(self.model)
        self.view.setAccessibleName(self.tr("Networks"))
        self.view.opened.connect(lambda: self._open(with_weights=self._weights_are_here()))
        self.view.selectionModel().currentChanged.connect(self._show_current)
        self._title = text("", "name")
        self._about = text("", "muted", wrap=True)
        self._plain = button(self.tr("Open"), lambda: self._open(with_weights=False))
        self._weighted = button("", lambda: self._open(with_weights=True), kind="primary")
        self._lay_out()
        background.run(gallery_entries, self._take, failed)

    def _lay_out(self) -> None:
        foot = row(spacing=8)
        words = column(spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        foot.addLayout(words, 1)
        foot.addWidget(self._plain, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self._weighted, 0, Qt.AlignmentFlag.AlignBottom)
        layout = column(self, spacing=10)
        layout.addWidget(self.field)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
        self._show_current()

    def current(self) -> GalleryEntry | None:
        """Return the chosen card's network."""
        found: GalleryEntry | None = self.view.currentIndex().data(ENTRY)
        return found

    def _take(self, entries: tuple[GalleryEntry, ...]) -> None:
        self.model.show(tuple(in_users_language(entry, "summary", "result") for entry in entries))
        self._choose_first()

    def _search(self, wanted: str) -> None:
        self.model.search(wanted)
        self._choose_first()

    def _choose_first(self) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(self.model.index(0), flag)
        self.view.scrollToTop()
        self._show_current()

    def _show_current(self) -> None:
        """Say more of the chosen card, and what can be done with it."""
        entry = self.current()
        for widget in (self._plain, self._title, self._about):
            widget.setVisible(entry is not None or widget is self._about)
        weighted = entry is not None and entry.weights is not WeightsPlace.NONE
        self._weighted.setVisible(weighted)
        if entry is None:
            self._about.setText(self.tr("No network found.") if self.field.text() else "")
            return
        self._title.setText(entry.title)
        parts = (f"{entry.authors}: {entry.paper}, {entry.year}.", _sentence(error(entry)))
        self._about.setText(" ".join(part for part in parts if part))
        self._plain.setText(self.tr("Open without weights") if weighted else self.tr("Open"))
        download = entry.weights is WeightsPlace.DOWNLOAD
        size = file_size(entry.weights_bytes)
        with_weights = self.tr("Download weights ({0}) and open").format(size)
        self._weighted.setText(with_weights if download else self.tr("Open with weights"))

    def _weights_are_here(self) -> bool:
        entry = self.current()
        return entry is not None and entry.weights in (WeightsPlace.INCLUDED, WeightsPlace.HERE)

    def _open(self, *, with_weights: bool) -> None:
        if entry := self.current():
            self.chosen.emit(entry, with_weights)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows and Enter in the field go to the cards."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in keys:
                self.view.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)


class _Cards(QListView):
    """A grid of cards as wide as the view allows."""

    opened = Signal()
    """The chosen card is to be opened, by Enter or a double-click."""

    def __init__(self, model: GalleryModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(GalleryDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)

    def minimumSizeHint(self) -> QSize:
        """Return the size of one card."""
        return QSize(scaled(WIDTH) + scaled(20), card_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among as many cards as have room."""
        width = self.viewport().width() - 2
        columns = max(1, width // scaled(WIDTH))
        self.setGridSize(QSize(width // columns, card_height()))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit()


def _sentence(words: str) -> str:
    return f"{words}." if words and not words.endswith(".") else words
