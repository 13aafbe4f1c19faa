"""Inside the network of a run, finished or not: filters, feature maps, gradients, formulas."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from core.errors import LayerloomError
from core.jobs.messages import Died, Failed, Finished, Outcome
from core.jobs.supervision import Supervisor
from gui.look.appearance import scaled
from gui.look.core_texts import translated
from gui.look.numbers import count, decimal, percent
from gui.look.pixels import to_image
from gui.owners.job_owner import JobOwner
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.inside.mosaic import MOST, Mosaic
from gui.train.inside.tap_view import TapView
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.card import PageCard, column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.images.image_viewer import ImageView
from gui.widgets.table import TableColumn, TableView, TextTable
from gui.widgets.tabs import TabCard
from gui.widgets.texts import set_role, text

if TYPE_CHECKING:
    from core.network.network import Network
    from core.runs.runs import Run
    from core.runs.unfinished import UnfinishedRun
    from core.training.inside.inside_view import Array, LayerView

WARM_UP = ("core.training.inside.inside",)
"""What the dialog's own worker imports while one chooses."""

MOST_IMAGES = 300
"""Images offered to look at."""

STRIP = 32
"""Numbers in a row where a layer gives a vector."""


class InsideDialog(Dialog):
    """Shows one layer at work on one image; a worker of its own computes, so training goes on.

    Of a run that is not finished it shows the newest checkpoint, and the next ones as they come.

    Args:
        session: The window's state.
        training: Says when there is a newer checkpoint.
        run: Whose network is looked into.
        title: Of the run.

    Attributes:
        shown: What is shown; None until the first layer is computed.
    """

    def __init__(
        self,
        session: Session,
        training: Training,
        run: Run | UnfinishedRun,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Inside {0}").format(title))
        self._session = session
        self._training = training
        self._run = run
        self._written: datetime.datetime | None = None
        self._open = True
        self.shown: LayerView | None = None
        self._jobs = JobOwner(Supervisor(WARM_UP), self)
        self._wanted: tuple[Path, str, str] | None = None
        self._layers: list[str] = []
        self._frozen: set[str] = set()
        self._images: list[tuple[Path, str]] = []
        self._image = QComboBox()
        self._image.setAccessibleName(self.tr("Image"))
        self._image.setMinimumContentsLength(12)
        shorter = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._image.setSizeAdjustPolicy(shorter)  # however long a file's name is
        self._picture = ImageView()
        self._picture.setFixedHeight(scaled(150))
        self._model = TextTable([TableColumn(self.tr("Name")), TableColumn(self.tr("Kind"))], self)
        self._table = TableView(
            self._model, self.tr("Layers"), selectable=True, first=100, narrowest=200
        )
        self._words = text("", "muted", wrap=True)
        self._weights = text("", "muted", wrap=True)
        self._follows = QCheckBox(self.tr("Follow the training"))
        self._follows.setChecked(True)
        self._follows.setToolTip(self.tr("Update whenever the training has saved newer weights"))
        self._state = text("", "muted", wrap=True)
        self._maps = Mosaic(self.tr("Feature maps"), signed=False)
        self._filters = Mosaic(self.tr("Filters"), signed=True)
        self._gradient = Mosaic(self.tr("Gradient"), signed=True)
        self._tap = TapView()
        self._notes = [text("", "muted", wrap=True) for _ in range(3)]
        self._lay_out()
        self._connect()
        self.take_size(1060, 700)
        self._jobs.warm_up()
        self._read()

    def _lay_out(self) -> None:
        choice = QWidget()
        side = column(choice, spacing=8)
        side.addWidget(text(self.tr("Image"), "section"))
        side.addWidget(self._image)
        side.addWidget(self._picture)
        side.addWidget(self._words)
        side.addWidget(self._weights)
        side.addWidget(self._follows)
        side.addWidget(text(self.tr("Layer"), "section"))
        side.addWidget(self._table, 1)
        side.addWidget(self._state)
        card = PageCard()
        card.setMaximumWidth(scaled(380))
        area = page_area(choice)
        area.setMinimumWidth(scaled(220))
        card.body.addWidget(area)
        views = (
            (self.tr("Feature maps"), self._maps),
            (self.tr("Filters"), self._filters),
            (self.tr("Gradient"), self._gradient),
        )
        tabs = [
            (title, _scrolled(note, view))
            for (title, view), note in zip(views, self._notes, strict=True)
        ]
        tabs.append((self.tr("Formulas"), page_area(self._tap)))
        layout = row(self, margins=16, spacing=14)
        layout.addWidget(card, 2)
        layout.addWidget(TabCard(tabs), 4)

    def _connect(self) -> None:
        self._table.selectionModel().currentRowChanged.connect(self._choose_layer)
        self._image.activated.connect(lambda _: self._ask())
        self._filters.chosen.connect(self._tap.choose_filter)
        self._jobs.changed.connect(self._show_state)
        self._training.checkpoint_changed.connect(self._take_newest)
        self._follows.toggled.connect(self._take_newest)
        self.finished.connect(self._close)

    def _read(self) -> None:
        """Read the network and the images on a thread."""
        self._follows.setVisible(self._is_running())
        self._weights.hide()
        self._session.background.run(partial(_opened, self._run), self._fill, self._fail)

    def _is_running(self) -> bool:
        return self._training.folder == self._run.folder

    def _take_newest(self) -> None:
        """Look again, at weights that have learnt more, if that is wanted."""
        running = self._training.running
        self._follows.setVisible(self._is_running())
        if not self._is_running() or running is None or not self._follows.isChecked():
            return
        if running.written != self._written and not self._jobs.busy:
            self._written = running.written
            self._ask()

    def _fill(self, found: tuple[Network, list[tuple[Path, str]]]) -> None:
        if not self._open:
            return
        network, self._images = found
        for path, class_name in self._images:
            self._image.addItem(f"{class_name} · {path.name}")
        order = [network.by_id[id_] for id_ in network.sortable]
        seen = list({node.name: node for node in order if network.incoming[node.id]}.values())
        seen = [node for node in seen if network.outgoing[node.id]]
        self._layers = [node.name for node in seen]
        self._frozen = {node.name for node in seen if node.frozen}
        self._model.show([(node.name, translated(node.layer.title)) for node in seen])
        first = next((i for i, node in enumerate(seen) if type(node.layer).__name__ == "Conv2d"), 0)
        self._table.setCurrentIndex(self._model.index(first, 0))

    def _choose_layer(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._ask()

    def _ask(self) -> None:
        """Have the chosen layer and image computed, after what is being computed now."""
        place, image = self._table.currentIndex().row(), self._image.currentIndex()
        if place < 0 or image < 0:
            return
        path, class_name = self._images[image]
        self._wanted = (path, self._layers[place], class_name)
        self._start()

    def _start(self) -> None:
        from core.training.inside.inside_job import InsideJob

        if self._wanted and not self._jobs.busy:
            wanted, self._wanted = self._wanted, None
            self._jobs.start(InsideJob(self._run.folder, *wanted), self._take)

    def _show_state(self) -> None:
        set_role(self._state, "muted")
        if not self._jobs.busy:
            self._state.setText("")
            return
        begins = self.tr("Computing") if self.shown else self.tr("Starting PyTorch")
        progress = self._jobs.status.progress
        phase = translated(progress.phase.text) if progress else begins
        self._state.setText(f"{phase}…")

    def _take(self, outcome: Outcome[LayerView]) -> None:
        """Show what was computed, or why it could not be, and compute what is wanted by now."""
        match outcome:
            case Finished(result=view):
                self._show(view)
            case Failed():
                self._say_error(str(LayerloomError(outcome.what, outcome.where, outcome.hint)))
            case Died():
                self._say_error(
                    self.tr("The computation ended unexpectedly: select a layer again.")
                )
        self._start()

    def _say_error(self, sentence: str) -> None:
        set_role(self._state, "error")
        self._state.setText(sentence)

    def _fail(self, error: LayerloomError) -> None:
        if self._open:
            self._say_error(str(error))

    def _show(self, view: LayerView) -> None:
        self.shown = view
        self._show_picture(view)
        words = self.tr("“{0}” gets a probability of {1}: the loss is −ln of it, {2}.")
        self._words.setText(
            words.format(view.class_name, percent(view.probability), decimal(view.loss, 4))
        )
        self._weights.setVisible(view.epochs is not None)
        if view.epochs is not None:
            weights = self.tr("Weights after {0} epochs, from the newest checkpoint.")
            places = 0 if view.epochs == round(view.epochs) else 1
            self._weights.setText(weights.format(decimal(view.epochs, places)))
        maps = _planes(view.maps)
        self._maps.show_arrays(maps)
        self._notes[0].setText(self._note(self.tr("Output of “{0}” for this image"), view, maps))
        filters = None if view.filters is None else view.filters.mean(axis=1)
        self._filters.show_arrays(filters)
        self._notes[1].setText(self._filter_note(view))
        gradient = None if view.gradient is None else _planes(view.gradient)
        self._gradient.show_arrays(gradient)
        self._notes[2].setText(self._gradient_note(view, gradient))
        self._tap.show_gradients(view.convolution)

    def _show_picture(self, view: LayerView) -> None:
        """Show the image as the network sees it."""
        if view.image is None:
            return
        self._picture.show_image(to_image(view.image))
        height, width, _ = view.image.shape
        seen = self.tr("The image as the network sees it: {0} × {1} pixels")
        self._picture.setToolTip(seen.format(width, height))
        self._picture.setAccessibleName(seen.format(width, height))

    def _note(self, sentence: str, view: LayerView, planes: Array) -> str:
        shape = " × ".join(map(str, view.maps.shape))
        note = f"{sentence.format(view.name)}: {shape}."
        if len(planes) > MOST:
            note += " " + self.tr("The first {0} are shown.").format(count(MOST))
        return note

    def _filter_note(self, view: LayerView) -> str:
        if view.filters is None:
            return self.tr("“{0}” has no filters.").format(view.name)
        shape = " × ".join(map(str, view.filters.shape))
        return self.tr(
            "The weights of “{0}”: {1}. Each filter is the mean over its channels; blue is below "
            "0, orange above."
        ).format(view.name, shape)

    def _gradient_note(self, view: LayerView, planes: Array | None) -> str:
        if planes is None:
            return self.tr("No gradient reaches “{0}”.").format(view.name)
        sentence = self.tr("∂L/∂Z, the gradient at the output of “{0}”")
        note = self._note(sentence, view, planes)
        if view.name in self._frozen:
            note += " " + self.tr("The layer is frozen: training does not use it.")
        return note

    def _close(self) -> None:
        self._open = False
        self._jobs.close()


def _opened(run: Run | UnfinishedRun) -> tuple[Network, list[tuple[Path, str]]]:
    """Return a run's network, and images with their classes that it did not learn from."""
    from core.network.network import read_network
    from core.runs.image_set import read_image_set
    from core.runs.runs import Run

    if isinstance(run, Run):
        images = [(Path(answer.path), answer.class_name) for answer in run.predictions()]
    else:
        data = read_image_set(run.folder)
        images = [(data.images[i].path, data.images[i].class_name) for i in data.watched()]
    step = -(-len(images) // MOST_IMAGES) or 1  # of all classes
    return read_network(run.folder / "network.json"), images[::step]


def _planes(array: Array) -> Array:
    """Return maps as (pictures, height, width); a vector is one picture of several rows."""
    import numpy as np

    if array.ndim == 3:
        return array
    flat = array.reshape(-1)
    rows = -(-len(flat) // STRIP)
    padded = np.pad(flat, (0, rows * STRIP - len(flat)))
    return padded.reshape(1, rows, STRIP)


def _scrolled(note: QLabel, view: QWidget) -> QWidget:
    holder = QWidget()
    layout = column(holder, spacing=8)
    layout.addWidget(note)
    layout.addWidget(page_area(view), 1)
    return holder
