"""Source, pictures, weights and comparison of a design, as they are seen and saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QLabel

from core.network.analysis import analyse
from core.network.drawing.block_picture import block_picture
from core.network.drawing.card_picture import card_picture
from core.network.editing.grouping import unfold_all
from core.network.layout.arrange import arranged
from core.network.layout.opening_view import readable
from core.network.source.source import source_text
from core.network.templates import TEMPLATES
from core.project.designs import store_weights
from gui.design.canvas_area import CanvasArea
from gui.design.inspector.fields.number_field import NumberField
from gui.design.panels.code_panel import CodePanel
from gui.design.panels.compare_dialog import CompareDialog
from gui.design.panels.picture_files import picture_size
from gui.design.panels.picture_panel import PicturePanel
from gui.design.panels.picture_view import AT_ONCE, PictureView
from gui.design.panels.weights_dialog import WeightsDialog
from gui.design.panels.weights_summary import WeightsSummary
from gui.look.appearance import colour
from gui.owners.designs.document import Origin
from gui.shell.main_window import MainWindow
from tests.gui.conftest import button_called, click, until, visible_texts

KEEP_RATIO = Qt.AspectRatioMode.KeepAspectRatio


@pytest.fixture
def shown(qtbot, window: MainWindow):
    """Show a design's page, and return what opens a template there."""

    def show(name: str):
        window.show_page("design")
        window.session.design.open_template(name)
        title = TEMPLATES[name].title
        until(qtbot, lambda: window.session.design.document.origin.title == title)
        return window.page.workspace

    return show


def highlighted(panel: CodePanel) -> list[str]:
    return [mark.cursor.block().text().strip() for mark in panel.editor.extraSelections()]


def test_the_source_follows_the_design_and_the_selection(qtbot, window: MainWindow, shown) -> None:
    workspace = shown("resnet50")
    click(qtbot, workspace.findChild(CanvasArea), "Code")
    document, panel = window.session.design.document, workspace.side.page("code")
    until(qtbot, panel.editor.toPlainText)
    assert panel.editor.toPlainText() == source_text(document.network, "ResNet-50")
    document.select([n.id for n in document.network.nodes if n.name.startswith("layer2.")])
    assert highlighted(panel)[0].startswith("self.layer2 = nn.Sequential(")
    document.select([n.id for n in document.network.nodes if n.name == "fc"])
    assert highlighted(panel) == ["self.fc = nn.Linear(2048, 1000)"]
    fc = next(n.id for n in document.network.nodes if n.name == "fc")
    document.change(document.network.with_setting(fc, "out_features", 3), "Edit")
    until(qtbot, lambda: "self.fc = nn.Linear(2048, 3)" in panel.editor.toPlainText())
    click(qtbot, panel, "Copy")
    assert "nn.Linear(2048, 3)" in QGuiApplication.clipboard().text()


def test_a_design_with_a_problem_has_no_source(qtbot, window: MainWindow, shown) -> None:
    workspace = shown("lenet5")
    click(qtbot, workspace.findChild(CanvasArea), "Code")
    document, panel = window.session.design.document, workspace.side.page("code")
    until(qtbot, panel.editor.toPlainText)
    first = next(n.id for n in document.network.nodes if type(n.layer).__name__ == "Conv2d")
    document.change(document.network.with_setting(first, "kernel_size", (99, 99)), "Edit")
    until(qtbot, lambda: not panel.editor.toPlainText())
    assert "once the problems are fixed" in visible_texts(panel)
    assert not button_called(panel, "Copy").isEnabled()


def test_the_source_is_saved(qtbot, window: MainWindow, shown, tmp_path: Path, monkeypatch) -> None:
    workspace = shown("lenet5")
    click(qtbot, workspace.findChild(CanvasArea), "Code")
    panel = workspace.side.page("code")
    until(qtbot, panel.editor.toPlainText)
    chosen = tmp_path / "netz ü"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    click(qtbot, panel, "Save…")
    assert (tmp_path / "netz ü.py").read_text("utf-8") == panel.editor.toPlainText()


