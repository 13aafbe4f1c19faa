"""Training from the page: watch, pause, go on, stop with the best, and what stays of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyqtgraph import AxisItem
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QStandardItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox

from core.project.project import project_for_images
from core.recipes.choices import TrainingChoices, keep_choices, read_choices
from core.runs.checkpoint import newest_record
from gui.look.appearance import colour
from gui.owners.job_owner import JobOwner
from gui.shell.job_bar import JobBar
from gui.shell.main_window import MainWindow
from gui.train.choosing.network_chooser import NetworkChooser
from gui.train.choosing.recipe_card import RecipeCard
from gui.train.curves.curve_card import CurveCard
from gui.train.curves.curve_plot import CurvePlot
from gui.train.inside.inside_dialog import InsideDialog
from gui.train.layers_view import LayersView
from gui.train.progress_card import EpochProgress, ProgressCard
from gui.train.try_view import TryView
from gui.train.waiting_card import WaitingCard
from gui.widgets.images.image_viewer import ImageView
from gui.widgets.table import TableView
from tests.gui.conftest import click, make_images, until, visible_texts

LONG = {"epochs": 5000, "patience": 0}
"""More epochs than a test waits for."""

TAB_ORDER = (
    "Start training",
    "Network to start from",
    "Reset to defaults",
    "Epochs",
    "Learning rate",
    "Accuracy",
    "Loss",
    "Runs",
    "More",
    "Layers",
)
"""Some of what the Tab key goes through, from the top of the page down."""


@pytest.fixture
def page(qtbot, opened: MainWindow) -> MainWindow:
    """Show the Train page of a scanned project, with LeNet-5 to be trained from scratch."""
    opened.show_page("train")
    until(qtbot, lambda: opened.page.findChild(NetworkChooser))
    until(qtbot, opened.page.findChild(NetworkChooser).box.count)
    card = next(c for c in opened.page.findChildren(RecipeCard) if "scratch" in c.accessibleName())
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    box = opened.page.findChild(NetworkChooser).box
    choose(qtbot, box, "LeNet-5 (m")
    return opened


def choose(qtbot, box: QComboBox, title: str) -> None:
    """Go down a list with the keyboard as far as an entry."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    while not box.currentText().startswith(title):
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before, f"no network {title!r}"


def give(window: MainWindow, **options: int) -> None:
    """Set options of the chosen recipe."""
    choices = window.session.workflow.choices
    for name, value in options.items():
        choices = choices.with_option(name, value)
    window.session.workflow.choose(choices)


def test_watch_pause_go_on_and_keep_the_best(qtbot, page: MainWindow, images: Path) -> None:
    give(page, **LONG)
    click(qtbot, page.page, "Start training")
    until(qtbot, lambda: "Training: epoch" in visible_texts(page.page))
    check_watching(qtbot, page)
    check_trying(qtbot, page, images)
    check_looking_inside(qtbot, page)
    pause = button_named(page, "Pause")
    check_narrow(qtbot, page)
    pause.setFocus()
    qtbot.keyClick(pause, Qt.Key.Key_Space)
    until(qtbot, lambda: "interrupted" in visible_texts(page.page))
    assert not page.session.jobs.busy
    until(qtbot, button_named(page, "Resume").hasFocus)
    view = page.page.findChild(TryView)
    drop(view, images / "circles" / "circles 05.png")  # answered while it waits, too
    until(qtbot, lambda: "those of epoch" in visible_texts(view))
    click(qtbot, page.page, "Status")
    until(qtbot, lambda: "validation images right." in visible_texts(page.page))
    curve = page.page.findChildren(CurveCard)[0].summary()
    click(qtbot, page.page, "Resume")
    until(qtbot, lambda: "Stop and keep the best" in visible_texts(page.page))
    until(qtbot, lambda: page.page.findChildren(CurveCard)[0].summary() > curve)
    assert "interrupted" not in visible_texts(page.page)
    until(qtbot, lambda: button_named(page, "Stop and keep the best").isEnabled())
    click(qtbot, page.page, "Stop and keep the best")
    until(qtbot, lambda: page.session.project.run and not page.session.jobs.busy)
    click(qtbot, page.page, "Status")
    seen = visible_texts(page.page)
    assert "images that it was not trained on" in seen
    assert "With only 4 images set aside, the score says little" in seen
    assert "Start training" in seen
    for name in ("Look inside…", "Train again", "More"):
        assert button_named(page, name).width() == button_named(page, name).sizeHint().width()
    assert page.session.project.run.settings.recipe == "scratch"


