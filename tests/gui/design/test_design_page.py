"""The Design page: opening, saving, undoing and training a design, as a person does it."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from core.network.layout.opening_view import readable
from core.network.network import Network, read_network
from core.network.templates import TEMPLATES
from core.network.view.card_size import STUB
from core.project.autosave import autosaved_files, read_autosave
from core.project.designs import list_designs, save_design
from gui.design.canvas_area import CanvasArea
from gui.design.gallery.templates_dialog import TemplatesDialog
from gui.design.palette.palette_model import MIME
from gui.design.palette.palette_panel import PalettePanel
from gui.design.table.layer_table_view import LayerTableView
from gui.design.toolbar import Toolbar
from gui.shell.main_window import MainWindow
from gui.shell.top_bar import TopBar
from gui.widgets.arrangement.side_by_side import SideBySide
from tests.core.network.as_onnx import network_as_onnx
from tests.gui.conftest import button_called, click, until, visible_texts

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, window: MainWindow):
    """Show the Design page with its cards."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    start = next(
        made
        for made in window.findChildren(QPushButton)
        if made.accessibleName() == "Design a network: start"
    )
    qtbot.mouseClick(start, LEFT)
    until(qtbot, lambda: window.page.welcome.gallery.model.rowCount() > 80)
    return window.page


def document(window: MainWindow):
    return window.session.design.document


def on_top(window: MainWindow, name: str):
    """Return a button of the bar at the top; of Undo and Redo the step is part of the name."""
    buttons = window.findChild(TopBar).findChildren(QAbstractButton)
    return next(b for b in buttons if b.isVisible() and b.accessibleName().startswith(name))


def kept_unsaved() -> list[Network]:
    """Return the designs that are kept on the disk while they are not saved."""
    return [read_autosave(file).network for file in autosaved_files()]


def open_template(qtbot, window: MainWindow, name: str):
    """Open a template by typing its name and pressing Enter."""
    gallery = window.page.welcome.gallery
    gallery.field.clear()
    qtbot.keyClicks(gallery.field, name)
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    until(qtbot, lambda: document(window).network.nodes)
    return window.page.workspace


def drop(widget, data: QMimeData, place: QPoint) -> None:
    """Send the events that dragging something onto a widget and letting go sends."""
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, data, LEFT, NONE)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDragMoveEvent(place, copy, data, LEFT, NONE))
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, LEFT, NONE))


def test_the_welcome_has_a_card_for_every_network(page) -> None:
    seen = visible_texts(page)
    assert "Start with a network" in seen
    assert "Empty design" in seen


def test_a_typed_template_is_opened_as_one_step(qtbot, window: MainWindow, page) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    assert document(window).analysis.parameters == 61_706
    assert document(window).undo_stack.count() == 1
    assert workspace.canvas.isVisible()
    seen = visible_texts(window)
    assert "LeNet-5 (modern)" in seen
    assert "Edited" in seen
    assert workspace.canvas.picture.cards
    undo = on_top(window, "Undo")
    assert undo.toolTip().startswith("Undo Open LeNet-5 (modern)")
    qtbot.mouseClick(undo, LEFT)
    assert not document(window).network.nodes
    assert window.page.welcome.isVisible()
    assert not undo.isEnabled()
    qtbot.mouseClick(on_top(window, "Redo"), LEFT)
    assert document(window).analysis.parameters == 61_706


def test_an_empty_design_has_an_input_and_an_output(qtbot, window: MainWindow, page) -> None:
    click(qtbot, page, "Empty design")
    assert [node.name for node in document(window).network.nodes] == ["input", "output"]


def test_another_template_replaces_the_design_in_one_step(qtbot, window: MainWindow, page) -> None:
    open_template(qtbot, window, "LeNet-5 modern")
    click(qtbot, page, "Templates ▾")
    dialog = window.findChild(TemplatesDialog)
    until(qtbot, lambda: dialog.gallery.model.rowCount() > 80)
    qtbot.keyClicks(dialog.gallery.field, "ResNet-18")
    click(qtbot, dialog, "Open without weights")
    until(qtbot, lambda: document(window).analysis.parameters == 11_689_512)
    assert document(window).network.groups
    qtbot.keyClick(window.page.workspace.canvas, Qt.Key.Key_Z, CTRL)
    assert document(window).analysis.parameters == 61_706


