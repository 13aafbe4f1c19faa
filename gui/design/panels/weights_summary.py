"""A short account of which weights still fit, below the source."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.design.panels.fitting import WeightsFit, fitting
from gui.design.panels.weights_dialog import WeightsDialog
from gui.look.fit_words import fit_word
from gui.look.numbers import count
from gui.owners.designs.document import Document
from gui.owners.session import Session
from gui.widgets.buttons import button
from gui.widgets.card import clear, column, line, row
from gui.widgets.texts import text, unbroken

PAUSE = 150
"""Milliseconds after the last change before it is worked out anew."""
NAMED = 3
"""Layers that do not fit and are named here; the rest is in the dialog."""


class WeightsSummary(QWidget):
    """Shows what of a document's weights is kept; without weights, it is not there."""

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._fitting: WeightsFit | None = None
        self._known: object = None
        self._rows = column(spacing=4)
        self._details = button(self.tr("Layer by layer…"), self._show_details, kind="link")
        head = row(spacing=8)
        head.addWidget(text(self.tr("Weights that still fit"), "section", wrap=True), 1)
        head.addWidget(self._details)
        layout = column(self, spacing=4)
        layout.addLayout(head)
        layout.addLayout(self._rows)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._work_out)
        document.network_changed.connect(self._pause.start)
        document.origin_changed.connect(self._pause.start)
        self.setVisible(document.origin.weights is not None)
        self._pause.start(0)

    def _work_out(self) -> None:
        """Compare the shapes on a thread."""
        network, weights = self._document.network, self._document.origin.weights
        self.setVisible(weights is not None)
        if weights is None or (network, weights) == self._known:
            return
        self._known = (network, weights)

        def done(found: WeightsFit) -> None:
            if self._known == (network, weights):
                self._fitting = found
                self._show(found)

        self._session.background.run(
            lambda: fitting(network, weights), done, self._session.notices.tell_error
        )

    def _show(self, found: WeightsFit) -> None:
        clear(self._rows)
        whole = self._document.analysis.complete
        self._details.setVisible(whole)
        if not whole:  # what lies behind a problem has no shapes
            told = self.tr("Shown once the problems are fixed.")
            self._rows.addWidget(text(told, "muted", wrap=True))
            return
        kept = self.tr("{0} of {1} tensors").format(count(found.kept), count(found.total))
        self._rows.addWidget(text(self.tr("kept: {0}").format(kept), wrap=True))
        for layer in found.others[:NAMED]:
            self._rows.addWidget(line())
            self._rows.addWidget(text(f"{fit_word(layer.fit)}: {layer.name}", wrap=True))
            self._rows.addWidget(text(unbroken(layer.why), "muted", wrap=True))
        more = len(found.others) - NAMED
        if more > 0:
            self._rows.addWidget(text(self.tr("and %n more layer(s)", "", more), "muted"))

    def _show_details(self) -> None:
        if self._fitting:
            dialog = WeightsDialog(self._fitting, self.window())
            dialog.open()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring it up to date when it comes in sight."""
        super().showEvent(event)
        self._pause.start(0)
