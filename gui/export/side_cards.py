"""The cards at the right of Export: how fast the file is, and how it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.export.proof_table import times
from gui.look.appearance import scaled, sized_font
from gui.look.numbers import milliseconds
from gui.widgets.buttons import button
from gui.widgets.card import PageCard, clear
from gui.widgets.share_bar import ShareBar
from gui.widgets.texts import mono, text

if TYPE_CHECKING:
    from core.export.export_report import ExportReport
    from core.runs.runs import Run

COMMAND = "python predict.py photo.jpg"


class TimesCard(PageCard):
    """Bars for the time that one image takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bars = QGridLayout()
        self._bars.setHorizontalSpacing(scaled(12))
        self._bars.setVerticalSpacing(scaled(10))
        self._bars.setColumnStretch(1, 1)
        self.body.addWidget(text(self.tr("Time for one image"), "section"))
        self.body.addLayout(self._bars)

    def show_report(self, report: ExportReport | None) -> None:
        """Show the times of an export."""
        clear(self._bars)
        self.setVisible(report is not None)
        bars = times(report) if report else []
        longest = max((time for _, time, _ in bars), default=1.0)
        for number, (name, time, role) in enumerate(bars):
            bar = ShareBar(time / longest, role, height=16)
            bar.setAccessibleName(f"{name} {milliseconds(time)}")
            self._bars.addWidget(text(name), number, 0)
            self._bars.addWidget(bar, number, 1)
            self._bars.addWidget(mono(milliseconds(time)), number, 2, Qt.AlignmentFlag.AlignRight)


class UseCard(PageCard):
    """The command that uses the exported folder, and what it prints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._code = text("", "code", wrap=True)
        self._code.setFont(sized_font(13, mono=True))
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(text(self.tr("Use it in your own program"), "section"))
        self.body.addWidget(self._code)
        copy = button(
            self.tr("Copy"), self._copy, icon_name="copy", tip=self.tr("Copy the command")
        )
        self.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)

    def show_run(self, run: Run | None) -> None:
        """Show what the command prints for the classes of a run."""
        labels = run.result.labels if run else []
        shares = ("0.88", "0.10", "0.02") if len(labels) > 2 else ("0.97", "0.03")
        example = "  ".join(
            f"{name} {share}" for name, share in zip(labels[:3], shares, strict=False)
        )
        answer = self.tr("for example: {0}").format(example) if example else ""
        self._code.setText(f"{COMMAND}\n{answer}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(COMMAND)
