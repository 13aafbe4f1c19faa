"""What core's registries say is listed for translators, and its translation reaches the screen."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from core.network.templates import TEMPLATES
from gui.design.canvas.painting.faces import Face
from gui.design.gallery.gallery_panel import GalleryPanel
from gui.design.inspector.inspector import Inspector
from gui.design.palette.palette_panel import PalettePanel
from gui.design.problems.fix_finder import FixFinder
from gui.look.appearance import Appearance
from gui.look.core_texts import CONTEXT
from gui.owners.background import Background
from gui.owners.designs.document import Document, Origin
from gui.shell.main_window import MainWindow
from gui.train.choosing.options_panel import OptionsPanel
from tests.gui.conftest import until, visible_texts
from tests.gui.registry_texts import registry_texts
from tests.gui.update_english import CORE, core_file


def test_every_text_of_the_registries_is_listed_for_translators() -> None:
    """If this fails, run `python tests/gui/update_english.py`."""
    listed = [m.findtext("source") for m in ElementTree.parse(CORE).iter("message")]
    assert listed == registry_texts()
    assert CORE.read_bytes() == core_file()


class Trial(QTranslator):
    """Puts each of core's texts into angle brackets."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context, source, disambiguation=None, n=-1) -> str | None:
        return f"‹{source}›" if context == CONTEXT else None


@pytest.fixture
def trial(qapp: QApplication) -> Iterator[Trial]:
    translator = Trial(qapp)
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


@pytest.fixture
def inspector(trial: Trial, qtbot, qapp: QApplication) -> Iterator[Inspector]:
    document = Document()
    document.open(TEMPLATES["resnet18"].build(1000), Origin("ResNet-18"))
    Appearance(qapp, "dark")
    background = Background()
    made = Inspector(document, FixFinder(document, background))
    qtbot.addWidget(made)
    made.resize(316, 1400)
    made.show()
    qtbot.waitExposed(made)
    document.select(["conv1"])
    yield made
    background.close()


def test_of_a_layer_and_its_settings_and_formulas(inspector: Inspector) -> None:
    shown = visible_texts(inspector)
    for said in ("‹Conv 2D›", "‹Filters›", "‹Stride›", "‹FLOPs›", "‹Share of parameters›"):
        assert said in shown
    assert "‹Slides 64 filters over the feature map.›" in shown
    assert "‹one pixel column is not used; it is in the padding›" in shown
    tips = [label.toolTip() for label in inspector.findChildren(QLabel)]
    assert "‹How many filters the layer learns; each gives one channel of the output.›" in tips


def test_of_the_palette(trial: Trial, qtbot, qapp: QApplication) -> None:
    Appearance(qapp, "light")
    panel = PalettePanel()
    qtbot.addWidget(panel)
    model = panel.list.model()
    rows = [model.index(number, 0) for number in range(model.rowCount())]
    assert "‹Residual block›" in [row.data() for row in rows]
    tips = [row.data(Qt.ItemDataRole.ToolTipRole) for row in rows]
    assert "‹Two 3 × 3 convolutions and a skip connection.›" in tips
    panel.field.setText("residual")
    assert model.index(0, 0).data().startswith("‹")


def test_of_the_cards_on_the_canvas(trial: Trial) -> None:
    from core.network.analysis import analyse
    from core.network.view.cards import cards

    network = TEMPLATES["lenet5"].build()
    faces = [Face(card, "") for card in cards(network, analyse(network)).cards]
    assert "‹Average pool›" in " ".join(part for face in faces for part in face.title)


def test_of_the_gallery(trial: Trial, qtbot, window: MainWindow) -> None:
    window.show_page("design")
    until(qtbot, lambda: any(g.model.rowCount() for g in window.findChildren(GalleryPanel)))
    gallery = next(g for g in window.findChildren(GalleryPanel) if g.model.rowCount())
    entry = gallery.current()
    assert entry is not None
    assert entry.summary == f"‹{TEMPLATES[entry.name].summary}›"


def test_of_recipes_and_their_options(trial: Trial, qtbot, opened: MainWindow) -> None:
    opened.show_page("train")
    until(qtbot, lambda: opened.session.workflow.choices)
    until(qtbot, lambda: opened.page.findChild(OptionsPanel))  # the page is made in steps
    panel = opened.page.findChild(OptionsPanel)
    until(qtbot, lambda: "‹Quick›" in visible_texts(opened.page))
    until(qtbot, lambda: any(b.isVisible() for b in panel.findChildren(QPushButton)))
    toggle = next(b for b in panel.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: "‹Augmented views›" in visible_texts(panel))
    explained = [w.toolTip() for w in panel.findChildren(QWidget) if w.toolTip()]
    assert any(tip.startswith("‹How many changed copies") for tip in explained)