def check_watching(qtbot, window: MainWindow) -> None:
    """See curves, words, figures and the age of the checkpoint while it trains."""
    until(qtbot, lambda: "The network now gets" in visible_texts(window.page))
    until(qtbot, lambda: "checkpoint saved" in window.page.status()[1])
    seen = visible_texts(window.page)
    assert "images/s" in seen
    assert "learning rate" in seen
    assert "Always answering" in seen
    accuracy, loss = window.page.findChildren(CurveCard)
    until(qtbot, lambda: "validation" in accuracy.summary())
    assert "Loss".lower() in loss.summary()
    click(qtbot, window.page, "Layers")
    table = window.page.findChild(LayersView).table
    until(qtbot, lambda: table.model().rowCount() == 5)
    assert [table.model().index(row, 0).data() for row in range(2)] == ["c1", "c3"]
    assert "%" in table.model().index(0, 1).data()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    at, before = table.currentIndex().row(), table.model().index(0, 2).data()
    until(qtbot, lambda: table.model().index(0, 2).data() != before)
    assert (at, table.currentIndex().row()) == (2, 2)  # it stays while the figures change


def check_narrow(qtbot, window: MainWindow) -> None:
    """Have the buttons in sight where the window is narrow for what stands beside them."""
    card = window.page.findChild(ProgressCard)
    progress, end = card.findChild(EpochProgress), button_named(window, "Stop and keep the best")
    wide = window.size()

    def below() -> bool:
        return end.mapTo(card, end.rect().topLeft()).y() >= progress.geometry().bottom()

    assert not below()
    card.setMaximumWidth(700)
    until(qtbot, below)
    assert end.mapTo(card, end.rect().topRight()).x() <= 700
    assert card.minimumSizeHint().width() <= 700
    card.setMaximumWidth(16_777_215)
    until(qtbot, lambda: not below())
    assert window.size() == wide


def check_looking_inside(qtbot, window: MainWindow) -> None:
    """Look into the network while it trains: at its newest weights, and at newer ones."""
    click(qtbot, window.page, "Look inside…")
    dialog = window.page.findChild(InsideDialog)

    def epochs() -> float:
        shown = dialog.shown
        return shown.epochs if shown and shown.epochs is not None else 0.0

    until(qtbot, lambda: epochs() >= 1)
    before = epochs()
    seen = visible_texts(dialog)
    assert "epochs, from the newest checkpoint." in seen
    image = dialog.findChild(ImageView)
    assert image.accessibleName() == "The image as the network sees it: 32 × 32 pixels"
    assert (image.image.width(), image.image.height()) == (32, 32)
    assert "Output of “c1” for this image: 6 × 28 × 28." in seen
    until(qtbot, lambda: epochs() > before)
    click(qtbot, dialog, "Follow the training")
    until(qtbot, lambda: not dialog.findChild(JobOwner).busy)
    click(qtbot, dialog, "Formulas")
    assert "✓ Computed by the formulas, it equals autograd" in visible_texts(dialog)
    assert window.session.workflow.trains
    dialog.close()
    until(qtbot, lambda: window.page.findChild(InsideDialog) is None)
    window.activateWindow()
    until(qtbot, window.isActiveWindow)


def check_trying(qtbot, window: MainWindow, images: Path) -> None:
    """Ask the best weights so far about an image; training goes on."""
    click(qtbot, window.page, "Try an image")
    view = window.page.findChild(TryView)
    until(qtbot, lambda: "best weights so far" in visible_texts(view))
    drop(view, images / "circles" / "circles 03.png")
    until(qtbot, lambda: "those of epoch" in visible_texts(view))
    until(qtbot, lambda: "circles" in visible_texts(view))
    drop(view, images / "squares")
    seen = visible_texts(view)
    assert "“squares” is a folder: drop one image of it here." in seen
    assert "%" not in seen  # the answer was to another image
    drop(view, images / "circles" / "circles 04.png")
    until(qtbot, lambda: "%" in visible_texts(view))
    broken = images.parent / "broken.png"
    broken.write_text("no image")
    drop(view, broken)
    until(qtbot, lambda: "not an image in a format that Layerloom reads" in visible_texts(view))
    assert "%" not in visible_texts(view)
    assert not view.findChild(ImageView).isVisible()
    assert window.session.workflow.trains