def test_a_layer_is_dragged_from_the_palette_into_a_wire(qtbot, window: MainWindow, page) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    canvas, rows = workspace.canvas, workspace.palette_panel.list.rows
    until(qtbot, lambda: canvas.visible_area().contains(canvas.picture.bounds()))
    entry = next(
        rows.index(n) for n in range(rows.rowCount()) if rows.index(n).data() == "Batch norm"
    )
    data = rows.mimeData([entry])
    assert bytes(data.data(MIME)).decode() == "BatchNorm2d"
    wire = next(iter(canvas.picture.wires.values()))
    source, target = (canvas.picture.cards[key].rect.center() for key in wire.key[:2])
    drop(canvas.viewport(), data, canvas.mapFromScene((source + target) / 2))
    names = [node.name for node in document(window).network.nodes]
    assert "bn1" in names
    assert not document(window).analysis.problems


def test_a_click_on_the_palette_and_enter_add_behind_the_selection(
    qtbot, window: MainWindow, page
) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    network = document(window).network
    first = network.order[1]
    document(window).select([first.id])
    qtbot.keyClick(workspace.canvas, Qt.Key.Key_Slash)
    panel = workspace.palette_panel
    assert panel.field.hasFocus()
    qtbot.keyClicks(panel.field, "relu")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    changed = document(window).network
    (added,) = document(window).selection
    assert [edge.source for edge in changed.incoming[added]] == [first.id]
    assert document(window).undo_stack.undoText() == "Add ReLU"


def test_enter_in_the_empty_search_of_the_palette_adds_nothing(
    qtbot, window: MainWindow, page
) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    before = document(window).network
    field = workspace.palette_panel.field
    qtbot.keyClick(workspace.canvas, Qt.Key.Key_Slash)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert document(window).network is before
    for _ in range(4):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert document(window).undo_stack.undoText() == "Add Conv 2D"
    shown = [card.rect for card in workspace.canvas.picture.cards.values()]
    assert not any(one.intersects(other) for one, other in combinations(shown, 2))


def test_the_search_at_the_cursor_inserts_after_the_selection(
    qtbot, window: MainWindow, page
) -> None:
    workspace = open_template(qtbot, window, "ResNet-152")
    group = [n.id for n in document(window).network.nodes if n.name.startswith("layer2.")]
    document(window).select(group)
    qtbot.keyClick(workspace.canvas, Qt.Key.Key_A, SHIFT)
    popup = workspace.popup
    assert popup.isVisible()
    assert "Enter inserts after layer2" in visible_texts(popup)
    qtbot.keyClicks(popup.field, "pool")
    rows = popup.list.rows
    assert rows.index(0).data() == "Max pool"
    assert rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Max pool, → 512 × 14 × 14"
    qtbot.keyClick(popup.field, Qt.Key.Key_Down)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    (added,) = document(window).selection
    node = document(window).network.by_id[added]
    assert type(node.layer).__name__ == "AvgPool2d"
    assert "." not in node.name
    assert document(window).analysis.results[added].output == (512, 14, 14)


def test_what_does_not_work_here_comes_last_in_the_search(qtbot, window: MainWindow, page) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    flat = next(n for n in document(window).network.nodes if type(n.layer).__name__ == "Flatten")
    document(window).select([flat.id])
    qtbot.keyClick(workspace.canvas, Qt.Key.Key_A, SHIFT)
    popup = workspace.popup
    qtbot.keyClicks(popup.field, "conv")
    from gui.design.palette.palette_model import ROW

    rows = [popup.list.rows.index(n).data(ROW) for n in range(popup.list.rows.rowCount())]
    assert all(row.dimmed for row in rows if row.entry.section == "convolution")
    assert [row.dimmed for row in rows] == sorted(row.dimmed for row in rows)
    qtbot.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_dropped_design_is_opened(qtbot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "Mein Entwurf ü.json"
    save_design(path, TEMPLATES["zfnet"].build(1000))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop(window, data, QPoint(300, 300))
    until(qtbot, lambda: document(window).network.nodes)
    assert type(window.page).__name__ == "DesignPage"
    seen = visible_texts(window)
    assert "Mein Entwurf ü" in seen
    assert "Saved" in seen
    assert not document(window).modified


def test_a_dropped_onnx_file_is_opened_by_the_worker(
    qtbot, window: MainWindow, page, tmp_path: Path
) -> None:
    import numpy as np

    from core.network.analysis import analyse

    network = TEMPLATES["lenet5"].build(10)
    weights = {
        f"{result.node.name}.{tensor.name}": np.zeros(tensor.shape, np.float32)
        for result in analyse(network).own
        for tensor in result.tensors
    }
    (tmp_path / "net.onnx").write_bytes(network_as_onnx(network, weights))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "net.onnx"))])
    drop(window, data, QPoint(300, 300))
    assert "Open net.onnx" in visible_texts(window)
    until(qtbot, lambda: document(window).network.nodes)
    assert document(window).analysis.parameters == 61_706
    assert document(window).origin.weights.size == 61_706


