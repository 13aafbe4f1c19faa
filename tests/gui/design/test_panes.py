"""A network is built by keyboard alone: from part to part of the page and through the popup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from gui.design.problems.fix_button import FixButton
from gui.shell.main_window import MainWindow
from tests.gui.conftest import until

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def begun(qtbot, window: MainWindow):
    """Open an empty design and return its views."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("design")
    window.session.design.open_empty()
    until(qtbot, lambda: window.page.workspace and window.page.workspace.canvas.isVisible())
    workspace = window.page.workspace
    workspace.canvas.setFocus()
    return workspace


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def add(qtbot, workspace, wanted: str) -> None:
    """Add a layer through the popup, by its name."""
    press(qtbot, Key.Key_A, SHIFT)
    qtbot.waitUntil(workspace.popup.isVisible)
    qtbot.keyClicks(workspace.popup.field, wanted)
    qtbot.keyClick(workspace.popup.field, Key.Key_Return)
    qtbot.waitUntil(lambda: not workspace.popup.isVisible())


def test_layers_are_added_one_behind_the_other_and_set_by_keys(qtbot, window: MainWindow) -> None:
    workspace = begun(qtbot, window)
    document = window.session.design.document
    workspace.canvas.keyboard.walk(1)
    assert workspace.canvas.focus.key == "input"
    for wanted in ("conv 2d", "relu", "max pool", "flatten", "linear"):
        add(qtbot, workspace, wanted)
    names = [result.node.name for result in document.analysis.results.values()]
    assert names == ["input", "conv1", "relu1", "pool1", "flatten1", "fc1", "output"]
    assert not [p for p in document.analysis.problems if not p.advice]
    press(qtbot, Key.Key_F4)
    field = QApplication.focusWidget()
    assert workspace.side.isAncestorOf(field)
    qtbot.keyClicks(field, "10")
    assert document.analysis.results["output"].output == (10,)


def test_a_wire_walked_to_takes_the_layer(qtbot, window: MainWindow) -> None:
    workspace = begun(qtbot, window)
    canvas = workspace.canvas
    while canvas.focus.stop != ("input", "output"):
        assert canvas.keyboard.walk(1)
    add(qtbot, workspace, "relu")
    network = window.session.design.document.network
    assert {(e.source, e.target) for e in network.edges} == {
        ("input", "relu1"),
        ("relu1", "output"),
    }


def test_f6_leads_from_part_to_part_and_back(qtbot, window: MainWindow) -> None:
    workspace = begun(qtbot, window)
    next(b for b in workspace.findChildren(QPushButton) if b.text() == "Table").click()
    workspace.canvas.setFocus()
    parts = (workspace.table, workspace.side, workspace.palette_panel)
    for part in parts:
        press(qtbot, Key.Key_F6)
        assert part.isAncestorOf(QApplication.focusWidget()), part
    press(qtbot, Key.Key_F6)
    assert QApplication.focusWidget() is workspace.canvas
    for part in reversed(parts):
        press(qtbot, Key.Key_F6, SHIFT)
        assert part.isAncestorOf(QApplication.focusWidget()), part


def test_after_a_fix_the_keyboard_is_on_the_canvas(qtbot, window: MainWindow) -> None:
    workspace = begun(qtbot, window)
    document = window.session.design.document
    workspace.canvas.keyboard.walk(1)
    for wanted in ("flatten", "linear"):
        add(qtbot, workspace, wanted)
    document.change(document.network.with_setting("fc1", "in_features", 7), "Break it")
    until(qtbot, lambda: [b for b in workspace.problems.findChildren(FixButton) if b.isVisible()])
    button = next(b for b in workspace.problems.findChildren(FixButton) if b.isVisible())
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Key.Key_Space)
    assert not document.analysis.problems
    assert window.focusWidget() is workspace.canvas
    document.undo_stack.undo()
    assert document.analysis.problems