def drop(view: TryView, path: Path) -> None:
    """Drop a file or folder onto a view."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    place = view.rect().center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    entering = QDragEnterEvent(place, copy, files, buttons, keys)
    QApplication.sendEvent(view, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(view, QDropEvent(place.toPointF(), copy, files, buttons, keys))


def button_named(window: MainWindow, name: str):
    from PySide6.QtWidgets import QPushButton

    return next(b for b in window.page.findChildren(QPushButton) if b.text() == name)


def test_a_training_that_was_killed_is_offered_when_the_project_opens(
    qtbot, page: MainWindow
) -> None:
    give(page, **LONG)
    click(qtbot, page.page, "Start training")
    until(qtbot, lambda: "checkpoint saved" in page.page.status()[1])
    import os
    import signal

    os.kill(page.session.jobs.worker_process_id, signal.SIGKILL)
    until(qtbot, lambda: not page.session.jobs.busy)
    check_going_on_from_the_job_bar(qtbot, page)
    folder = page.session.project.project.folder
    page.session.project.close()
    page.open_path(folder)
    until(qtbot, lambda: page.session.project.images)
    page.show_page("train")
    until(qtbot, lambda: "From scratch · LeNet-5 (modern): interrupted" in visible_texts(page.page))
    assert button_named(page, "Resume").hasFocus() or button_named(page, "Resume").isVisible()
    check_deleting_where_it_is_offered(qtbot, page)


def check_deleting_where_it_is_offered(qtbot, window: MainWindow) -> None:
    """Delete the interrupted run and bring it back with the keyboard, which is not lost."""
    card = window.page.findChild(WaitingCard)
    window.activateWindow()
    button_named(window, "Delete").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    until(qtbot, lambda: "was deleted." in visible_texts(card))
    until(qtbot, lambda: "interrupted" not in visible_texts(window.page))
    undo = QApplication.focusWidget()
    assert card.isAncestorOf(undo)
    assert undo.text() == "Undo"
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    until(qtbot, lambda: "interrupted" in visible_texts(card))
    assert "was deleted." not in visible_texts(window.page)
    until(qtbot, button_named(window, "Resume").hasFocus)


def check_going_on_from_the_job_bar(qtbot, window: MainWindow) -> None:
    """Go on from another page with the same run, then stop it there."""
    window.show_page("data")
    bar = window.findChild(JobBar)
    seen = visible_texts(bar)
    assert "Its progress is saved; you can resume from there." in seen
    assert "Try again" not in seen
    runs = window.session.project.project.runs_folder
    (run,) = runs.iterdir()
    before = newest_record(run).step
    click(qtbot, bar, "Resume")
    until(qtbot, lambda: newest_record(run).step > before)
    click(qtbot, bar, "Stop")
    until(qtbot, lambda: "was stopped. Its progress is saved." in visible_texts(bar))
    assert list(runs.iterdir()) == [run]


def test_settings_are_explained_and_remembered(qtbot, page: MainWindow) -> None:
    toggle = button_containing(page, "Advanced settings")
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    explained = "How often training goes through all images, at most."
    until(qtbot, lambda: explained in visible_texts(page.page))
    epochs = next(f for f in page.page.findChildren(QSpinBox) if f.accessibleName() == "Epochs")
    epochs.setFocus()
    epochs.selectAll()
    qtbot.keyClicks(epochs, "7")
    qtbot.keyClick(epochs, Qt.Key.Key_Return)
    assert page.session.workflow.choices.given() == {"epochs": 7}
    assert "(1 changed)" in visible_texts(page.page)
    folder = page.session.project.project.folder
    until(qtbot, lambda: read_choices(folder) == page.session.workflow.choices)
    page.session.project.close()
    page.open_path(folder)
    until(qtbot, lambda: page.session.project.images)
    assert page.session.workflow.choices.given() == {"epochs": 7}
    page.show_page("train")
    click(qtbot, page.page, "Reset to defaults")
    assert page.session.workflow.choices.given() == {}
    assert "changed)" not in visible_texts(page.page)


def button_containing(window: MainWindow, part: str):
    from PySide6.QtWidgets import QPushButton

    return next(b for b in window.page.findChildren(QPushButton) if part in b.text())


def test_a_network_without_weights_is_refused_where_weights_are_needed(
    qtbot, page: MainWindow
) -> None:
    start = button_named(page, "Start training")
    until(
        qtbot,
        lambda: "All 5 layers with weights start from random weights." in visible_texts(page.page),
    )
    assert start.isEnabled()
    quick = next(c for c in page.page.findChildren(RecipeCard) if "Quick" in c.accessibleName())
    qtbot.mouseClick(quick, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: not start.isEnabled())
    assert "has no weights to start from" in start.toolTip()
    choose(qtbot, page.page.findChild(NetworkChooser).box, "EfficientNet-Lite0")
    until(qtbot, start.isEnabled)
    until(
        qtbot, lambda: "keep their weights; random weights: classifier." in visible_texts(page.page)
    )
    click(qtbot, page.page, "Show the layers")
    assert "stem.conv" in table_text(page.page.findChild(NetworkChooser).findChild(TableView))


def table_text(table) -> str:
    model = table.model()
    return "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))


def test_a_design_of_the_project_can_be_trained(qtbot, page: MainWindow) -> None:
    from core.network.network import encode_network
    from core.network.templates import TEMPLATES

    folder = page.session.project.project.folder / "networks"
    folder.mkdir(exist_ok=True)
    (folder / "Größe.json").write_bytes(encode_network(TEMPLATES["lenet5"].build(2)))
    path = page.session.project.project.folder
    page.session.project.close()
    page.open_path(path)
    page.show_page("train")
    box = page.page.findChild(NetworkChooser).box
    until(qtbot, lambda: box.findData("networks/Größe.json") >= 0)
    assert box.itemText(box.findData("networks/Größe.json")) == "Größe"
    assert isinstance(box.model(), QStandardItemModel)


def test_curves_follow_the_theme(qtbot, page: MainWindow) -> None:
    give(page, epochs=3)
    click(qtbot, page.page, "Start training")
    until(qtbot, lambda: page.session.project.run)
    card = page.page.findChildren(CurveCard)[0]
    until(qtbot, lambda: card.findChild(CurvePlot) and "validation" in card.summary())
    plot = card.findChild(CurvePlot)
    axes = [item for item in plot.scene().items() if isinstance(item, AxisItem)]
    (axis,) = [item for item in axes if item.orientation == "left"]
    for choice in ("dark", "light"):
        page.session.appearance.choose(choice)
        assert axis.textPen().color().name() == colour("muted").name()
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert "epoch 3:" in plot.accessibleDescription()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert "epoch 2:" in plot.accessibleDescription()
    check_tab_key(qtbot, page)


def check_tab_key(qtbot, window: MainWindow) -> None:
    """Go down the page with the Tab key, which stops once at each choice: at what is chosen."""
    click(qtbot, window.page, "Layers")
    qtbot.mouseClick(button_containing(window, "Advanced settings"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: "How far the last layer's weights move" in visible_texts(window.page))
    recipes = window.page.findChildren(RecipeCard)
    next(card for card in recipes if card.isChecked()).setFocus()
    names: list[str] = []
    while (at := QApplication.focusWidget()) and window.page.isAncestorOf(at):
        names.append(at.accessibleName() or at.text())
        assert len(names) < 60, names
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    found = [name for name in names if name in TAB_ORDER]
    assert found == list(TAB_ORDER)
    assert "Status" not in names
    assert [card.accessibleName() in names for card in recipes] == [c.isChecked() for c in recipes]


def test_bad_input_gets_a_sentence_and_another_project_its_own_settings(
    qtbot, page: MainWindow, tmp_path: Path
) -> None:
    qtbot.mouseClick(button_containing(page, "Advanced settings"), Qt.MouseButton.LeftButton)

    def rate_fields() -> list[QLineEdit]:
        fields = page.page.findChildren(QLineEdit)
        return [f for f in fields if f.accessibleName() == "Learning rate" and f.isVisible()]

    def give_rate(written: str) -> str:
        until(qtbot, rate_fields)
        (field,) = rate_fields()
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, written)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        return field.text()

    assert give_rate("fast") == "0.002"
    sentence = "Learning rate cannot be “fast”: it is a number from 1e-07 to 1."
    until(qtbot, lambda: sentence in visible_texts(page))
    assert give_rate("0.03") == "0.03"
    assert page.session.workflow.choices.given() == {"learning_rate": 0.03}
    (epochs,) = [b for b in page.page.findChildren(QSpinBox) if b.accessibleName() == "Epochs"]
    epochs.selectAll()
    qtbot.keyClicks(epochs, "50000")
    assert epochs.text() == "50000"
    qtbot.keyClick(epochs, Qt.Key.Key_Return)
    assert epochs.text() == "40"
    until(qtbot, lambda: "Epochs cannot be 50000: it is from 1 to 10000." in visible_texts(page))
    other = make_images(tmp_path / "Other", {"circles": 12, "squares": 12})
    chosen = TrainingChoices(recipe="scratch", network="lenet5")
    keep_choices(project_for_images(other).folder, chosen)
    page.open_path(other)
    until(qtbot, lambda: page.session.workflow.choices == chosen)
    until(qtbot, lambda: page.session.project.report and not page.session.jobs.busy)
    page.show_page("train")
    until(qtbot, lambda: [field.text() for field in rate_fields()] == ["0.002"])
