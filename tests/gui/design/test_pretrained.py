"""A pretrained network is opened by the worker, with its weights, and can be stopped."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.design.canvas_area import CanvasArea
from gui.shell.job_bar import JobBar
from gui.shell.main_window import MainWindow
from tests.gui.conftest import click, until, visible_texts


def choose(qtbot, window: MainWindow, name: str):
    """Type a network's name into the cards' search."""
    window.show_page("design")
    gallery = window.page.welcome.gallery
    until(qtbot, lambda: gallery.model.rowCount() > 80)
    qtbot.keyClicks(gallery.field, name)
    return gallery


def test_weights_that_are_included_come_along(qtbot, window: MainWindow, weights) -> None:
    gallery = choose(qtbot, window, "EfficientNet-Lite0")
    assert "Open with weights" in visible_texts(gallery)
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    document = window.session.design.document
    until(qtbot, lambda: document.network.nodes)
    assert document.origin.weights.path.is_file()
    click(qtbot, window.page.workspace.findChild(CanvasArea), "Code")
    until(qtbot, lambda: "kept" in visible_texts(window.page.workspace.side))
    seen = visible_texts(window.page.workspace.side)
    kept, total = seen.split(" tensors")[0].rpartition("kept: ")[2].split(" of ")
    assert kept == total


def test_a_network_of_torchvision_is_opened_or_stopped(qtbot, window: MainWindow) -> None:
    gallery = choose(qtbot, window, "ShuffleNetV2 1.0")
    click(qtbot, gallery, "Open without weights")
    until(qtbot, lambda: "Open ShuffleNetV2 1.0" in visible_texts(window))
    click(qtbot, window.findChild(JobBar), "Stop")
    until(qtbot, lambda: not window.session.jobs.busy)
    document = window.session.design.document
    if not document.network.nodes:  # it was not quicker than the click
        assert "was stopped" in visible_texts(window)
        click(qtbot, gallery, "Open without weights")
    until(qtbot, lambda: document.analysis.parameters == 2_278_604)
    assert document.undo_stack.count() == 1
