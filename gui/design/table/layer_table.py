"""The layer table: the network without a canvas, for the keyboard and the screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QWidget

from core.atomic import write_atomically
from core.errors import LayerloomError
from core.network.naming import rename, rename_group
from core.network.network import Network, NetworkError
from core.network.review.network_report import layers_as_csv
from core.network.view.cards import Card, View, cards
from gui.design.table.layer_model import CARD, SORTED_BY, LayerModel
from gui.design.table.layer_table_view import LayerTableView
from gui.design.toolbar import Toolbar
from gui.look.appearance import scaled
from gui.owners.actions import ActionSpec, shown_keys
from gui.owners.designs.document import Document
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.save_question import ask_where_to_save
from gui.widgets.texts import text

MENU = (
    "rename",
    "insert",
    "cut",
    "copy",
    "paste_layers",
    "duplicate",
    "delete",
    "delete_and_reconnect",
    "bypass",
    "note",
    "freeze",
    "freeze_up_to",
    "group",
    "frame",
    "ungroup",
    "fold",
    "enter",
    "leave",
    "rows",
)
"""What the context menu offers; the other actions have their keys here, too."""

Flag = QItemSelectionModel.SelectionFlag


class LayerTable(QFrame):
    """Lists the layers that the canvas shows, or all of them, and edits them.

    Args:
        document: The design.
        actions: What can be done with the selection; each is in the context menu and has its keys.
    """

    insert_after_requested = Signal(str)
    """The user wants to insert a layer behind the one of this id."""

    def __init__(
        self,
        document: Document,
        actions: Sequence[ActionSpec] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._seen: View | None = None
        self._follows = False
        self._stale = True
        self.setObjectName("layertable")
        self.model = LayerModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORTED_BY)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setFilterKeyColumn(0)
        self.view = LayerTableView(self._sorted, self.tr("Layers of the network"))
        self._filter = QLineEdit()
        self._all = button(self.tr("All layers"), kind="toggle")
        self._message = text("", "error", wrap=True)
        self._specs = (*self._own_specs(), *actions)
        self._lay_out()
        self._connect()
        self._refresh()

    def first_control(self) -> QWidget:
        """Return what has the keyboard when the table comes into sight."""
        return self.view

    def _lay_out(self) -> None:
        self._filter.setPlaceholderText(self.tr("Filter by name…"))
        self._filter.setAccessibleName(self.tr("Filter by name"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMinimumWidth(scaled(84))
        self._filter.setMaximumWidth(scaled(220))
        self._all.setCheckable(True)
        self._all.setToolTip(self.tr("Also list the layers inside collapsed groups"))
        search = QWidget()
        left = row(search, spacing=4)
        left.addWidget(self._filter, 1)
        left.addWidget(self._all)
        left.addStretch()
        buttons = [
            button(spec.text, spec.handler, kind="toggle", tip=shown_keys(spec))
            for spec in self._own_specs()
            if spec.id != "rename"
        ]
        self._message.hide()
        box = column(self, spacing=6)
        box.setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8))
        box.addWidget(AdaptiveRow((search, Toolbar((), buttons)), (1, 0), spacing=4))
        box.addWidget(self._message)
        box.addWidget(self.view, 1)

    def _own_specs(self) -> tuple[ActionSpec, ...]:
        """Return what the table itself can do."""
        return (
            ActionSpec("rename", self.tr("Rename"), ("F2",), self._edit_name, self._why_no_row),
            ActionSpec("insert", self.tr("Insert after…"), ("Ins", "Shift+A"), self._ask_for_layer),
            ActionSpec("rows", self.tr("Copy rows"), ("Ctrl+Shift+C",), self._copy),
            ActionSpec("export", self.tr("Export CSV…"), (), self._export),
        )

    def _why_no_row(self) -> str:
        return "" if self.view.currentIndex().isValid() else self.tr("No layer is selected.")

    def _connect(self) -> None:
        document = self._document
        document.network_changed.connect(self._follow)
        document.inside_changed.connect(self._refresh)
        document.selection_changed.connect(self._show_selection)
        document.reveal_requested.connect(lambda _: self._show_selection())
        self._filter.textChanged.connect(self._show_matching)
        self._all.toggled.connect(lambda _: self._refresh())
        self.model.renamed.connect(self._rename)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self.view.activated.connect(self._open)
        self.view.offer(self._specs)
        self.view.chosen.connect(self._act)
        self.view.customContextMenuRequested.connect(self._show_menu)

    def _follow(self) -> None:
        """Follow the design once the canvas shows what is new: a keystroke is not to wait."""
        if not self._stale:
            self._stale = True
            QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        """Bring the rows up to date with the design; out of sight, this waits."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        document, network = self._document, self._document.network
        if self._all.isChecked():
            network = network.with_nodes(network.nodes, ())
        self._seen = cards(network, document.analysis, document.inside, self._seen)
        order = {id_: place for place, id_ in enumerate(document.analysis.results)}
        rows = sorted(self._seen.cards, key=lambda card: order[card.ids[0]])
        with self._following():
            self.model.show(rows)
        self._show_selection()

    def _show_matching(self, part: str) -> None:
        """Show the rows whose name contains a text."""
        with self._following():
            self._sorted.setFilterFixedString(part)
        self._show_selection()

    @contextmanager
    def _following(self) -> Iterator[None]:
        """Keep to oneself what Qt selects and deselects where rows come and go."""
        self._follows = True
        try:
            yield
        finally:
            self._follows = False

    def _rows_of_selection(self) -> list[int]:
        """Return the rows in sight whose layers are all selected in the design."""
        chosen = self._document.selection
        if not chosen:
            return []
        found = (
            self._sorted.mapFromSource(self.model.index(number, 0)).row()
            for number, card in enumerate(self.model.rows)
            if card.ids[0] in chosen and chosen.issuperset(card.ids)
        )
        return sorted(number for number in found if number >= 0)

    def _show_selection(self) -> None:
        """Select the rows of what is selected in the design."""
        if self._stale:
            return
        rows = self._rows_of_selection()
        selected = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        if rows == selected:
            return
        selection, last = QItemSelection(), self._sorted.columnCount() - 1
        for number in rows:
            selection.select(self._sorted.index(number, 0), self._sorted.index(number, last))
        model = self.view.selectionModel()
        with self._following():
            model.select(selection, Flag.ClearAndSelect)
            if rows and model.currentIndex().row() not in rows:
                model.setCurrentIndex(self._sorted.index(rows[0], 0), Flag.NoUpdate)
        if rows:
            self.view.scrollTo(self._sorted.index(rows[0], 0))

    def _select(self) -> None:
        """Select in the design what the user selected here."""
        if not self._follows:
            rows = self.view.selectionModel().selectedRows()
            self._document.select(id_ for index in rows for id_ in index.data(CARD).ids)

    def _open(self, index: QModelIndex) -> None:
        """Bring a layer into sight on the canvas, or enter a group."""
        card = index.data(CARD)
        if card.group:
            self._document.enter(card.name)
        else:
            self._document.reveal(card.id)

    def _act(self, spec: ActionSpec) -> None:
        """Do something with the selection; where that deleted it, go on at the next row."""
        if reason := spec.blocked():
            self._say(reason)
            return
        self._say("")
        behind = self._card_ids()[max(self.view.currentIndex().row(), 0) :]
        spec.handler()
        self._catch_up()
        if not self._document.selection:
            there = self._card_ids()
            if left := [id_ for id_ in behind if id_ in there] or there[-1:]:
                self.view.setCurrentIndex(self._sorted.index(there.index(left[0]), 0))

    def _card_ids(self) -> list[str]:
        """Return the ids of the rows in sight, as they are sorted now."""
        count = self._sorted.rowCount()
        return [self._sorted.index(number, 0).data(CARD).id for number in range(count)]

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        offered = {spec.id: spec for spec in reversed(self._specs)}
        for spec in (offered[name] for name in MENU if name in offered):
            action = menu.addAction(spec.text, partial(self._act, spec))
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            reason = spec.blocked()
            action.setEnabled(not reason)
            action.setToolTip(reason or spec.text)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _change(self, network: Network, words: str) -> None:
        self._say("")
        self._document.change(network, words)
        self._catch_up()

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def _edit_name(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.view.edit(index.siblingAtColumn(0))

    def _rename(self, card: Card, name: str) -> None:
        network = self._document.network
        try:
            changed = (rename_group if card.group else rename)(
                network, card.name if card.group else card.id, name
            )
        except NetworkError as error:
            self._say(str(error))
        else:
            self._change(changed, self.tr("Rename {0}").format(card.name))

    def _ask_for_layer(self) -> None:
        """Ask for a layer behind the current row's."""
        index = self.view.currentIndex()
        rows = self.model.rows
        card = index.data(CARD) if index.isValid() else rows[-1] if rows else None
        self.insert_after_requested.emit(card.ids[-1] if card else "")

    def _copy(self) -> None:
        """Copy the selected rows, or all where none is, with tabs between the columns."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        columns = range(self._sorted.columnCount())
        lines = [
            [self._sorted.index(number, place).data() for place in columns]
            for number in rows or range(self._sorted.rowCount())
        ]
        head = [self._sorted.headerData(place, Qt.Orientation.Horizontal) for place in columns]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (head, *lines)))

    def _export(self) -> None:
        """Ask for a file and write all layers into it."""
        title = self._document.origin.title or self.tr("Network")
        kinds = self.tr("Tables (*.csv)")
        asked = self.tr("Export the layers")
        chosen = ask_where_to_save(self, asked, f"{title}.csv", kinds, ".csv")
        if chosen is None:
            return
        try:
            # A byte order mark: spreadsheets then read the text as UTF-8.
            data = layers_as_csv(self._document.analysis).encode("utf-8-sig")
            write_atomically(chosen, data)
        except LayerloomError as error:
            self._say(str(error))
        else:
            self._say("")

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        if self._stale:
            self._refresh()
