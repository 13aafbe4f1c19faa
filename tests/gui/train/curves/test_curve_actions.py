"""The menu of a plot: zooming, and taking picture and values along."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from gui.look.appearance import Appearance
from gui.owners.session import Session
from gui.owners.settings import Settings
from gui.train.curves.curve_actions import CurveActions
from gui.train.curves.curve_card import CurveCard, Shown
from gui.train.curves.curve_plot import CurvePlot
from gui.train.curves.curve_window import CurveWindow
from tests.gui.conftest import until
from tests.gui.train.curves.test_curve_plot import curve


@pytest.fixture
def session(qapp) -> Iterator[Session]:
    made = Session(Appearance(qapp, "light"), Settings())
    yield made
    made.close()


@pytest.fixture
def card(qtbot, session: Session) -> CurveCard:
    """Compare the losses of two runs, of three epochs and of five."""
    window = CurveWindow()
    window.fit(0.0, 5.0, 5)
    made = CurveCard("loss", "Loss", window)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    qtbot.waitExposed(made)
    made.use_plot(CurvePlot)
    made.show_curves([Shown("Short", curve(3)), Shown("Long", curve(5))])
    actions = CurveActions(session, window, made)
    made.menu_wanted.connect(lambda place: actions.menu(made).popup(place))
    return made


def choose(card: CurveCard, entry: str) -> None:
    """Open the menu as the keyboard does, and choose an entry."""
    plot = card.findChild(CurvePlot)
    middle = plot.rect().center()
    kind = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(plot, QContextMenuEvent(kind, middle, plot.mapToGlobal(middle)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [a for a in menu.actions() if a.text().split("\t")[0] == entry]
    menu.close()
    assert action.isEnabled(), action.toolTip()
    action.trigger()


def test_the_menu_zooms_and_shows_all_again(card: CurveCard) -> None:
    plot = card.findChild(CurvePlot)
    whole = plot.place_at(plot.width()) - plot.place_at(0)
    choose(card, "Zoom in")
    assert plot.place_at(plot.width()) - plot.place_at(0) == pytest.approx(whole / 1.25, rel=0.01)
    choose(card, "Show all")
    assert plot.place_at(plot.width()) - plot.place_at(0) == pytest.approx(whole)


def test_the_values_of_all_runs_are_exported(
    qtbot, card: CurveCard, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "values"), ""))
    choose(card, "Export values (CSV)…")
    path = tmp_path / "values.csv"
    until(qtbot, path.exists)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["run"], int(row["epoch"])) for row in rows] == [
        *(("Short", epoch) for epoch in (1, 2, 3)),
        *(("Long", epoch) for epoch in (1, 2, 3, 4, 5)),
    ]
    assert float(rows[-1]["validation_loss"]) == pytest.approx(1.5 / 6)


def test_the_picture_is_saved_and_copied(
    qtbot, card: CurveCard, tmp_path: Path, monkeypatch
) -> None:
    path = tmp_path / "loss.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    choose(card, "Save as picture…")
    until(qtbot, path.exists)
    saved = QImage(str(path))
    assert saved.size() == card.size() * 2
    choose(card, "Copy picture")
    assert QApplication.clipboard().image().size() == saved.size()
