"""Which weights still fit, layer by layer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from core.network.running.fit_weights import Fit
from gui.design.panels.fitting import WeightsFit
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.dialogs.dialog_size import open_size
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.texts import text


class WeightsDialog(Dialog):
    """Lists the layers with weights: those that do not fit first, each with the reason."""

    def __init__(self, found: WeightsFit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Weights that still fit"))
        table = TextTable(
            (
                TableColumn(self.tr("Reason")),
                TableColumn(self.tr("Layer")),
                TableColumn(self.tr("Weights")),
            ),
            self,
        )
        layers = sorted(found.layers, key=lambda layer: layer.fit is Fit.KEPT)
        table.show([(layer.why or "–", layer.name, word(layer.fit)) for layer in layers])
        self.view = TableView(table, self.tr("Layers with weights"), selectable=True)
        self.view.horizontalHeader().moveSection(0, 2)
        head = row(spacing=12)
        head.addWidget(text(self.tr("Weights that still fit"), "heading"), 1)
        head.addWidget(button(self.tr("Close"), self.accept))
        layout = column(self, margins=16, spacing=12)
        layout.addLayout(head)
        sentence = self.tr("{0} of {1} tensors are kept.").format(found.kept, found.total)
        layout.addWidget(text(sentence, "muted"))
        layout.addWidget(self.view, 1)
        open_size(self, 820, 520)


def word(fit: Fit) -> str:
    """Return how much of a layer is kept, in a word."""
    translate = QCoreApplication.translate
    match fit:
        case Fit.KEPT:
            return translate("Weights", "kept")
        case Fit.PARTLY:
            return translate("Weights", "partly kept")
    return translate("Weights", "new")
