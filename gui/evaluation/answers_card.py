"""The images of the selected cell of the confusion matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from gui.look.numbers import count, percent
from gui.owners.session import Session
from gui.widgets.card import PageCard
from gui.widgets.images.grid_view import GridView
from gui.widgets.images.image_model import ImageModel, Tile
from gui.widgets.images.image_viewer import ImageViewer
from gui.widgets.images.tile_delegate import TileDelegate
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.images.scanning import LabelledImage
    from core.runs.runs import Prediction, Run


class AnswersCard(PageCard):
    """Shows images by what they are and what they were taken for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._labels: list[str] = []
        self._predictions: list[Prediction] = []
        self._images: dict[Path, LabelledImage] = {}
        self._cell: tuple[str, str] | None = None
        self._heading = text("", "name")
        self._model = ImageModel(self._tile, self)
        self.view = GridView(TileDelegate(session.thumbnails, captions=True, parent=self))
        self.view.setModel(self._model)
        self.view.setAccessibleName(self.tr("Images of the selected cell"))
        self.view.doubleClicked.connect(self._show_large)
        self.view.activated.connect(self._show_large)
        session.thumbnails.loaded.connect(lambda _path: self.view.viewport().update())
        self.body.addWidget(self._heading)
        self.body.addWidget(self.view, 1)

    def show_run(self, run: Run | None) -> None:
        """Read the answers of another run, on a thread."""
        self._predictions, self._labels = [], run.result.labels if run else []
        self._images = {image.path: image for image in self._session.project.images}
        self._refresh()
        if run is None:
            return
        split = "test" if run.result.test else "validation"

        def done(predictions: list[Prediction]) -> None:
            if run is self._session.project.run:
                self._predictions = [p for p in predictions if p.split == split]
                self._refresh()

        self._session.background.run(run.predictions, done, self._session.notices.tell_error)

    def show_cell(self, true: str, predicted: str) -> None:
        """Show the images of a cell."""
        self._cell = true, predicted
        self._refresh()

    def _refresh(self) -> None:
        shown = [p for p in self._predictions if (p.class_name, self._answer(p)) == self._cell]
        shown.sort(key=lambda p: -max(p.probabilities))
        self._model.show(shown)
        if self._cell is None:
            self._heading.setText(self.tr("Select a cell of the confusion matrix"))
            return
        true, predicted = self._cell
        number = self.tr("%n image(s)", "", len(shown)).replace(str(len(shown)), count(len(shown)))
        words = self.tr("{0} seen as {1}") if true != predicted else self.tr("{0} recognised")
        self._heading.setText(f"{words.format(true, predicted)} – {number}")

    def _answer(self, prediction: Prediction) -> str:
        best = max(range(len(self._labels)), key=prediction.probabilities.__getitem__)
        return self._labels[best]

    def _path(self, prediction: Prediction) -> Path:
        project = self._session.project.project
        return project.images_folder / prediction.path if project else Path(prediction.path)

    def _tile(self, prediction: Prediction) -> Tile:
        path, project = self._path(prediction), self._session.project.project
        image = self._images.get(path)
        answer = self._answer(prediction)
        sure = percent(max(prediction.probabilities), 0)
        return Tile(
            path=path,
            kept=project.thumbnail_path(image) if project and image else None,
            caption=f"{answer} {sure}",
            tip=self.tr("{0}\n{1} seen as {2}, {3} sure").format(
                path.name, prediction.class_name, answer, sure
            ),
        )

    def _show_large(self, index: QModelIndex) -> None:
        images = [self._images.get(self._path(p)) for p in self._model.items]
        if all(images):
            whole = [image for image in images if image]
            ImageViewer(whole, index.row(), self._session.background, self).open()
