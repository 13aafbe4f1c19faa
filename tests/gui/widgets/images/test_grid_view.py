"""The grid of images with a hundred thousand of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from core.images.labelled_image import ImageSplit, LabelledImage
from gui.owners.thumbnail_loader import WAITING, ThumbnailLoader
from gui.widgets.images.grid_view import GridView
from gui.widgets.images.image_model import ImageModel, Tile
from gui.widgets.images.tile_delegate import TileDelegate

MANY = 100_000


@pytest.fixture(scope="module")
def many() -> list[LabelledImage]:
    return [
        LabelledImage(Path(f"/nowhere/{i}.png"), "a", ImageSplit.TEST, b"x", 10, 10)
        for i in range(MANY)
    ]


@pytest.fixture
def view(qtbot, qapp, many: list[LabelledImage]):
    made: list[int] = []
    loader = ThumbnailLoader()

    def tile(image: LabelledImage) -> Tile:
        made.append(1)
        return Tile(image.path, badge="test")

    shown = GridView(TileDelegate(loader))
    shown.made = made
    shown.loader = loader
    model = ImageModel(tile, shown)
    shown.setModel(model)
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    shown.show()
    qtbot.waitExposed(shown)
    model.show(many)
    yield shown
    loader.close()


def test_only_what_is_in_sight_is_made(view: GridView) -> None:
    view.made.clear()
    view.viewport().grab()
    assert 0 < len(view.made) <= len(view.visible_rows()) < 100


def test_every_image_can_be_reached(qtbot, view: GridView) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == MANY - 1
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())
    assert view.visible_rows().stop == MANY
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.verticalScrollBar().value() == 0


def test_a_tile_is_found_where_it_is_painted(view: GridView) -> None:
    view.verticalScrollBar().setValue(123_456)
    for row in view.visible_rows():
        centre = view.visualRect(view.model().index(row, 0)).center()
        if view.viewport().rect().contains(centre):
            assert view.indexAt(centre).row() == row


def test_selecting_all_is_one_range(view: GridView) -> None:
    view.selectAll()
    selection = view.selectionModel().selection()
    assert selection.count() == 1
    assert selection.at(0).height() == MANY
    view.selectionModel().select(
        view.model().index(5, 0), QItemSelectionModel.SelectionFlag.Deselect
    )
    assert not view.selectionModel().isSelected(view.model().index(5, 0))


def test_the_first_row_in_sight_stays_when_the_width_changes(view: GridView) -> None:
    view.verticalScrollBar().setValue(50_000)
    before = view.visible_rows().start
    view.resize(600, 700)
    rows = view.visible_rows()
    assert before in range(rows.start, rows.start + 2 * view.columns)


def test_requests_of_what_was_scrolled_past_are_dropped(view: GridView) -> None:
    for top in range(0, 1_000_000, 20_000):  # ten times as many as may wait
        view.verticalScrollBar().setValue(top)
        view.viewport().grab()
    assert view.loader.waiting <= WAITING
