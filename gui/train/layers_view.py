"""Which layers move in a training, and how much."""

from __future__ import annotations

from math import log10

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.shell.appearance import colour, scaled
from gui.train.curves_panel import CurvesPanel
from gui.widgets.card import column
from gui.widgets.numbers import percent
from gui.widgets.table import Column, TableView, TextTable
from gui.widgets.texts import text

SMALLEST = 1e-6
"""Relative update at which a bar has no length; it is 1 where a layer changed as much as it was."""


class LayersView(QWidget):
    """Lists the layers with the change of their weights in the newest epoch."""

    def __init__(self, curves: CurvesPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves = curves
        self._shown: dict[str, float] = {}
        self._words = text("", "muted", wrap=True)
        self._model = TextTable(
            [Column(self.tr("Layer")), Column(self.tr("Change"), figures=True), Column("")], self
        )
        self.table = TableView(self._model, self.tr("Change of each layer"), selectable=True)
        self.table.setItemDelegateForColumn(2, _Bars(self))
        self.table.horizontalHeader().setMinimumSectionSize(scaled(60))
        layout = column(self, spacing=8)
        layout.addWidget(self._words)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show the newest epoch of the curve that is shown."""
        curve = self._curves.shown_curve()
        epochs = curve.epochs if curve else []
        updates = self._with_frozen(epochs[-1].updates) if epochs else {}
        self.table.setVisible(bool(updates))
        if not updates:
            self._words.setText(
                self.tr("While a training runs, this shows how much each layer changes.")
            )
            return
        self._words.setText(
            self.tr(
                "Length of each layer's change in epoch {0}, as a share of the length of its "
                "weights. Frozen layers stay at 0."
            ).format(epochs[-1].epoch)
        )
        if updates != self._shown:
            self._shown = updates
            self._model.show([(name, _share(value), "") for name, value in updates.items()])

    def _with_frozen(self, updates: dict[str, float]) -> dict[str, float]:
        """Return the updates of all layers from the image on, 0 where a layer is frozen."""
        settings = self._curves.shown_settings()
        if settings is None or not updates:
            return updates
        frozen = {layer.name: 0.0 for layer in settings.layers if layer.frozen}
        return frozen | updates

    def share(self, row: int) -> float:
        """Return how long the bar of a row is, 0…1, in orders of magnitude."""
        value = list(self._shown.values())[row]
        if value <= SMALLEST:
            return 0.0
        return min(1.0, 1 - log10(value) / log10(SMALLEST))


class _Bars(QStyledItemDelegate):
    """Draws a bar for each layer."""

    def __init__(self, view: LayersView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the track, and the bar on it."""
        rect: QRectF = QRectF(option.rect)
        rect = rect.adjusted(scaled(4), 0, -scaled(8), 0)
        rect.setTop(rect.center().y() - scaled(3))
        rect.setHeight(scaled(6))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(rect, scaled(3), scaled(3))
        rect.setWidth(rect.width() * self._view.share(index.row()))
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(rect, scaled(3), scaled(3))
        painter.restore()


def _share(value: float) -> str:
    if value == 0:
        return percent(0.0, 0)
    return percent(value, 2 if value >= 1e-3 else 4)
