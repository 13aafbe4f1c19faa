"""Terms of the glossary are explained where the window shows them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabBar

from core.glossary import meaning_of
from gui.look.term_tips import meaning, meanings
from gui.shell.status_bar import StatusBar
from gui.widgets.table import TableColumn, TextTable
from gui.widgets.tabs import TabCard
from gui.widgets.texts import text


def test_a_label_is_found_in_any_case_and_by_its_other_names(qapp) -> None:
    assert meaning("receptive field") == meaning("Receptive field") == meaning_of("Receptive field")
    assert meaning("MACs") == meaning_of("Multiply-adds")
    assert meaning("Photo 12") == ""


def test_several_labels_are_told_apart(qapp) -> None:
    said = meanings("Baseline", "12 ants", "epochs")
    assert said.splitlines() == [
        f"Baseline: {meaning_of('Baseline')}",
        f"Epochs: {meaning_of('Epoch')}",
    ]


@pytest.mark.parametrize("role", ["section", "name", "heading"])
def test_a_heading_that_is_a_term_is_explained(qtbot, role: str) -> None:
    label = text("Confusion matrix", role)
    qtbot.addWidget(label)
    assert label.toolTip() == meaning_of("Confusion matrix")


def test_columns_and_rows_of_a_table_are_explained(qapp) -> None:
    table = TextTable([TableColumn("Recall"), TableColumn("File")])
    table.show([("Loss", "a.jpg")])
    tip = Qt.ItemDataRole.ToolTipRole
    across = Qt.Orientation.Horizontal
    assert table.headerData(0, across, tip) == meaning_of("Recall")
    assert table.headerData(1, across, tip) is None
    assert table.index(0, 0).data(tip) == meaning_of("Loss")
    assert table.index(0, 1).data(tip) == "a.jpg"


def test_tabs_are_explained(qtbot) -> None:
    card = TabCard([("Gradient", QLabel()), ("Notes", QLabel())])
    qtbot.addWidget(card)
    assert card.findChild(QTabBar).tabToolTip(0) == meaning_of("Gradient")


def test_what_the_status_bar_counts_is_explained(qtbot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.say("11,689,512 parameters · 1.81 G multiply-adds", "all trainable")
    left, right = bar.findChildren(QLabel)
    assert left.toolTip().splitlines() == [
        f"Parameters: {meaning_of('Parameters')}",
        f"Multiply-adds: {meaning_of('Multiply-adds')}",
    ]
    assert right.toolTip() == f"Trainable: {meaning_of('Trainable')}"