def test_a_file_that_is_no_design_is_a_sentence(qtbot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"a": 1}')
    window.open_path(tmp_path / "other.json")
    until(qtbot, lambda: window.session.notices.current)
    assert "This is not a Layerloom design" in visible_texts(window)
    window.session.design.open_template("lenet5")
    until(qtbot, lambda: document(window).network.nodes)
    assert "not a Layerloom design" not in visible_texts(window)


def test_a_tall_design_dropped_first_thing_opens_readable(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "tall.json"
    save_design(path, readable(TEMPLATES["googlenet"].build(1000)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop(window, data, QPoint(300, 300))
    until(qtbot, lambda: document(window).network.nodes and window.page.first_control())
    canvas = window.page.workspace.canvas
    until(qtbot, lambda: round(canvas.percent) == 85)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.percent < 55


def test_a_file_of_another_kind_dropped_on_a_design_leaves_it_there(
    qtbot, window: MainWindow, page, tmp_path: Path
) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    (tmp_path / "weights.pth").write_bytes(b"weights")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "weights.pth"))])
    drop(window, data, QPoint(300, 300))
    told = "“weights.pth” is neither a design (.json) nor an ONNX file (.onnx)."
    assert told in visible_texts(window)
    assert workspace.isVisible()


def test_times_of_a_design_with_a_problem_are_not_measured_and_it_is_said_why(
    qtbot, window: MainWindow, page
) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    network = document(window).network
    first = next(node for node in network.nodes if type(node.layer).__name__ == "Conv2d")
    document(window).change(network.with_setting(first.id, "kernel_size", (99, 99)), "Edit")
    menu = button_called(workspace.findChild(CanvasArea).findChild(Toolbar), "Colour").menu()
    next(a for a in menu.actions() if a.text() == "Measured time").trigger()
    assert "Times are measured once the problems are fixed: " in visible_texts(window)


def test_a_design_is_saved_where_the_user_says(
    qtbot, window: MainWindow, page, tmp_path: Path, monkeypatch
) -> None:
    open_template(qtbot, window, "LeNet-5 modern")
    chosen = tmp_path / "mein netz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: not document(window).modified)
    assert read_network(tmp_path / "mein netz.json") == document(window).network
    assert "Saved" in visible_texts(window.findChild(TopBar))
    document(window).undo_stack.undo()
    assert document(window).modified
    document(window).undo_stack.redo()
    assert not document(window).modified


def test_undoing_and_redoing_leave_a_saved_design_in_its_file(
    qtbot, window: MainWindow, page, tmp_path: Path, monkeypatch
) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    chosen = tmp_path / "mein netz.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: not document(window).modified)
    qtbot.keyClick(workspace.canvas, Qt.Key.Key_Z, CTRL)
    assert not document(window).network.nodes
    qtbot.mouseClick(on_top(window, "Redo"), LEFT)
    seen = visible_texts(window.findChild(TopBar))
    assert "mein netz" in seen
    assert "Saved" in seen
    assert document(window).origin.path == chosen


