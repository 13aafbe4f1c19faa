"""The middle of Data: the heading, and the images of the chosen class."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.look.numbers import count
from gui.owners.session import Session
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.images.grid_view import GridView
from gui.widgets.images.image_model import ImageModel, Tile
from gui.widgets.images.tile_delegate import TileDelegate
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.images.scanning import LabelledImage


class GridPanel(QWidget):
    """Shows the images of a class, or the files that a health check names."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = ImageModel(self._tile, self)
        self._title = text("", "heading")
        self._count = text("", "muted")
        self._back = button(self.tr("Back to all images"), self.show_all, icon_name="close")
        self.view = GridView(TileDelegate(session.thumbnails, parent=self))
        self.view.setModel(self._model)
        self.view.setAccessibleName(self.tr("Images"))
        self.view.selectionModel().selectionChanged.connect(self._refresh_count)
        session.thumbnails.loaded.connect(self._repaint)
        head = row(spacing=12)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._back)
        layout = column(self, margins=12, spacing=8)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)

    @property
    def images(self) -> Sequence[LabelledImage]:
        """What is shown, in order."""
        return self._model.items

    def show_all(self) -> None:
        """Show all images of the project."""
        self.show_class(None)

    def show_class(self, name: str | None) -> None:
        """Show the images of a class, or all of them for None."""
        images = self._session.project.images
        shown = images if name is None else [i for i in images if i.class_name == name]
        self._show(shown, self.tr("All images") if name is None else name, filtered=False)

    def show_files(self, paths: Collection[Path], title: str) -> None:
        """Show some files, whatever their class."""
        shown = [image for image in self._session.project.images if image.path in paths]
        shown.sort(key=lambda image: (image.problem == "", image.fingerprint))
        self._show(shown, title[:1].upper() + title[1:], filtered=True)

    def _show(self, images: Sequence[LabelledImage], title: str, *, filtered: bool) -> None:
        self._model.show(images)
        self.view.verticalScrollBar().setValue(0)
        self._title.setText(title)
        self._back.setVisible(filtered)
        self._refresh_count()

    def _refresh_count(self) -> None:
        number = len(self._model.items)
        said = self.tr("%n image(s)", "", number).replace(str(number), count(number))
        selection = self.view.selectionModel().selection()
        selected = sum(selection.at(i).height() for i in range(selection.count()))
        if selected > 1:
            said = self.tr("{0} · {1} selected").format(said, count(selected))
        self._count.setText(said)

    def _repaint(self) -> None:
        self.view.viewport().update()

    def _tile(self, image: LabelledImage) -> Tile:
        project = self._session.project.project
        split = image.split.value if image.split else ""
        size = f"{image.width} × {image.height}" if image.width else image.problem
        return Tile(
            path=image.path,
            kept=project.thumbnail_path(image) if project and image.content_hash else None,
            badge="" if split == "train" else split,
            problem=image.problem,
            tip=f"{image.path.name}\n{image.class_name}, {split or '–'}\n{size}",
        )
