"""The Test page: how far the answers can be trusted, and trying them."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.evaluation.answers_card import AnswersCard
from gui.evaluation.confusion_view import ConfusionView
from gui.evaluation.score_cards import AccuracyCard, WeakestCard
from gui.evaluation.try_panel import TryPanel
from gui.look.appearance import scaled
from gui.look.numbers import count, percent
from gui.owners.session import Session
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.arrangement.side_by_side import SideBySide
from gui.widgets.buttons import button
from gui.widgets.card import PageCard, column
from gui.widgets.empty_state import EmptyState
from gui.widgets.page import Page
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.texts import text


class EvaluationPage(Page):
    """Shows the scores of the run that is looked at."""

    __test__ = False  # pytest: not a test

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._accuracy = AccuracyCard()
        self._weakest = WeakestCard()
        self._confusion = ConfusionView()
        self._answers = AnswersCard(session)
        self._per_class = TextTable(
            [
                TableColumn(self.tr("Class")),
                TableColumn(self.tr("Recall"), figures=True, right=True),
                TableColumn(self.tr("Precision"), figures=True, right=True),
                TableColumn(self.tr("Images"), figures=True, right=True),
            ],
            self,
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._confusion.cell_chosen.connect(self._answers.show_cell)
        session.project.run_changed.connect(self._refresh)
        self._refresh()

    def status(self) -> tuple[str, str]:
        """Say on how many images the scores rest."""
        run = self._session.project.run
        if run is None:
            return "", ""
        number = run.result.held_out.images
        tested = self.tr("Tested on %n image(s) set aside", "", number)
        return tested.replace(str(number), count(number)), run.title

    def first_control(self) -> QWidget | None:
        """Return the confusion matrix."""
        return self._confusion

    def _lay_out(self) -> None:
        panel = TryPanel(self._session)
        splitter = SideBySide((self._stack, panel), (0, 400), 0.31)
        train = button(
            self.tr("Go to Train"),
            lambda: self._session.workflow.go_to.emit("train"),
            kind="primary",
        )
        self._stack.addWidget(
            EmptyState(
                "test",
                self.tr("No run to test yet"),
                self.tr(
                    "After training, this page shows which classes are recognised and which are "
                    "confused, on images that were set aside. You can try an exported ONNX file "
                    "on the right."
                ),
                train,
            )
        )
        self._stack.addWidget(page_area(self._content()))
        column(self).addWidget(splitter)

    def _content(self) -> QWidget:
        content = QWidget()
        layout = column(content, margins=18, spacing=14)
        layout.addWidget(AdaptiveRow((self._accuracy, self._weakest), (1, 1)))
        matrix = PageCard(self.tr("Confusion matrix"))
        matrix.body.addWidget(
            text(self.tr("rows: true class · columns: predicted"), "muted", wrap=True)
        )
        matrix.body.addWidget(self._confusion, 1)
        each = PageCard(self.tr("Each class"))
        each.body.addWidget(TableView(self._per_class, self.tr("Each class")), 1)
        layout.addWidget(AdaptiveRow((matrix, each), (1, 1)), 4)
        self._answers.setMinimumHeight(scaled(250))
        layout.addWidget(self._answers, 5)
        return content

    def _refresh(self) -> None:
        run = self._session.project.run
        self._stack.setCurrentIndex(int(run is not None))
        self._answers.show_run(run)
        if run:
            scores = run.result.held_out
            self._accuracy.show_result(run.result)
            self._weakest.show_scores(scores)
            self._per_class.show(
                [
                    (name, percent(each.recall), percent(each.precision), count(each.images))
                    for name, each in scores.per_class.items()
                ]
            )
            self._confusion.show_confusion(scores.confusion)
        self.status_changed.emit()
