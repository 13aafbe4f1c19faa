"""The Export page: what is written, and the proof that it gives the same answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.export.destination import export_folder, folder_name
from gui.export.proof_card import ProofCard
from gui.export.side_cards import TimesCard, UseCard
from gui.look.numbers import file_size
from gui.owners.session import Session
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.buttons import allow, button
from gui.widgets.card import PageCard, column, row
from gui.widgets.empty_state import EmptyState
from gui.widgets.page import Page
from gui.widgets.texts import mono, text

if TYPE_CHECKING:
    from core.export.export_report import ExportReport
    from core.runs.runs import Run


class ExportPage(Page):
    """Writes the run that is looked at as a folder."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._report: ExportReport | None = None
        self._proof = ProofCard()
        self._times = TimesCard()
        self._use = UseCard()
        self._files = PageCard(self.tr("Contents of the export folder"))
        self._folder = mono()
        self._where = text("", "muted", wrap=True)
        self._export = button(
            self.tr("Export folder…"), partial(export_folder, self, session), kind="large"
        )
        self._show = button(self.tr("Show in folder"), self._show_in_folder, icon_name="folder")
        self._stack = QStackedWidget()
        self._lay_out()
        session.project.run_changed.connect(self._read_report)
        session.workflow.exported.connect(self._read_report)
        session.jobs.changed.connect(self._refresh)
        self._read_report()

    def status(self) -> tuple[str, str]:
        """Say that exporting is harmless."""
        run = self._session.project.run
        return self.tr("Exporting never changes the run"), run.title if run else ""

    def first_control(self) -> QWidget | None:
        """Return the button that exports."""
        return self._export

    def _lay_out(self) -> None:
        train = button(
            self.tr("Go to Train"),
            lambda: self._session.workflow.go_to.emit("train"),
            kind="primary",
        )
        self._stack.addWidget(
            EmptyState(
                "export",
                self.tr("No run to export yet"),
                self.tr(
                    "After training, this page writes one ONNX file that works without this "
                    "program, and proves that it gives the same answers."
                ),
                train,
            )
        )
        content = QWidget()
        layout = column(content, margins=18)
        layout.addWidget(AdaptiveRow((self._left(), self._right()), (11, 6)))
        self._stack.addWidget(page_area(content))
        column(self).addWidget(self._stack)

    def _left(self) -> QWidget:
        precision = PageCard()
        precision.body.setSpacing(4)
        precision.body.addWidget(text(self.tr("Exact (FP32)"), "name"))
        precision.body.addWidget(
            text(
                self.tr("Same answers as in training. Checked on your images during the export."),
                "muted",
                wrap=True,
            )
        )
        precision.set_chosen(True)
        for line in (self._folder, *(_file_line(*entry) for entry in self._contents())):
            self._files.body.addWidget(line)
        self._files.body.addStretch()
        part = QWidget()
        left = column(part, spacing=14)
        left.addWidget(precision)
        left.addWidget(self._proof)
        left.addWidget(self._files, 1)
        return part

    def _right(self) -> QWidget:
        part = QWidget()
        right = column(part, spacing=14)
        right.addWidget(self._times)
        right.addWidget(self._use)
        right.addWidget(self._export)
        right.addWidget(self._where)
        right.addWidget(self._show)
        right.addStretch()
        return part

    def _contents(self) -> list[tuple[str, str]]:
        return [
            ("model.onnx", self.tr("labels and image preparation are inside the file")),
            ("labels.txt", self.tr("one class per line")),
            ("predict.py", self.tr("needs only onnxruntime, numpy and Pillow")),
            ("README.md", self.tr("classes, accuracy, and how to use it")),
        ]

    def _read_report(self) -> None:
        """Read what is kept of the last export of the run, on a thread."""
        self._report = None
        run = self._session.project.run
        self._refresh()
        if run is None:
            return

        def done(report: ExportReport | None) -> None:
            if run is self._session.project.run:
                self._report = report
                self._refresh()

        self._session.background.run(
            lambda: _kept_report(run), done, self._session.notices.tell_error
        )

    def _refresh(self) -> None:
        run, report = self._session.project.run, self._report
        self._stack.setCurrentIndex(int(run is not None))
        self._folder.setText(f"{folder_name(self._session.project.name)}/")
        allow(
            self._export,
            self._session.workflow.why_not_export(),
            self.tr("Export folder (Ctrl+E)"),
        )
        self._proof.show_report(report, run)
        self._times.show_report(report)
        self._use.show_run(run)
        self._show.setVisible(report is not None)
        self._where.setText(self._written(report) if report else "")
        self._where.setVisible(report is not None)
        self.status_changed.emit()

    def _written(self, report: ExportReport) -> str:
        folder = Path(report.model).parent
        return self.tr("Exported to {0}, {1}").format(folder, file_size(report.bytes))

    def _show_in_folder(self) -> None:
        if self._report is None:
            return
        folder = Path(self._report.model).parent
        if folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            self._session.notices.tell(
                self.tr("The folder {0} no longer exists: export again.").format(folder),
                "warning",
            )


def _file_line(name: str, words: str) -> QWidget:
    made = QWidget()
    layout = row(made, spacing=12)
    layout.setContentsMargins(16, 0, 0, 0)
    layout.addWidget(mono(name))
    layout.addWidget(text(words, "muted"), 1)
    return made


def _kept_report(run: Run) -> ExportReport | None:
    from core.export.export_report import kept_report

    return kept_report(run.folder)