def test_what_another_window_saved_is_not_replaced_unasked(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "netz.json"
    save_design(path, TEMPLATES["lenet5"].build(10))
    window.session.design.open_file(path)
    until(qtbot, lambda: document(window).network.nodes)
    window.show_page("design")
    own = document(window).network
    document(window).change(own.with_setting("c1", "out_channels", 8), "Edit")
    other = save_design(path, TEMPLATES["zfnet"].build(10)).network
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: "Replace" in visible_texts(window))
    assert "“netz.json” was changed by another window or program" in visible_texts(window)
    assert read_network(path) == other
    assert document(window).modified
    click(qtbot, window, "Replace")
    until(qtbot, lambda: not document(window).modified)
    assert read_network(path) == document(window).network
    assert "Replace" not in visible_texts(window)
    document(window).change(own, "Edit")
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)  # what was saved here is known
    until(qtbot, lambda: not document(window).modified)


def test_a_name_typed_without_its_suffix_replaces_no_file_unasked(
    qtbot, window: MainWindow, page, tmp_path: Path
) -> None:
    open_template(qtbot, window, "LeNet-5 modern")
    there = tmp_path / "netz v1.5.json"
    there.write_text("somebody's")
    asked = []

    def answer() -> None:
        """Type the name without its suffix; where one is asked whether to replace, say no."""
        box, dialog = window.findChild(QMessageBox), window.findChild(QFileDialog)
        if box is not None and box.isVisible():
            asked.append(box.text())
            qtbot.mouseClick(box.button(QMessageBox.StandardButton.No), LEFT)
            QTimer.singleShot(0, dialog.reject)
            return
        QTimer.singleShot(50, answer)
        if dialog is not None and dialog.isVisible() and not asked:
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            if field.text() != there.name:
                field.setText(str(tmp_path / "netz v1.5"))
            qtbot.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(50, answer)
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    assert "netz v1.5.json already exists" in asked[0]
    assert there.read_text() == "somebody's"


def test_in_a_project_it_is_saved_by_its_name(qtbot, opened: MainWindow) -> None:
    project = opened.session.project.project.folder
    opened.show_page("design")
    opened.session.design.open_template("lenet5")
    until(qtbot, lambda: document(opened).network.nodes)
    qtbot.keyClick(opened, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: not document(opened).modified)
    assert [name for name, _ in list_designs(project)] == ["LeNet-5 (modern)"]
    opened.session.design.open_template("lenet5")
    until(qtbot, lambda: document(opened).origin.path is None)
    qtbot.keyClick(opened, Qt.Key.Key_S, CTRL)
    until(qtbot, lambda: not document(opened).modified)
    assert len(list_designs(project)) == 2


def test_train_this_design_chooses_it_on_train(qtbot, opened: MainWindow) -> None:
    project = opened.session.project.project.folder
    opened.show_page("design")
    opened.session.design.open_template("lenet5")
    until(qtbot, lambda: document(opened).network.nodes)
    train = on_top(opened, "Train")
    assert train.isEnabled(), train.toolTip()
    qtbot.mouseClick(train, LEFT)
    until(qtbot, lambda: type(opened.page).__name__ == "TrainPage")
    choices = opened.session.workflow.choices
    assert choices.network == "networks/LeNet-5 (modern).json"
    assert choices.recipe == "scratch"
    assert not opened.session.workflow.why_not_start()
    chosen = project / choices.network
    saved = chosen.read_bytes()
    first = next(n for n in document(opened).network.nodes if type(n.layer).__name__ == "Conv2d")
    document(opened).change(
        document(opened).network.with_setting(first.id, "out_channels", 7), "Edit"
    )
    until(qtbot, lambda: kept_unsaved() == [document(opened).network])
    assert chosen.read_bytes() == saved  # only saving changes what a job has been given


def test_a_design_with_a_problem_cannot_be_trained(qtbot, opened: MainWindow) -> None:
    opened.show_page("design")
    opened.session.design.open_template("lenet5")
    until(qtbot, lambda: document(opened).network.nodes)
    network = document(opened).network
    last = network.incoming["output"][0].source
    edges = tuple(edge for edge in network.edges if edge.target != last)
    import msgspec

    document(opened).change(msgspec.structs.replace(network, edges=edges), "Break it")
    assert not on_top(opened, "Train").isEnabled()
    assert on_top(opened, "Train").toolTip().startswith("Fix the design first")