DRAWN_BY = {"Whole network": card_picture, "Feature maps": block_picture}


def give_size(qtbot, panel: PicturePanel, size: str) -> None:
    """Type how many times as large the saved picture is."""
    field = panel.findChild(NumberField)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, size)


@pytest.mark.parametrize("kind", list(DRAWN_BY))
def test_pictures_are_whole_in_every_format(
    qtbot, window: MainWindow, shown, tmp_path: Path, monkeypatch, kind: str
) -> None:
    workspace = shown("alexnet")
    click(qtbot, workspace.findChild(CanvasArea), "Picture")
    panel: PicturePanel = workspace.side.page("picture")
    click(qtbot, panel, kind)
    click(qtbot, panel, "Light")
    document, draw = window.session.design.document, DRAWN_BY[kind]
    whole = draw(document.network, document.analysis, dark=False, title=document.origin.title)
    until(qtbot, lambda: panel.svg == whole)
    give_size(qtbot, panel, "3")
    for suffix in ("SVG", "PDF", "PNG"):
        chosen = tmp_path / f"bild.{suffix.lower()}"
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: (str(chosen), "")
        )
        click(qtbot, panel, suffix)
        until(qtbot, chosen.exists)
    assert (tmp_path / "bild.svg").read_text("utf-8") == panel.svg
    image = QImage(str(tmp_path / "bild.png"))
    pdf = QPdfDocument()
    pdf.load(str(tmp_path / "bild.pdf"))
    assert pdf.pageCount() == 1
    page = pdf.pagePointSize(0)
    assert page.width() / page.height() == pytest.approx(image.width() / image.height(), rel=0.01)
    corner = image.pixelColor(1, 1).name()
    edge = {image.pixelColor(x, image.height() - 2).name() for x in range(0, image.width(), 7)}
    assert edge == {corner}  # nothing reaches over the edge


def test_a_saved_picture_has_the_frame_of_a_group_that_was_unfolded(
    qtbot, window: MainWindow, shown, tmp_path: Path, monkeypatch
) -> None:
    workspace = shown("resnet18")
    canvas = workspace.canvas
    middle = canvas.mapFromScene(QPointF(*canvas.picture.cards["layer1."].middle))
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    click(qtbot, workspace.findChild(CanvasArea), "Picture")
    panel: PicturePanel = workspace.side.page("picture")
    chosen = tmp_path / "framed.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    until(qtbot, lambda: "rotate(-90)" in panel.svg)
    click(qtbot, panel, "SVG")
    until(qtbot, chosen.exists)
    written = chosen.read_text("utf-8")
    assert written.count("rotate(-90)") == written.count(">layer1</text>") == 1
    assert ">layer1.0 <" in written


def test_a_picture_drawn_piece_by_piece_is_the_whole_picture(qtbot, qapp) -> None:
    network = arranged(unfold_all(readable(TEMPLATES["resnet50"].build(10))))
    svg = card_picture(network, analyse(network), dark=False, title="ResNet <50>")
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 4000)
    view.show()
    empty = view.grab()
    view.show_svg(svg)
    assert svg.count("\n<") > 2 * AT_ONCE
    whole = drawn_at_once(svg, empty).toImage()
    until(qtbot, lambda: view.grab().toImage() == whole)


def drawn_at_once(svg: str, empty: QPixmap) -> QPixmap:
    """Return what a view shows of a picture that is drawn in one go, with its border."""
    room = QSizeF(empty.size())
    place = QRectF(QPointF(), QSizeF(*picture_size(svg)).scaled(room, KEEP_RATIO))
    place.moveCenter(QRectF(QPointF(), room).center())
    picture = QPixmap(empty.size())
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, place)
    painter.end()
    painter = QPainter(empty)
    painter.drawPixmap(0, 0, picture)
    painter.setPen(colour("border"))
    painter.drawRect(place.adjusted(0, 0, -1, -1))
    painter.end()
    return empty


