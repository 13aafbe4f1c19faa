"""Tries an image on the best weights so far of a training, or on the selected run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from core.errors import LayerloomError
from gui.look.appearance import scaled
from gui.look.numbers import percent
from gui.owners.drops import dropped_path
from gui.owners.session import Session
from gui.train.current_training import Training
from gui.train.runs.runs_shelf import RunsShelf
from gui.widgets.buttons import allow, button
from gui.widgets.card import clear, column, row
from gui.widgets.images.image_viewer import ImageView
from gui.widgets.share_bar import ShareBar
from gui.widgets.texts import mono, text

if TYPE_CHECKING:
    from core.runs.runs import Run
    from core.runs.unfinished import UnfinishedRun

SHOWN = 4
"""How many classes are listed."""

SHOWN_SIDE = 400
"""Longest side in pixels at which the image is kept for showing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the weights of an epoch, or a run, say of an image.

    Attributes:
        image: As shown.
        ranking: Class and probability, the most probable first.
        epoch: Whose weights answered, 0 before the first; None: a finished run's.
    """

    image: QImage
    ranking: list[tuple[str, float]]
    epoch: int | None


class TryView(QWidget):
    """Shows an image and what is answered; computed on one core, beside the training."""

    def __init__(
        self,
        session: Session,
        training: Training,
        shelf: RunsShelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._session = session
        self._training = training
        self._shelf = shelf
        self._path: Path | None = None
        self._turn = 0
        self._who = text("", "muted", wrap=True)
        self._picture = ImageView()
        self._picture.keep_shape()
        self._picture.setFixedSize(scaled(150), scaled(120))
        self._picture.hide()
        self._bars = QGridLayout()
        self._bars.setHorizontalSpacing(scaled(12))
        self._bars.setColumnStretch(1, 1)
        self._open = button(self.tr("Open an image…"), self.choose, icon_name="image")
        self._again = button(self.tr("Try again"), self._ask, icon_name="refresh")
        middle = row(spacing=12)
        middle.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        bars = column()
        bars.addLayout(self._bars)
        bars.addStretch()
        middle.addLayout(bars, 1)
        buttons = row()
        buttons.addWidget(self._open)
        buttons.addWidget(self._again)
        buttons.addStretch()
        layout = column(self, spacing=8)
        layout.addWidget(self._who)
        layout.addLayout(middle)
        layout.addLayout(buttons)
        layout.addStretch()
        for signal in (
            training.checkpoint_changed,
            session.project.run_changed,
            session.jobs.changed,
            shelf.changed,
            shelf.chosen_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say who would answer."""
        blocked = self._why_not()
        allow(self._open, blocked, self.tr("Try an image; dropping one here does the same"))
        allow(self._again, blocked, self.tr("Classify the same image with the newest best weights"))
        self._again.setVisible(self._path is not None)
        if self._path is None:
            self._who.setText(blocked or self._who_answers())

    def choose(self) -> None:
        """Ask for an image file, and try it."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose an image to try"))
        if path:
            self.try_image(Path(path))

    def try_image(self, path: Path) -> None:
        """Try an image file."""
        self._path = path
        self._ask()

    def _why_not(self) -> str:
        if self._early() or self._session.project.run:
            return ""
        return self.tr("There are no weights to try yet: the first epoch is not finished.")

    def _early(self) -> UnfinishedRun | None:
        """Return the training whose best weights answer: the one that runs or that is selected."""
        waiting = (run for run in self._training.unfinished if (run.folder,) == self._shelf.chosen)
        return self._training.answering or next((run for run in waiting if run.best), None)

    def _who_answers(self) -> str:
        if self._training.answering:
            return self.tr("Uses the best weights so far of the running training.")
        if early := self._early():
            best = self.tr("Uses the best weights so far of “{0}”.")
            return best.format(self._shelf.title(early))
        run = self._session.project.run
        return self.tr("Uses “{0}”.").format(self._shelf.title(run)) if run else ""

    def _ask(self) -> None:
        if self._path is None or self._why_not():
            return
        self._turn += 1
        self._who.setText(self.tr("Classifying…"))
        early = self._early()
        task = partial(
            _answer, self._path, early.folder if early else None, self._session.project.run
        )
        self._session.background.run(
            task, partial(self._show, self._turn), partial(self._fail, self._turn)
        )
        self.refresh()

    def _show(self, turn: int, tried: Tried) -> None:
        if turn != self._turn:
            return
        self._picture.show_image(tried.image)
        self._picture.show()
        epoch = self.tr("Answered by the best weights so far, those of epoch {0}.")
        run = self._session.project.run
        finished = self.tr("Answered by “{0}”.").format(self._shelf.title(run) if run else "")
        self._who.setText(finished if tried.epoch is None else epoch.format(tried.epoch))
        clear(self._bars)
        for number, (name, share) in enumerate(tried.ranking[:SHOWN]):
            label = text(name, "name" if number == 0 else "plain")
            label.setMaximumWidth(scaled(120))
            label.setToolTip(name)
            bar = ShareBar(share, "accent" if number == 0 else "muted")
            bar.setAccessibleName(f"{name} {percent(share)}")
            self._bars.addWidget(label, number, 0)
            self._bars.addWidget(bar, number, 1)
            self._bars.addWidget(mono(percent(share)), number, 2, Qt.AlignmentFlag.AlignRight)

    def _fail(self, turn: int, error: LayerloomError) -> None:
        if turn == self._turn:
            self._refuse(str(error))

    def _refuse(self, sentence: str) -> None:
        """Say why there is no answer, and take away that to another image."""
        self._who.setText(sentence)
        self._picture.hide()
        clear(self._bars)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a file."""
        if dropped_path(event.mimeData()) and not self._why_not():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Try the file that is dropped."""
        path = dropped_path(event.mimeData())
        if path is None:
            return
        event.acceptProposedAction()
        if path.is_dir():
            folder = self.tr("“{0}” is a folder: drop one image of it here.")
            self._turn += 1  # what is still asked has been put aside
            self._refuse(folder.format(path.name))
        else:
            self.try_image(path)


def _answer(path: Path, training: Path | None, run: Run | None) -> Tried:
    """Read the image and ask: an unfinished run's best weights, or else a finished run."""
    from core.images.reading import read_image
    from core.runs.classifiers import best_classifier, run_classifier
    from gui.look.pixels import to_image

    pixels = read_image(path)
    epoch: int | None = None
    if training:
        classifier, epoch = best_classifier(training)
    else:
        assert run is not None
        classifier = run_classifier(run, one_at_a_time=False)
    shares = classifier.predict(pixels)
    pairs = zip(classifier.labels, map(float, shares), strict=True)
    step = max(1, max(pixels.shape[:2]) // SHOWN_SIDE)
    ranking = sorted(pairs, key=lambda pair: -pair[1])
    return Tried(to_image(pixels[::step, ::step]), ranking, epoch)
