"""The card with the proof of the last export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.export.proof_table import proof_columns, proof_rows
from gui.look.numbers import count
from gui.widgets.card import PageCard
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.texts import set_role, text

if TYPE_CHECKING:
    from core.export.export_report import ExportReport
    from core.runs.runs import Run


class ProofCard(PageCard):
    """Shows what was compared, or says what will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._heading = text("", "section")
        self._verdict = text("", "ok", wrap=True)
        self._model = TextTable([TableColumn("")], self)
        self._table = TableView(self._model, self.tr("Proof of the export"), whole=True)
        for widget in (self._heading, self._verdict, self._table):
            self.body.addWidget(widget)

    def show_report(self, report: ExportReport | None, run: Run | None) -> None:
        """Show the proof of an export, or what will be checked."""
        self._table.setVisible(report is not None)
        if report:
            self._show_proof(report)
        elif run:
            self._heading.setText(self.tr("Not exported yet"))
            number = run.result.images.validation + run.result.images.test
            self._verdict.setText(
                self.tr(
                    "All %n image(s) set aside will run through the written file, and every "
                    "answer will be compared with the program's.",
                    "",
                    number,
                )
            )
            set_role(self._verdict, "muted")

    def _show_proof(self, report: ExportReport) -> None:
        images = report.parity.images
        self._heading.setText(
            self.tr("Checked on this computer, with %n image(s) set aside", "", images)
        )
        if report.parity.changed:
            set_role(self._verdict, "error")
            self._verdict.setText(
                self.tr("The file changes {0} of {1} answers: do not rely on it.").format(
                    count(report.parity.changed), count(images)
                )
            )
        else:
            set_role(self._verdict, "ok")
            self._verdict.setText(
                self.tr("✓ The file gives the same answer as the program for every image.")
            )
        self._model.show(proof_rows(report), proof_columns(report))
