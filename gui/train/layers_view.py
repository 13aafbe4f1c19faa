"""Which layers move in a training, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.runs.curve import EpochPoint
from gui.look.appearance import colour, scaled
from gui.look.numbers import percent
from gui.train.curves.curves_panel import CurvesPanel
from gui.widgets.card import column
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.texts import text

PANEL = QStyle.PrimitiveElement.PE_PanelItemViewItem

BAR = 3
"""Narrowest width of an epoch's bar, in pixels of the design."""

BARS = 130
"""Width of the column of bars, in pixels of the design."""

PLACES = 3
"""Decimal places of a change in percent."""

LEAST = 10.0 ** -(PLACES + 2)
"""The smallest change that these places show."""

MOST_EPOCHS = 200
"""Newest epochs that are drawn."""


class LayersView(QWidget):
    """Lists the layers with the change of their weights, in the newest epoch and in those before.

    Attributes:
        table: A row for each layer.
    """

    def __init__(self, curves: CurvesPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves = curves
        self._newest: EpochPoint | None = None
        self._words = text("", "muted", wrap=True)
        self._model = TextTable(
            [
                TableColumn(self.tr("Layer")),
                TableColumn(self.tr("Change"), figures=True),
                TableColumn(self.tr("Epoch by epoch")),
            ],
            self,
        )
        self.table = TableView(
            self._model, self.tr("Change of each layer"), selectable=True, first=40
        )
        self._bars = _Bars(self)
        self.table.setItemDelegateForColumn(2, self._bars)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(2, scaled(BARS))
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        layout = column(self, spacing=8)
        layout.addWidget(self._words)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        curves.shown_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the curve that is shown, up to its newest epoch."""
        curve = self._curves.shown_curve()
        epochs = curve.epochs if curve else []
        newest = epochs[-1] if epochs and epochs[-1].updates else None
        self.table.setVisible(newest is not None)
        if newest is self._newest and newest is not None:
            return
        self._newest = newest
        if newest is None:
            self._words.setText(self._why_nothing(curve is not None and bool(curve.strengths)))
            return
        self._words.setText(
            self.tr(
                "How far each layer's weights moved in epoch {0}, as a share of their length."
            ).format(newest.epoch)
        )
        updates = self._with_frozen(newest.updates)
        if still := sum(not value for value in updates.values()):
            frozen = self.tr("0 because frozen: %n layer(s).", "", still)
            self._words.setText(f"{self._words.text()} {frozen}")
        self._bars.show_epochs(list(updates), epochs)
        rows = [(name, _share(value), self._history(name)) for name, value in updates.items()]
        self._model.show(rows)

    def _why_nothing(self, quick: bool) -> str:
        if quick:
            return self.tr("Only the last layer learns in the quick recipe; all others are frozen.")
        return self.tr("While a training runs, this shows how much each layer changes.")

    def _with_frozen(self, updates: dict[str, float]) -> dict[str, float]:
        """Return the updates of all layers from the image on, 0 where a layer is frozen."""
        settings = self._curves.shown_settings()
        if settings is None:
            return updates
        frozen = {layer.name: 0.0 for layer in settings.layers if layer.frozen}
        return frozen | updates

    def _history(self, name: str) -> str:
        """Say what the bars show, for those who do not see them."""
        curve = self._curves.shown_curve()
        epochs = curve.epochs[-5:] if curve else []
        return ", ".join(_share(epoch.updates.get(name, 0.0)) for epoch in epochs)


class _Bars(QStyledItemDelegate):
    """Draws a bar for each epoch; frozen layers lie flat.

    The square root makes small changes visible beside large ones.
    """

    def __init__(self, view: LayersView) -> None:
        super().__init__(view)
        self._names: Sequence[str] = ()
        self._epochs: Sequence[EpochPoint] = ()
        self._largest = 0.0

    def show_epochs(self, names: Sequence[str], epochs: Sequence[EpochPoint]) -> None:
        """Show other epochs of other layers, in the order of the rows."""
        self._names, self._epochs = names, epochs[-MOST_EPOCHS:]
        self._largest = max((max(e.updates.values(), default=0.0) for e in self._epochs), default=0)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a width for some epochs; the text is for screen readers alone."""
        return QSize(scaled(BARS), scaled(20))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the newest epochs that have room, each over its share of the width."""
        view = option.widget
        view.style().drawPrimitive(PANEL, option, painter, view)
        rect: QRectF = QRectF(option.rect).adjusted(scaled(4), scaled(4), -scaled(8), -scaled(4))
        room = max(1, int(rect.width() / scaled(BAR)))
        shown = self._epochs[-room:]
        name = self._names[index.row()]
        width = min(rect.width() / max(len(shown), 1), float(scaled(12)))
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        for number, epoch in enumerate(shown):
            share = epoch.updates.get(name, 0.0) / (self._largest or 1.0)
            height = rect.height() * sqrt(max(share, 0.0))
            left = rect.left() + number * width
            bar = QRectF(left, rect.bottom() - height, max(1.0, width - 1), height)
            painter.fillRect(bar, colour("accent"))
        painter.restore()


def _share(value: float) -> str:
    """Return a share in percent with the same places in all rows; 0 for what does not move."""
    if value == 0:
        return percent(0.0, 0)
    return percent(value, PLACES) if value >= LEAST else f"< {percent(LEAST, PLACES)}"
