"""The design as PyTorch source; the lines of the selected layers stand out."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from core.atomic import write_atomically
from core.errors import LayerloomError
from core.network.network import Network
from core.network.source.source import PlacedSource, placed_source
from core.network.view.placing import whole_groups
from gui.design.panels.highlighter import Highlighter
from gui.design.panels.weights_summary import WeightsSummary
from gui.look.appearance import colour, scaled, sized_font
from gui.owners.designs.document import Document
from gui.owners.session import Session
from gui.widgets.buttons import allow, button
from gui.widgets.card import column, row
from gui.widgets.dialogs.save_question import ask_where_to_save
from gui.widgets.texts import text, unbroken

PAUSE = 80
"""Milliseconds after the last change before the source is written anew."""
AT_ONCE = 60
"""Layers up to which that takes less than 20 ms and is done without a thread."""


class CodePanel(QWidget):
    """Shows the source of a document's design, to be copied or saved.

    Args:
        document: The design.
        session: The window's state.
    """

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._shown: Network | None = None
        self._title = ""
        self._source = PlacedSource("", {})
        self.editor = QPlainTextEdit()
        self.editor.setReadOnly(True)
        self.editor.setObjectName("source")
        self.editor.setAccessibleName(self.tr("PyTorch source"))
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setFont(sized_font(12, mono=True))
        self.editor.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._colours = Highlighter(self.editor.document())
        self._message = text("", "muted", wrap=True)
        self._trouble = text("", "muted", wrap=True)
        self._trouble.hide()
        self._copy = button(self.tr("Copy"), self._copy_text, icon_name="copy")
        self._save = button(self.tr("Save…"), self._save_text)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._lay_out()
        document.network_changed.connect(self._pause.start)
        document.origin_changed.connect(self._pause.start)
        document.selection_changed.connect(self._mark)
        session.appearance.changed.connect(self._dress)

    def refresh(self) -> None:
        """Write the source of the design as it is now, if it is looked at."""
        network, title = self._document.network, self._document.origin.title or "Network"
        if not self.isVisible() or (network is self._shown and title == self._title):
            return
        self._shown, self._title = network, title
        problem = next((p for p in self._document.analysis.problems if not p.advice), None)
        if problem or not network.nodes:
            self._refuse(problem.what if problem else "")
        elif len(network.nodes) <= AT_ONCE:
            self._take(network, placed_source(network, title))
        else:
            self._session.background.run(
                lambda: placed_source(network, title),
                lambda source: self._take(network, source),
                self._fail,
            )

    def _lay_out(self) -> None:
        head = row(spacing=8)
        head.addWidget(self._message, 1)
        head.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._save)
        layout = column(self, spacing=8)
        layout.setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(12))
        layout.addLayout(head)
        layout.addWidget(self._trouble)
        layout.addWidget(self.editor, 1)
        layout.addWidget(WeightsSummary(self._document, self._session))

    def _take(self, network: Network, source: PlacedSource) -> None:
        if network is not self._shown:
            return
        self._source = source
        self._trouble.hide()
        self._message.setText("")
        place = self.editor.verticalScrollBar().value()
        if self.editor.toPlainText() != source.text:
            self.editor.setPlainText(source.text)
            self.editor.verticalScrollBar().setValue(place)
        for widget in (self._copy, self._save):
            allow(widget, "")
        self._mark()

    def _refuse(self, problem: str) -> None:
        """Say why there is no source; what was there before would be of another design."""
        self._source = PlacedSource("", {})
        self.editor.setPlainText("")
        nothing = self.tr("There is no design yet.")
        sentence = self.tr("The source is written once the problems are fixed: {0}.")
        self._message.setText("")
        self._trouble.setText(
            unbroken(sentence.format(problem.rstrip("."))) if problem else nothing
        )
        self._trouble.show()
        for widget in (self._copy, self._save):
            allow(widget, self.tr("There is no source to copy."))

    def _fail(self, error: LayerloomError) -> None:
        self._refuse(error.what)

    def _mark(self) -> None:
        """Give the lines of the selected layers another ground, and bring the first in sight."""
        numbers = sorted(set(self._selected_lines()))
        marks = []
        for number in numbers:
            mark = QTextEdit.ExtraSelection()
            block = self.editor.document().findBlockByNumber(number)
            ground = QTextCharFormat()
            ground.setBackground(colour("faint_accent"))
            ground.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.format = ground
            mark.cursor = QTextCursor(block)
            marks.append(mark)
        self.editor.setExtraSelections(marks)
        if numbers:
            self._bring(numbers[0])

    def _bring(self, number: int) -> None:
        bar = self.editor.verticalScrollBar()
        if not bar.value() <= number < bar.value() + bar.pageStep():
            bar.setValue(max(0, number - bar.pageStep() // 3))

    def _selected_lines(self) -> list[int]:
        """Return the lines of the selection; of a whole group, those that make the group."""
        network, chosen = self._document.network, set(self._document.selection)
        groups = sorted(whole_groups(network, chosen), key=len)
        names = [group for group in groups if group in self._source.places]
        for id_ in chosen:
            name = network.by_id[id_].name
            if not any(name.startswith(f"{group}.") for group in names):
                names.append(name)
        outer = [n for n in names if not any(n.startswith(f"{g}.") for g in names)]
        places = (self._source.places.get(name, range(0)) for name in outer)
        return [number for place in places for number in place]

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._source.text)
        self._message.setText(self.tr("Copied."))

    def _save_text(self) -> None:
        name = f"{self._title}.py"
        kinds = self.tr("Python files (*.py)")
        named = ask_where_to_save(self, self.tr("Save the source as"), name, kinds, ".py")
        if named is None:
            return
        try:
            write_atomically(named, self._source.text.encode())
        except LayerloomError as error:
            self._session.notices.tell_error(error)
        else:
            self._message.setText(self.tr("Saved as {0}.").format(named.name))

    def _dress(self) -> None:
        self._colours.dress()
        self._mark()

    def showEvent(self, event: QShowEvent) -> None:
        """Write the source when it comes in sight."""
        super().showEvent(event)
        self._pause.start(0)