def test_a_picture_too_large_to_draw_is_refused_in_a_sentence(
    qtbot, window: MainWindow, shown, tmp_path: Path, monkeypatch
) -> None:
    workspace = shown("resnet152")
    document = window.session.design.document
    document.change(arranged(unfold_all(document.network)), "Unfold")
    click(qtbot, workspace.findChild(CanvasArea), "Picture")
    panel: PicturePanel = workspace.side.page("picture")
    until(qtbot, lambda: panel.svg)
    give_size(qtbot, panel, "16")
    chosen = tmp_path / "large.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    click(qtbot, panel, "PNG")
    until(qtbot, lambda: "more than can be drawn" in visible_texts(window))
    assert not list(tmp_path.glob("*.png*"))


def test_which_weights_still_fit(qtbot, window: MainWindow, shown, tmp_path: Path) -> None:
    workspace = shown("resnet18")
    document = window.session.design.document
    tensors = {
        f"{result.node.name}.{tensor.name}": np.zeros(tensor.shape, np.float32)
        for result in analyse(document.network).own
        for tensor in result.tensors
        if tensor.name != "num_batches_tracked"
    }
    weights = store_weights(tmp_path / "w.safetensors", tensors)
    fc = next(n.id for n in document.network.nodes if n.name == "fc")
    network = document.network.with_setting(fc, "out_features", 3)
    document.replace(network, Origin("ResNet-18", None, weights), "Open")
    click(qtbot, workspace.findChild(CanvasArea), "Code")
    panel = workspace.side.page("code")
    until(qtbot, lambda: "100 of 102 tensors" in visible_texts(panel))
    seen = visible_texts(panel).replace("\u00a0", " ")
    assert "new: fc" in seen
    assert "“weight” is 1000 × 512 in the weights and 3 × 512 in the network." in seen
    summary = panel.findChild(WeightsSummary)
    lines = [label for label in summary.findChildren(QLabel) if label.isVisible()]
    until(qtbot, lambda: all(line.height() >= line.heightForWidth(line.width()) for line in lines))
    click(qtbot, panel, "Layer by layer…")
    dialog = window.findChild(WeightsDialog)
    model = dialog.view.model()
    assert model.index(0, 1).data() == "fc"
    assert {model.index(n, 2).data() for n in range(1, model.rowCount())} == {"kept"}
    dialog.close()
    first = next(n.id for n in network.nodes if n.name == "conv1")
    document.change(network.with_setting(first, "kernel_size", (999, 999)), "Edit")
    until(qtbot, lambda: "Shown once the problems are fixed." in visible_texts(panel))
    assert "tensors" not in visible_texts(panel)


def test_both_googlenets_are_compared(qtbot, window: MainWindow, shown) -> None:
    workspace = shown("googlenet")
    click(qtbot, workspace.findChild(CanvasArea), "Compare…")
    dialog = window.findChild(CompareDialog)
    assert dialog.chooser.currentText() == "GoogLeNet (paper)"
    until(qtbot, dialog.table.rowCount)
    rows = [
        tuple(dialog.table.index(row, place).data() for place in range(5))
        for row in range(dialog.table.rowCount())
    ]
    five = next(row for row in rows if row[1].startswith("inception3a.five.conv"))
    assert five[0] == "≠"
    assert "Kernel size: 5 × 5 → 3 × 3; Padding: 2 → 1" in five[3]
    difference = sum(
        int(row[4].replace("−", "-").replace("+", "").replace(",", ""))
        for row in rows
        if row[4] != "–"
    )
    assert difference == 6_624_904 - 6_998_552
    differences = dialog.table.rowCount()
    click(qtbot, dialog, "Only differences")
    assert dialog.table.rowCount() > differences
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
