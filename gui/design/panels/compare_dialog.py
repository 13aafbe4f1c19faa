"""Two designs side by side: what was added, removed and changed, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHeaderView, QWidget

from core.errors import LayerloomError
from core.network.analysis import Analysis, analyse
from core.network.network import Network
from core.network.review.compare import Comparison, compare
from core.network.templates import TEMPLATES
from core.project.designs import list_designs, read_design
from gui.design.panels.comparing import CHANGED, RENAMED, SAME, ComparedRow, compared_rows, signed
from gui.look.numbers import count
from gui.owners.designs.document import Document
from gui.owners.session import Session
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.dialogs.dialog_size import open_size
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.texts import text

PARTNERS = {"googlenet": "googlenet-2014", "googlenet-2014": "googlenet"}
"""Templates of which one is the other as somebody else has it."""


@dataclass(frozen=True, slots=True)
class Other:
    """What the open design can be compared with.

    Attributes:
        title: As shown.
        template: A template's name, or "".
        path: A design's file, or None.
    """

    title: str
    template: str = ""
    path: Path | None = None


class CompareDialog(Dialog):
    """Compares the open design with a template, a design of the project or a file.

    Args:
        document: The open design.
        session: The window's state.
    """

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare two designs"))
        self._document, self._session = document, session
        self._rows: list[ComparedRow] = []
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Compare with"))
        self.table = TextTable(self._columns(""), self)
        self.view = TableView(self.table, self.tr("Layers of both designs"), selectable=True)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for place in (1, 2, 3):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self._summary = text("", "name", wrap=True)
        self._only = button(self.tr("Only differences"), self._fill, kind="toggle")
        self._only.setCheckable(True)
        self._only.setChecked(True)
        self._lay_out()
        self._offer()
        self.chooser.activated.connect(self._compare)
        self._compare()

    def _lay_out(self) -> None:
        head = row(spacing=12)
        head.addWidget(text(self.tr("Compare with"), "heading"))
        head.addWidget(self.chooser, 1)
        head.addWidget(button(self.tr("A file…"), self._choose_file))
        head.addWidget(button(self.tr("Close"), self.accept))
        middle = row(spacing=12)
        middle.addWidget(self._summary, 1)
        middle.addWidget(self._only)
        layout = column(self, margins=16, spacing=12)
        layout.addLayout(head)
        layout.addLayout(middle)
        layout.addWidget(self.view, 1)
        open_size(self, 1320, 680)

    def _offer(self) -> None:
        """List the project's designs and the templates; the likeliest one is chosen."""
        project = self._session.project.project
        try:
            designs = list_designs(project.folder) if project else []
        except LayerloomError as error:
            self._session.notices.tell_error(error)
            designs = []
        for name, path in designs:
            if path != self._document.origin.path:
                self.chooser.addItem(name, Other(name, path=path))
        for name, template in TEMPLATES.items():
            self.chooser.addItem(template.title, Other(template.title, name))
        self.chooser.setCurrentIndex(self._likeliest())

    def _likeliest(self) -> int:
        """Return the entry of the template the design came from, or of that one's partner."""
        title = self._document.origin.title
        own = next((name for name, t in TEMPLATES.items() if title.startswith(t.title)), "")
        wanted = own
        if own and len(self._document.network.nodes) == len(_built(own).nodes):  # it is that one
            names = [*TEMPLATES, *TEMPLATES]
            wanted = PARTNERS.get(own, names[names.index(own) + 1])
        for number in range(self.chooser.count()):
            other: Other = self.chooser.itemData(number)
            if other.template and other.template == wanted:
                return number
        return 0

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a design"), "", self.tr("Designs (*.json)")
        )
        if path:
            chosen = Path(path)
            self.chooser.insertItem(0, chosen.stem, Other(chosen.stem, path=chosen))
            self.chooser.setCurrentIndex(0)
            self._compare()

    def _compare(self) -> None:
        """Compare on a thread."""
        other: Other | None = self.chooser.currentData()
        if other is None:
            return
        after = self._document.analysis

        def task() -> tuple[Comparison, list[ComparedRow]]:
            found = compare(_analysis(other), after)
            return found, compared_rows(found)

        def done(result: tuple[Comparison, list[ComparedRow]]) -> None:
            if self.chooser.currentData() == other:
                self._show(other, *result)

        self._session.background.run(task, done, self._fail)

    def _show(self, other: Other, found: Comparison, rows: list[ComparedRow]) -> None:
        self._rows = rows
        self.table.show([], self._columns(other.title))
        if all(row.kind == SAME for row in rows):
            self._summary.setText(self.tr("Both have the same layers with the same settings."))
            self._fill()
            return
        told = self.tr(
            "{0} added, {1} removed, {2} changed, {3} only renamed · "
            "{4} parameters · {5} multiply-adds"
        )
        self._summary.setText(
            told.format(
                count(len(found.added)),
                count(len(found.removed)),
                count(sum(row.kind == CHANGED for row in rows)),
                count(sum(row.kind == RENAMED for row in rows)),
                signed(found.parameters),
                signed(found.multiply_adds),
            )
        )
        self._fill()

    def _fail(self, error: LayerloomError) -> None:
        self._rows = []
        self._summary.setText(str(error))
        self._fill()

    def _fill(self) -> None:
        only = self._only.isChecked()
        shown = [row for row in self._rows if not only or row.kind not in (SAME, RENAMED)]
        self.table.show([(r.sign, r.before, r.after, r.what, signed(r.parameters)) for r in shown])

    def _columns(self, other: str) -> tuple[TableColumn, ...]:
        own = self._document.origin.title or self.tr("This design")
        return (
            TableColumn(" "),
            TableColumn(other),
            TableColumn(own),
            TableColumn(self.tr("What differs")),
            TableColumn(self.tr("Parameters"), figures=True, right=True),
        )


def _analysis(other: Other) -> Analysis:
    if other.path is not None:
        return analyse(read_design(other.path).network)
    return analyse(_built(other.template))


def _built(template: str) -> Network:
    return TEMPLATES[template].build(TEMPLATES[template].classes)
