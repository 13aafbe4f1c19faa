"""Chooses the network that a training starts from, and says which layers keep their weights."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from core.errors import LayerloomError
from gui.look.appearance import scaled
from gui.owners.session import Session
from gui.train.choosing.network_choices import NetworkChoice, StartFit, fitting, network_choices
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.texts import set_role, text

if TYPE_CHECKING:
    from core.network.running.fit_weights import LayerFit


PAUSE = 150
"""Milliseconds without another choice after which the weights are looked at."""


class NetworkChooser(QWidget):
    """A list of networks; below it what becomes of the chosen one's weights."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._choices: list[NetworkChoice] = []
        self._looked_for = ""
        self._turn = 0
        self._task: Callable[[], StartFit | None] = lambda: None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._find_out)
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Network to start from"))
        self.box.setMinimumWidth(scaled(220))
        self.box.setMaxVisibleItems(18)
        self.box.activated.connect(self._choose)
        self._fit = text(self.tr("Checking its weights…"), "muted", wrap=True)
        self._more = button(self.tr("Show the layers"), self._toggle, kind="link")
        self._more.hide()
        self._model = TextTable(
            [
                TableColumn(self.tr("Layer")),
                TableColumn(self.tr("Weights")),
                TableColumn(self.tr("Reason")),
            ],
            self,
        )
        self._table = TableView(
            self._model, self.tr("What happens to each layer's weights"), selectable=True
        )
        self._table.setMinimumHeight(scaled(180))
        self._table.hide()
        self._lay_out()
        session.workflow.choices_changed.connect(self._refresh)
        session.project.project_changed.connect(self._read)
        session.project.images_changed.connect(self._refresh)
        self._read()

    def _lay_out(self) -> None:
        label = text(self.tr("Network"), "name")
        label.setBuddy(self.box)
        choice, outcome = QWidget(), QWidget()
        line = row(choice, spacing=12)
        line.addWidget(label)
        line.addWidget(self.box)
        line.addStretch()
        line = row(outcome, spacing=12)
        line.addWidget(self._fit, 1)
        line.addWidget(self._more, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = column(self, spacing=8)
        layout.addWidget(AdaptiveRow((choice, outcome), (0, 1), 12, needs=(330, 400)))
        layout.addWidget(self._table)

    def _read(self) -> None:
        """List the networks, on a thread."""
        project = self._session.project.project
        folder = project.folder if project else None

        def done(choices: list[NetworkChoice]) -> None:
            if self._session.project.project is not project:
                return
            if choices != self._choices:
                self._choices = choices
                self._fill()
            self._refresh()

        self._looked_for = chosen = self._chosen_name()
        self._session.background.run(
            partial(network_choices, folder, chosen), done, self._session.notices.tell_error
        )

    def _chosen_name(self) -> str:
        choices = self._session.workflow.choices
        return choices.network if choices else ""

    def _fill(self) -> None:
        headings = {
            "pretrained": self.tr("Pretrained, on this computer"),
            "design": self.tr("Your designs"),
            "download": self.tr("Pretrained, downloaded when needed"),
            "template": self.tr("Classic designs without weights"),
        }
        self.box.clear()
        for kind, heading in headings.items():
            inside = [choice for choice in self._choices if choice.kind == kind]
            if inside:
                self._add_heading(heading)
            for choice in inside:
                self.box.addItem(choice.title, choice.name)

    def _add_heading(self, heading: str) -> None:
        self.box.addItem(heading)
        model = self.box.model()
        assert isinstance(model, QStandardItemModel)
        model.item(model.rowCount() - 1).setFlags(Qt.ItemFlag.NoItemFlags)

    def _choose(self, place: int) -> None:
        choices = self._session.workflow.choices
        name = self.box.itemData(place)
        if choices and name:
            from msgspec.structs import replace

            self._session.workflow.choose(replace(choices, network=name))

    def _refresh(self) -> None:
        """Show the chosen network, and find out on a thread what it keeps."""
        choices = self._session.workflow.choices
        project = self._session.project.project
        if choices is None or project is None or not self._choices:
            return
        place = self.box.findData(choices.network)
        self.box.setCurrentIndex(place)
        chosen = next((c for c in self._choices if c.name == choices.network), None)
        if chosen is None and choices.network != self._looked_for:
            self._read()  # it may have been saved since
            return
        if chosen is None:
            gone = self.tr("This network no longer exists: choose another one.")
            self._show(None, gone, gone)
            return
        labels = sorted({i.class_name for i in self._session.project.images if not i.problem})
        if len(labels) < 2:
            return
        self._turn += 1
        self._task = partial(
            fitting, chosen, project.folder, labels, fresh=choices.recipe == "scratch"
        )
        self._pause.start()

    def _find_out(self) -> None:
        """Run the newest question on a thread."""
        self._session.background.run(
            self._task, partial(self._take, self._turn), partial(self._fail, self._turn)
        )

    def _take(self, turn: int, fit: StartFit | None) -> None:
        if turn == self._turn:
            unfit = self._why_unfit(fit)
            self._show(fit, unfit or self._words(fit), unfit)

    def _fail(self, turn: int, error: LayerloomError) -> None:
        if turn == self._turn:
            self._show(None, str(error), str(error))

    def _why_unfit(self, fit: StartFit | None) -> str:
        from core.recipes.recipes import RECIPES

        choices = self._session.workflow.choices
        if fit is None or choices is None or not RECIPES[choices.recipe].needs_weights:
            return ""
        if any(layer.fit.value != "re-initialised" for layer in fit.layers):
            return ""
        return self.tr(
            "This network has no weights to start from: choose a pretrained one, or the recipe "
            "“From scratch”."
        )

    def _words(self, fit: StartFit | None) -> str:
        choices = self._session.workflow.choices
        if fit is None and choices and choices.recipe == "scratch":
            return self.tr("All layers start from random weights.")
        if fit is None:
            return self.tr(
                "Its ImageNet weights are downloaded when the training starts, if they are not on "
                "this computer; all layers but the last keep them."
            )
        kinds = [layer.fit.value for layer in fit.layers]
        kept, partly = kinds.count("kept"), kinds.count("partly fitting")
        if not kept and not partly:
            return self.tr(
                "All %n layer(s) with weights start from random weights.", "", len(kinds)
            )
        begins = self._begin_anew(fit.layers)
        parts = [self.tr("{0} of %n layer(s) keep their weights", "", len(kinds)).format(kept)]
        if partly:
            parts.append(self.tr("{0} keep some of them").format(partly))
        if begins:
            parts.append(self.tr("random weights: {0}").format(begins))
        return "; ".join(parts) + "."

    def _begin_anew(self, layers: tuple[LayerFit, ...]) -> str:
        names = [layer.name for layer in layers if layer.fit.value == "re-initialised"]
        if len(names) <= 3:
            return ", ".join(names)
        return self.tr("{0} and %n more", "", len(names) - 3).format(", ".join(names[:3]))

    def _show(self, fit: StartFit | None, words: str, unfit: str) -> None:
        """Say what becomes of the weights, or why this network cannot be trained so."""
        self._fit.setText(words)
        set_role(self._fit, "warning" if unfit else "muted")
        self._session.workflow.set_unfit(unfit)
        self._more.setVisible(bool(fit and fit.layers))
        if not fit or not fit.layers:
            self._table.hide()
            return
        said = {
            "kept": self.tr("kept"),
            "partly fitting": self.tr("partly kept"),
            "re-initialised": self.tr("new"),
        }
        self._model.show([(layer.name, said[layer.fit.value], layer.why) for layer in fit.layers])

    def _toggle(self) -> None:
        shown = self._table.isHidden()
        self._table.setVisible(shown)
        self._more.setText(self.tr("Hide the layers") if shown else self.tr("Show the layers"))

    def showEvent(self, event: QShowEvent) -> None:
        """List the designs that are there now, and look at the chosen one as it is now."""
        super().showEvent(event)
        self._read()
