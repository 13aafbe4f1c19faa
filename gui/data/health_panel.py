"""The right side of Data: the health of the data set and its split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from gui.data.health import Finding, HealthChecks
from gui.data.split_bar import SplitBar
from gui.look.appearance import scaled
from gui.look.numbers import count
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.buttons import button
from gui.widgets.card import clear, column, line, row
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.images.scanning import ScanReport


class HealthPanel(QFrame):
    """Shows what `summarise` found, and leads to the files concerned."""

    show_files = Signal(object)
    """The finding whose files are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setProperty("edge", "right")
        self.setMinimumWidth(scaled(200))
        self._findings = column(spacing=0)
        self._checks = HealthChecks(self)
        self._split = SplitBar()
        content = QWidget()
        inner = column(content, margins=16, spacing=8)
        inner.addWidget(text(self.tr("Data health"), "section"))
        inner.addLayout(self._findings)
        inner.addSpacing(scaled(16))
        inner.addWidget(text(self.tr("Split"), "section"))
        inner.addWidget(self._split)
        inner.addStretch()
        column(self).addWidget(page_area(content))

    def show_report(self, report: ScanReport | None) -> None:
        """Show a report, or that it is being made."""
        clear(self._findings)
        if report is None:
            self._findings.addWidget(text(self.tr("Looking for problems…"), "muted"))
            self._split.show_splits({})
            return
        for finding in self._checks.findings(report.problems):
            self._findings.addWidget(self._row(finding))
            self._findings.addWidget(line())
        self._split.show_splits(report.splits)

    def _row(self, finding: Finding) -> QWidget:
        made = QWidget()
        made.setToolTip(finding.why)
        layout = row(made, spacing=8)
        layout.setContentsMargins(0, scaled(8), 0, scaled(8))
        number = text(count(finding.number), finding.level)
        number.setMinimumWidth(scaled(26))
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(number, 0, top)
        layout.addWidget(text(finding.sentence, wrap=True), 1)
        if finding.paths:
            show = button(self.tr("Show"), lambda: self.show_files.emit(finding), kind="link")
            show.setAccessibleName(self.tr("Show: {0}").format(finding.sentence))
            show.setToolTip(finding.why)
            layout.addWidget(show, 0, top)
        return made