def test_the_panels_keep_their_widths(qtbot, window: MainWindow, page, home: Path) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    handle = workspace.findChild(SideBySide).handle(1)
    before = workspace.palette_panel.width()
    middle = handle.rect().center()
    qtbot.mousePress(handle, LEFT, pos=middle)
    qtbot.mouseMove(handle, middle - QPoint(30, 0))
    qtbot.mouseRelease(handle, LEFT, pos=middle - QPoint(30, 0))
    assert workspace.palette_panel.width() < before
    kept = home / "settings" / "settings.json"
    until(qtbot, lambda: kept.exists() and json.loads(kept.read_text())["design_sides"])


def test_the_toolbar_puts_what_has_no_room_into_a_menu(qtbot, window: MainWindow, page) -> None:
    workspace = open_template(qtbot, window, "LeNet-5 modern")
    window.resize(1024, 700)
    toolbar = workspace.findChild(CanvasArea).findChild(Toolbar)
    until(qtbot, button_called(toolbar, "More").isVisible)
    hidden = [
        made.text()
        for made in toolbar.findChildren(QPushButton)
        if made.isHidden() and made.text() != "⋯"
    ]
    assert hidden
    for made in toolbar.findChildren(QPushButton):
        if made.isVisible():
            assert made.width() >= made.sizeHint().width(), made.text()
    menu = button_called(toolbar, "More").menu()
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions()]
    assert set(hidden) == set(titles)


def test_the_key_list_has_the_canvas_keys(qtbot, window: MainWindow, page) -> None:
    from gui.shell.keys_dialog import KeysDialog

    open_template(qtbot, window, "LeNet-5 modern")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    until(qtbot, lambda: window.findChild(KeysDialog))
    seen = visible_texts(window.findChild(KeysDialog))
    assert "Search the palette" in seen
    assert "Bypass or stop bypassing" in seen
    assert "Frame the selection" in seen
    assert seen.count("Ctrl+Z") == 1


def test_a_card_tells_the_whole_error_and_dialogs_fit_into_the_window(
    qtbot, window: MainWindow, page
) -> None:
    open_template(qtbot, window, "LeNet-5 modern")
    window.resize(1024, 700)
    click(qtbot, page, "Templates ▾")
    dialog = window.findChild(TemplatesDialog)
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
    until(qtbot, lambda: dialog.gallery.model.rowCount() > 80)
    qtbot.keyClicks(dialog.gallery.field, "ZFNet")
    card = dialog.gallery.model.index(0)
    tip = card.data(Qt.ItemDataRole.ToolTipRole)
    assert "16.1 % with one" in tip
    assert "62.4" in tip
    assert "16.1 % with one" in card.data(Qt.ItemDataRole.AccessibleTextRole)
    dialog.reject()


def test_a_design_is_first_compared_with_another_one(qtbot, window: MainWindow, page) -> None:
    from gui.design.panels.compare_dialog import CompareDialog

    workspace = open_template(qtbot, window, "LeNet-5 modern")
    workspace.compare()
    dialog = window.findChild(CompareDialog)
    until(qtbot, dialog.table.rowCount)
    assert dialog.chooser.currentText() != "LeNet-5 (modern)"
    place = dialog.chooser.findText("LeNet-5 (modern)")
    dialog.chooser.setCurrentIndex(place)
    dialog.chooser.activated.emit(place)
    until(qtbot, lambda: "Both have the same layers" in visible_texts(dialog))
    dialog.accept()


def test_what_is_in_the_middle_stays_there_when_the_window_changes_its_width(
    qtbot, window: MainWindow, page
) -> None:
    canvas = open_template(qtbot, window, "ResNet-18").canvas
    until(qtbot, lambda: canvas.isVisible() and canvas.picture.cards)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    width = canvas.width()

    def off_middle() -> float:
        return abs(canvas.visible_area().center().x() - canvas.picture.bounds().center().x())

    assert off_middle() * canvas.zoom < 2
    for step in range(1, 12):
        window.resize(window.width() - step * 3, window.height())
    until(qtbot, lambda: canvas.width() < width - 100)
    assert off_middle() * canvas.zoom < 3


def test_the_field_of_the_find_bar_is_whole(qtbot, window: MainWindow, page) -> None:
    canvas = open_template(qtbot, window, "ResNet-18").canvas
    until(qtbot, canvas.isVisible)
    qtbot.keyClick(canvas, Qt.Key.Key_F, CTRL)
    bar = canvas.overlays.find_bar
    until(qtbot, lambda: bar.isVisible() and bar.field.height() >= bar.field.sizeHint().height())
    middle = bar.geometry().center().x()
    assert abs(middle - canvas.rect().center().x()) < 2


