"""The design becomes the network that Train trains, in the real worker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from msgspec.structs import replace
from PySide6.QtCore import Qt

from core.images.sample import write_digits
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.network.network import read_network
from core.network.templates import TEMPLATES
from core.project.designs import save_design, store_weights
from gui.shell.main_window import MainWindow
from gui.train.network_chooser import NetworkChooser
from tests.gui.conftest import click, until, visible_texts

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
KEPT = 9
"""Images of each digit: enough to train on, few enough to be quick."""


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """Write a few of the handwritten digits of the sample."""
    folder = tmp_path / "Handwritten digits"
    write_digits(folder, Reporter())
    for digit in folder.iterdir():
        for path in sorted(digit.iterdir())[KEPT:]:
            path.unlink()
    return folder


@pytest.fixture
def project(qtbot, window: MainWindow, digits: Path) -> MainWindow:
    """Open a window with the digits in it."""
    window.open_path(digits)
    until(qtbot, lambda: window.session.project.report and not window.session.jobs.busy)
    return window


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
    qtbot.mouseClick(project._top._train, LEFT)
    until(qtbot, lambda: type(project.page).__name__ == "TrainPage")
    chooser = project.page.findChild(NetworkChooser)
    until(qtbot, lambda: chooser.box.currentText() == "LeNet-5 (modern)")
    assert project.session.workflow.choices.recipe == "scratch"
    use_epochs(project, 3)
    until(qtbot, lambda: "layers with weights begin anew" in visible_texts(chooser))
    click(qtbot, project.page, "Start training")
    until(qtbot, lambda: project.session.jobs.trains)
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
