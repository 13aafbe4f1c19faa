"""A problem of the selected layer, with the fixes for it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from core.network.problems import Problem
from gui.design.problems.fix_button import FixButton
from gui.design.problems.fix_finder import FixFinder
from gui.owners.designs.document import Document
from gui.widgets.card import clear, column
from gui.widgets.texts import text


class ProblemCard(QFrame):
    """Shows one problem, or nothing."""

    def __init__(
        self, document: Document, finder: FixFinder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._finder = document, finder
        self._problem: Problem | None = None
        self._shown: object = None
        self.setObjectName("problem")
        self._what = text("", "error", wrap=True)
        self._why = text("", "plain", wrap=True)
        self._fixes = column(spacing=4)
        box = column(self, margins=10, spacing=8)
        box.addWidget(self._what)
        box.addWidget(self._why)
        box.addLayout(self._fixes)
        finder.found.connect(self._show_fixes)
        self.hide()

    def show_problem(self, problem: Problem | None) -> None:
        """Show a problem, or nothing for None."""
        self.setVisible(problem is not None)
        if problem is None:
            self._problem = None
            return
        if problem != self._problem:
            self._problem = problem
            self._what.setText(problem.what)
            self._why.setText(" ".join(filter(None, (problem.why, problem.hint))))
            self._why.setVisible(bool(self._why.text()))
        self._show_fixes()

    def _show_fixes(self) -> None:
        if self._problem is None:
            return
        found = self._finder.fixes(self._problem)
        if (self._problem, found) == self._shown:
            return
        self._shown = (self._problem, found)
        clear(self._fixes)
        for fix in found or ():
            self._fixes.addWidget(FixButton(self._document, self._problem, fix))
