"""Fixes of problems, worked out on a thread when somebody looks at the problem."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from core.network.analysis import Analysis
from core.network.problems import Problem
from core.network.review.fixes import Fix, fixes
from gui.owners.background import Background
from gui.owners.designs.document import Document

PAUSE = 120
"""Milliseconds after the last change of the design before the work begins: not while typing."""


class FixFinder(QObject):
    """Knows the fixes of the problems that were asked for.

    Args:
        document: The design.
        background: Runs the work.
    """

    found = Signal()
    """More fixes are known."""

    def __init__(
        self, document: Document, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._known: dict[Problem, tuple[Fix, ...]] = {}
        self._wanted: dict[Problem, None] = {}
        self._running = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)
        document.network_changed.connect(self._forget)

    def fixes(self, problem: Problem) -> tuple[Fix, ...] | None:
        """Return a problem's fixes, or None while they are worked out; then `found` follows."""
        known = self._known.get(problem)
        if known is None and problem not in self._wanted:
            self._wanted[problem] = None
            self._pause.start()
        return known

    def _forget(self) -> None:
        self._known.clear()
        self._wanted.clear()

    def _begin(self) -> None:
        if self._running or not self._wanted:
            return
        analysis, problem = self._document.analysis, next(iter(self._wanted))
        self._running = True
        self._background.run(
            lambda: (analysis, problem, fixes(analysis, problem)), self._keep, self._give_up
        )

    def _keep(self, found: tuple[Analysis, Problem, tuple[Fix, ...]]) -> None:
        analysis, problem, helpful = found
        self._running = False
        if analysis is self._document.analysis:
            self._wanted.pop(problem, None)
            self._known[problem] = helpful
            self.found.emit()
        self._begin()

    def _give_up(self, error: Exception) -> None:
        self._running = False
        raise error
