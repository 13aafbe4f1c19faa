"""The design becomes the network that Train trains, in the real worker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from msgspec.structs import replace
from PySide6.QtCore import Qt

from core.network.analysis import analyse
from core.network.templates import TEMPLATES
from core.project.designs import save_design, store_weights
from gui.shell.main_window import MainWindow
from gui.shell.top_bar import TopBar
from gui.train.choosing.network_chooser import NetworkChooser
from tests.gui.conftest import button_called, click, make_images, until, visible_texts

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Make ten classes: enough to tell them apart from a design's, few enough to be quick."""
    return make_images(tmp_path / "Ten kinds", {f"kind {number}": 9 for number in range(10)})


@pytest.fixture
def project(opened: MainWindow) -> MainWindow:
    """Open a window with the images in it."""
    return opened


def document(window: MainWindow):
    return window.session.design.document


def open_lenet(qtbot, window: MainWindow) -> None:
    """Open LeNet-5 (modern) by typing its name."""
    window.show_page("design")
    gallery = window.page.welcome.gallery
    until(qtbot, lambda: gallery.model.rowCount() > 80)
    qtbot.keyClicks(gallery.field, "LeNet-5 modern")
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    until(qtbot, lambda: document(window).network.nodes)


def change_first_convolution(window: MainWindow, filters: int) -> None:
    network = document(window).network
    first = next(n for n in network.nodes if type(n.layer).__name__ == "Conv2d")
    document(window).change(network.with_setting(first.id, "out_channels", filters), "Edit")


def use_epochs(window: MainWindow, epochs: int) -> None:
    workflow = window.session.workflow
    workflow.choose(workflow.choices.with_option("epochs", epochs))


def test_a_design_is_trained_as_it_was_at_the_start(qtbot, project: MainWindow) -> None:
    open_lenet(qtbot, project)
    change_first_convolution(project, 5)
    at_start = document(project).network
    qtbot.mouseClick(button_called(project.findChild(TopBar), "Train"), LEFT)
    until(qtbot, lambda: type(project.page).__name__ == "TrainPage")
    until(qtbot, lambda: project.page.findChild(NetworkChooser))
    chooser = project.page.findChild(NetworkChooser)
    until(qtbot, lambda: chooser.box.currentText() == "LeNet-5 (modern)")
    assert project.session.workflow.choices.recipe == "scratch"
    use_epochs(project, 3)
    until(qtbot, lambda: "layers with weights start from random weights" in visible_texts(chooser))
    click(qtbot, project.page, "Start training")
    until(qtbot, lambda: project.session.workflow.trains)
    project.show_page("design")
    change_first_convolution(project, 8)
    qtbot.keyClick(project, Qt.Key.Key_S, CONTROL)
    until(qtbot, lambda: not document(project).modified)
    until(qtbot, lambda: project.session.project.run)
    assert not project.session.jobs.busy
    run = project.session.project.run
    layers = {node.name: node.layer for node in run.network()[0].nodes}
    for node in at_start.nodes:
        if type(node.layer).__name__ == "Conv2d":
            assert layers[node.name] == node.layer


def test_a_design_saved_later_is_on_the_list_at_once(qtbot, project: MainWindow) -> None:
    project.show_page("train")
    until(qtbot, lambda: project.page.findChild(NetworkChooser))
    chooser = project.page.findChild(NetworkChooser)
    until(qtbot, lambda: chooser.box.count() > 80)
    assert chooser.box.findData("networks/LeNet-5 (modern).json") < 0
    open_lenet(qtbot, project)
    qtbot.keyClick(project, Qt.Key.Key_S, CONTROL)
    until(qtbot, lambda: not document(project).modified)
    project.show_page("train")
    name = "networks/LeNet-5 (modern).json"
    until(qtbot, lambda: chooser.box.findData(name) >= 0)
    chooser.box.setFocus()
    chooser.box.setCurrentIndex(chooser.box.findData(name))
    chooser.box.activated.emit(chooser.box.currentIndex())
    until(qtbot, lambda: "no weights to start from" in visible_texts(chooser))
    assert project.session.workflow.choices.network == name


def test_a_design_that_lies_elsewhere_is_trained_by_its_path(
    qtbot, project: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "anderswo ü" / "Mein Netz.json"
    save_design(path, TEMPLATES["lenet5"].build(10))
    project.show_page("train")
    project.show_page("design")
    project.open_path(path)
    until(qtbot, lambda: document(project).network.nodes)
    qtbot.mouseClick(button_called(project.findChild(TopBar), "Train"), LEFT)
    until(qtbot, lambda: project.page.findChild(NetworkChooser))
    chooser = project.page.findChild(NetworkChooser)
    until(qtbot, lambda: chooser.box.currentText().startswith("Mein Netz"))
    until(qtbot, lambda: "layers with weights start from random weights" in visible_texts(chooser))
    use_epochs(project, 1)
    click(qtbot, project.page, "Start training")
    until(qtbot, lambda: project.session.project.run)
    assert project.session.project.run.settings.network_title == "Mein Netz"


def test_a_design_with_weights_keeps_them_in_the_balanced_recipe(
    qtbot, project: MainWindow
) -> None:
    folder = project.session.project.project.folder / "networks"
    network = TEMPLATES["lenet5"].build(1000)
    random = np.random.default_rng(1)
    weights = {
        f"{result.node.name}.{tensor.name}": np.asarray(
            np.abs(random.normal(0.02, 0.01, tensor.shape)), np.float32
        )
        for result in analyse(network).own
        for tensor in result.tensors
    }
    folder.mkdir(exist_ok=True)
    stored = store_weights(folder / "LeNet, mine.safetensors", weights)
    save_design(folder / "LeNet, mine.json", network, stored)
    workflow = project.session.workflow
    workflow.choose(replace(workflow.choices, recipe="scratch"))
    project.show_page("design")
    project.open_path(folder / "LeNet, mine.json")
    until(qtbot, lambda: document(project).network.nodes)
    qtbot.mouseClick(button_called(project.findChild(TopBar), "Train"), LEFT)
    until(qtbot, lambda: project.page.findChild(NetworkChooser))
    chooser = project.page.findChild(NetworkChooser)
    until(qtbot, lambda: "4 of 5 layers keep their weights" in visible_texts(chooser))
    assert workflow.choices.recipe == "balanced"
    assert not workflow.why_not_start()
    use_epochs(project, 1)
    click(qtbot, project.page, "Start training")
    until(qtbot, lambda: project.session.project.run)
    run, trained = project.session.project.run, safetensors.numpy.load_file
    assert run.settings.recipe == "balanced"
    kept = trained(run.folder / "weights.safetensors")
    assert np.array_equal(kept["c1.weight"], weights["c1.weight"])
    assert kept["classifier.weight"].shape == (10, 84)
