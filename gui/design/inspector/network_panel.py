"""The inspector's view of the whole network: its totals."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.network.analysis import Analysis
from core.network.results import BYTES_PER_NUMBER
from gui.design.inspector.fields.bounds import Bounds
from gui.design.inspector.fields.number_field import NumberField
from gui.design.inspector.figures import Figures, at_least
from gui.design.inspector.header import Header
from gui.look.appearance import scaled
from gui.look.numbers import compact, count, file_size
from gui.look.term_tips import meaning
from gui.widgets.card import column, row
from gui.widgets.texts import text

USUAL_BATCH = 32
LARGEST_BATCH = 65_536


class NetworkPanel(QWidget):
    """Shows what the whole network has and costs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._analysis: Analysis | None = None
        self._batch = USUAL_BATCH
        self._header = Header()
        self._figures = Figures(self.tr("Totals"))
        self._training = Figures()
        bounds = Bounds(1, LARGEST_BATCH, whole=True)
        size = self.tr("Batch size")
        self._field = NumberField(bounds, size, meaning(size))
        self._field.setFixedWidth(scaled(88))
        self._field.show_number(self._batch)
        self._field.edited.connect(self._set_batch)
        self._wrong = text("", "error", wrap=True)
        self._wrong.hide()
        told = self.tr(
            "At least (≥): layers with a problem and all layers after them have no size."
        )
        self._partial = text(told, "muted", wrap=True)
        self._field.failed.connect(self._refuse)
        batch = row(spacing=8)
        batch.setContentsMargins(scaled(8), 0, 0, 0)
        title = text(size)
        title.setToolTip(meaning(size))
        batch.addWidget(title, 1)
        batch.addWidget(self._field)
        box = column(self, spacing=12)
        box.addWidget(self._header)
        box.addWidget(self._partial)
        box.addWidget(self._figures)
        box.addLayout(batch)
        box.addWidget(self._wrong)
        box.addWidget(self._training)
        box.addWidget(
            text(self.tr("Select a layer to see and change its settings."), "muted", wrap=True)
        )
        box.addStretch(1)

    def show_network(self, title: str, analysis: Analysis) -> None:
        """Show a network's totals."""
        self._analysis = analysis
        layers = self.tr("%n layer(s)", "", len(analysis.network.nodes))
        self._header.show_title(title or self.tr("Network"), layers, "")
        weights = BYTES_PER_NUMBER * (analysis.parameters + analysis.buffers)
        frozen = analysis.parameters - analysis.trainable_parameters
        totals = {
            self.tr("Parameters"): count(analysis.parameters),
            self.tr("Trainable"): count(analysis.trainable_parameters),
            self.tr("Frozen"): count(frozen),
            self.tr("Multiply-adds"): compact(analysis.multiply_adds),
            self.tr("FLOPs"): compact(analysis.flops),
            self.tr("Depth (layers with weights)"): count(analysis.depth),
            self.tr("File size of the weights"): file_size(weights),
            self.tr("Memory to classify one image"): file_size(weights + analysis.inference_bytes),
        }
        self._figures.show_rows([(n, at_least(f, analysis)) for n, f in totals.items()])
        self._partial.setVisible(not analysis.complete)
        self._show_training()

    def _show_training(self) -> None:
        if self._analysis is not None:
            needed = file_size(self._analysis.training_bytes(self._batch))
            title = self.tr("Memory to train with Adam")
            self._training.show_rows([(title, at_least(needed, self._analysis))])

    def _set_batch(self, batch: int) -> None:
        self._batch = batch
        self._show_training()

    def _refuse(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
