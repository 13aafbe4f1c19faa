"""What is wrong with the design, at the bottom of the canvas, with the fixes for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from core.network.problems import Problem
from core.network.review.advice import advise
from gui.design.problems.fix_button import FixButton
from gui.design.problems.fix_finder import FixFinder
from gui.look.appearance import scaled
from gui.look.icons import icon
from gui.owners.designs.document import Document
from gui.widgets.buttons import button
from gui.widgets.card import clear, column, row
from gui.widgets.texts import broken_at_dots, text, unbroken

PAUSE = 200
"""Milliseconds after the last change before advice is worked out: not while typing."""

SENTENCE = 240
"""In pixels of the design: fixes that leave less to the sentence stand below it."""

NARROW = 340
"""In pixels of the design: a bar that is narrower says what is wrong, and why in its tip alone."""

PROBLEM = Qt.ItemDataRole.UserRole


class ProblemsBar(QFrame):
    """Shows one problem or piece of advice at a time; without any, it is not there.

    Args:
        document: The design.
        finder: Knows the fixes.
    """

    applied = Signal()
    """A fix was used; its button may be gone, and the keyboard with it."""

    def __init__(
        self, document: Document, finder: FixFinder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._finder = document, finder
        self._advice: tuple[Problem, ...] = ()
        self._shown: Problem | None = None
        self._fixed: object = None
        self._worse = False
        self._places: tuple[bool, bool, bool] | None = None
        self.setObjectName("problems")
        self.setAccessibleName(self.tr("Problems"))
        self._count = button("", self._reveal, kind="count")
        self._count.setToolTip(self.tr("Show the layer"))
        self._sentence = text("", wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._fixes = QWidget()
        self._fix_box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._fixes)
        self._waiting = text(self.tr("Looking for fixes…"), "muted")
        self._list = QListWidget()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._work_out_advice)
        self._lay_out()
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        document.network_changed.connect(self._refresh)
        document.selection_changed.connect(self._follow_selection)
        finder.found.connect(self._show_fixes)
        self._refresh()

    @property
    def entries(self) -> tuple[Problem, ...]:
        """All problems, and behind them all advice."""
        known = self._document.network.by_id
        return (*self._document.analysis.problems, *(a for a in self._advice if a.node in known))

    def show_next(self, step: int = 1) -> None:
        """Show the next problem or, with -1, the one before, and the layer it is about."""
        entries = self.entries
        if entries:
            place = entries.index(self._shown) if self._shown in entries else -step
            self._show(entries[(place + step) % len(entries)])
            self._reveal()

    def _lay_out(self) -> None:
        self._before = button("‹", lambda: self.show_next(-1), kind="flat")
        self._next = button("›", self.show_next, kind="flat")
        for control, name in ((self._before, self.tr("Previous")), (self._next, self.tr("Next"))):
            control.setToolTip(name)
            control.setAccessibleName(name)
        self._all = button(self.tr("All"), kind="toggle", tip=self.tr("List all problems"))
        self._all.setCheckable(True)
        self._all.toggled.connect(self._show_list)
        self._list.setAccessibleName(self.tr("All problems"))
        self._list.setWordWrap(True)
        self._list.hide()
        self._fix_box.setContentsMargins(0, 0, 0, 0)
        self._fix_box.setSpacing(scaled(6))
        self._steps = QWidget()
        steps = row(self._steps, spacing=4)
        for control in (self._before, self._next, self._all):
            steps.addWidget(control)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(10))
        self._grid.setVerticalSpacing(scaled(8))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._waiting, 1, 0, 1, 4)
        box = column(self, margins=10, spacing=8)
        box.addLayout(self._grid)
        box.addWidget(self._list)
        self._put(narrow=False, beside=True, apart=False)

    def _put(self, *, narrow: bool, beside: bool, apart: bool) -> None:
        """Put each part into the first line where it has room, else into one of its own.

        Args:
            narrow: Whether the sentence stands below the count.
            beside: Whether the fixes stand beside the sentence.
            apart: Whether what leads to other problems stands at the bottom.
        """
        if (narrow, beside, apart) == self._places:
            return
        self._places = narrow, beside, apart
        grid, left = self._grid, Qt.AlignmentFlag.AlignLeft
        for widget in (self._count, self._sentence, self._fixes, self._steps):
            grid.removeWidget(widget)
        grid.addWidget(self._count, 0, 0, 1, 3 if narrow else 1, left)
        grid.addWidget(self._sentence, *((2, 0, 1, 4) if narrow else (0, 1)))
        grid.addWidget(self._fixes, *((0, 2) if beside and not narrow else (3, 0, 1, 4)))
        grid.addWidget(self._steps, *((4, 0, 1, 4) if apart else (0, 3, 1, 1)), left)

    def _refresh(self) -> None:
        """Bring the bar up to date with the design; advice follows when there is time."""
        self._pause.start()
        entries = self.entries
        self.setVisible(bool(entries))
        if entries:
            self._show(self._successor(entries))
        else:
            self._shown, self._worse = None, False
            self._all.setChecked(False)
        if self._list.isVisibleTo(self):
            self._fill_list()

    def _successor(self, entries: tuple[Problem, ...]) -> Problem:
        """Return what is shown now if it is still there, or what is most like it.

        Advice gives way to the first problem that there is.
        """
        shown, worse = self._shown, not entries[0].advice
        if shown and shown.advice and worse and not self._worse:
            shown = None
        self._worse = worse
        if shown and shown in entries:
            return shown
        same = [e for e in entries if shown and (e.node, e.advice) == (shown.node, shown.advice)]
        return same[0] if same else entries[0]

    def _work_out_advice(self) -> None:
        self._advice = advise(self._document.analysis)
        self._refresh()
        self._pause.stop()

    def _show(self, problem: Problem) -> None:
        self._shown = problem
        self._count.setText(self._count_text(problem))
        self._count.setAccessibleName(self._count_text(problem))
        self._say(problem)
        several = len(self.entries) > 1
        self._all.setChecked(self._all.isChecked() and several)
        for control in (self._before, self._next, self._all):
            control.setVisible(several)
        self._set_severity("advice" if problem.advice else "problem")
        self._show_fixes()

    def _say(self, problem: Problem) -> None:
        """Say what is wrong, and why where there is room; no fix found: what can be done."""
        hint = problem.hint if self._finder.fixes(problem) == () else ""
        parts = (self._named(problem), "" if self._narrow() else problem.why, hint)
        said = " ".join(_sentence(part) for part in parts if part)
        said = broken_at_dots(said) if self._narrow() else said
        self._sentence.setText(unbroken(said))
        self._sentence.setToolTip(problem.why)

    def _narrow(self) -> bool:
        return 0 < self.width() < scaled(NARROW)

    def _tell_applied(self) -> None:
        self.applied.emit()

    def _named(self, problem: Problem) -> str:
        """Return what is wrong, and where if that is not said yet."""
        node = self._document.network.by_id.get(problem.node)
        if node is None or node.name in problem.what:
            return problem.what
        return self.tr("{0}: {1}").format(node.name, problem.what)

    def _count_text(self, problem: Problem) -> str:
        problems = len(self._document.analysis.problems)
        if not problem.advice:
            return self.tr("%n problem(s)", "", problems)
        return self.tr("%n suggestion(s)", "", len(self.entries) - problems)

    def _set_severity(self, severity: str) -> None:
        if self.property("severity") != severity:
            for widget in (self, self._count):
                widget.setProperty("severity", severity)
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _show_fixes(self) -> None:
        problem = self._shown
        if problem is None:
            return
        found = self._finder.fixes(problem)
        if (problem, found) == self._fixed:
            return
        self._fixed = (problem, found)
        self._waiting.setVisible(found is None)
        clear(self._fix_box)
        for fix in found or ():
            made = FixButton(self._document, problem, fix)
            made.clicked.connect(self._tell_applied)
            self._fix_box.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        self._fixes.setVisible(bool(found))
        self._say(problem)
        self._share_width()

    def _share_width(self) -> None:
        """Put the fixes beside the sentence or below it, and below each other if need be."""
        buttons = self._fixes.findChildren(
            FixButton, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        widths = [made.sizeHint().width() for made in buttons if not made.isHidden()]
        room = self.width() - scaled(40)
        others = self._count.sizeHint().width() + self._steps.sizeHint().width()
        beside = sum(widths) + others <= room - scaled(SENTENCE)
        self._put(narrow=self._narrow(), beside=beside, apart=others > room)
        stacked = sum(widths) + scaled(6) * len(widths) > room
        directions = QBoxLayout.Direction
        self._fix_box.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)

    def _follow_selection(self) -> None:
        """Show the problem of a layer that is selected alone."""
        chosen = self._document.selection
        here = [entry for entry in self.entries if len(chosen) == 1 and entry.node in chosen]
        if here and self._shown not in here:
            self._show(here[0])

    def _reveal(self) -> None:
        if self._shown and self._shown.node in self._document.network.by_id:
            self._document.reveal(self._shown.node)

    def _show_list(self, shown: bool) -> None:
        self._list.setVisible(shown)
        if shown:
            self._fill_list()

    def _fill_list(self) -> None:
        self._list.clear()
        for entry in self.entries:
            symbol = icon("info", "muted") if entry.advice else icon("error", "error")
            item = QListWidgetItem(symbol, _sentence(self._named(entry)))
            item.setData(PROBLEM, entry)
            item.setToolTip(entry.why)
            self._list.addItem(item)
            if entry == self._shown:
                self._list.setCurrentItem(item)
        rows = sum(self._list.sizeHintForRow(number) for number in range(self._list.count()))
        self._list.setFixedHeight(min(rows + scaled(24), scaled(160)))

    def _choose(self, item: QListWidgetItem) -> None:
        self._show(item.data(PROBLEM))
        self._reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_width()
        if self._shown is not None:
            self._say(self._shown)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."