def test_sizes_have_room_in_the_table(qtbot, window: MainWindow, page) -> None:
    workspace = open_template(qtbot, window, "ResNet-50")
    click(qtbot, workspace, "Table")
    view = workspace.findChild(LayerTableView)
    until(qtbot, lambda: view.isVisible() and view.model().rowCount())
    shapes = {view.model().index(row, 2).data() for row in range(view.model().rowCount())}
    assert "64 × 112 × 112" in shapes
    assert view.sizeHintForColumn(2) <= view.columnWidth(2)


def test_the_palette_begins_with_the_image_and_its_field_is_as_wide_as_its_entries(
    qtbot, window: MainWindow, page
) -> None:
    workspace = open_template(qtbot, window, "ResNet-18")
    until(qtbot, workspace.isVisible)
    palette = workspace.findChild(PalettePanel)
    until(qtbot, lambda: palette.field.width() > 100)
    first = palette.list.rows.first_entry()
    assert first.data() == "Image input"
    entry = palette.list.visualRect(first)
    right = palette.list.viewport().mapTo(palette, entry.topRight()).x()
    assert palette.field.geometry().right() - right in range(-2, 10)


def test_an_entered_group_is_shown_below_the_names_that_lead_back(
    qtbot, window: MainWindow, page
) -> None:
    canvas = open_template(qtbot, window, "ResNet-152").canvas
    until(qtbot, canvas.isVisible)
    middle = canvas.mapFromScene(QPointF(*canvas.picture.cards["layer3."].middle))
    qtbot.mouseDClick(canvas.viewport(), LEFT, pos=middle)
    crumb = canvas.overlays.breadcrumb
    until(qtbot, lambda: crumb.isVisible() and canvas.picture.cards)
    top = canvas.mapFromScene(canvas.picture.bounds().topLeft()).y()
    assert top >= crumb.geometry().bottom()


def test_where_wires_of_a_wide_group_come_from_is_below_the_names_too(
    qtbot, window: MainWindow, page
) -> None:
    window.resize(1024, 700)
    canvas = open_template(qtbot, window, "GoogLeNet torchvision").canvas
    until(qtbot, canvas.isVisible)
    middle = canvas.mapFromScene(QPointF(*canvas.picture.cards["inception3a."].middle))
    qtbot.mouseDClick(canvas.viewport(), LEFT, pos=middle)
    crumb = canvas.overlays.breadcrumb
    until(qtbot, lambda: crumb.isVisible() and "inception3a." not in canvas.picture.cards)
    first = canvas.picture.cards["inception3a.branch1."]
    said = canvas.mapFromScene(QPointF(first.middle[0], first.top - STUB)).y()
    assert said > crumb.geometry().bottom()
    assert canvas.rect().contains(crumb.geometry())


def test_the_names_that_lead_back_are_whole_in_a_group_within_a_group(
    qtbot, window: MainWindow, page
) -> None:
    canvas = open_template(qtbot, window, "ResNet-152").canvas
    until(qtbot, canvas.isVisible)
    for key in ("layer3.", "layer3.0."):
        middle = canvas.mapFromScene(QPointF(*canvas.picture.cards[key].middle))
        qtbot.mouseDClick(canvas.viewport(), LEFT, pos=middle)
        until(qtbot, lambda key=key: key not in canvas.picture.cards)
    crumb = canvas.overlays.breadcrumb
    until(qtbot, lambda: visible_texts(crumb))
    parts = [part for part in crumb.findChildren(QWidget) if part.isVisible()]
    assert [part.text() for part in parts] == ["ResNet-152", "›", "layer3", "›", "0"]
    assert all(crumb.rect().contains(part.geometry()) for part in parts)
    window.resize(1024, 700)
    qtbot.keyClick(canvas, Qt.Key.Key_F, CTRL)
    bar = canvas.overlays.find_bar
    until(qtbot, bar.isVisible)
    assert not bar.geometry().intersects(crumb.geometry())
    assert canvas.rect().contains(bar.geometry())
    click(qtbot, crumb, "layer3")
    assert document(window).inside == "layer3"
