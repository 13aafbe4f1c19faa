"""What a user sees of curves: what is drawn, and what pointing, zooming and moving on show."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from core.runs.curve import BatchPoint, EpochPoint
from gui.look.appearance import Appearance
from gui.train.curve_data import CurveData
from gui.train.curves.curve_card import VALIDATION, CurveCard, Shown
from gui.train.curves.curve_lines import CurveLines
from gui.train.curves.curve_plot import CurvePlot
from gui.train.curves.curve_window import CurveWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def curve(epochs: int, batches: int = 4) -> CurveData:
    """Return a training whose losses fall like 1 / epoch."""
    data = CurveData()
    for epoch in range(1, epochs + 1):
        for batch in range(1, batches + 1):
            at = epoch - 1 + batch / batches
            data.add([
                BatchPoint(
                    step=(epoch - 1) * batches + batch,
                    epoch=at,
                    loss=1 / (1 + at),
                    accuracy=1 - 1 / (1 + at),
                    learning_rate=0.1,
                    images_per_second=9.0,
                )
            ])  # fmt: skip
        loss = 1 / (1 + epoch)
        data.add([
            EpochPoint(
                epoch=epoch,
                epochs=epochs,
                training_loss=loss,
                training_accuracy=1 - loss,
                validation_loss=1.5 * loss,
                validation_accuracy=1 - 1.5 * loss,
                validation_images=10,
                best=True,
                patience_left=None,
                seconds=float(epoch),
                images_per_second=9.0,
                learning_rate=0.1,
            )
        ])  # fmt: skip
    return data


def peaked(batches: int, at: int) -> CurveData:
    """Return the only epoch of a training, in which one batch has a far higher loss."""
    known = {"accuracy": 0.5, "learning_rate": 0.1, "images_per_second": 9.0}
    return CurveData(
        BatchPoint(step=step, epoch=step / batches, loss=0.9 if step == at else 0.1, **known)
        for step in range(batches)
    )


@pytest.fixture
def window(qapp) -> CurveWindow:
    Appearance(qapp, "light")
    made = CurveWindow()
    made.fit(0.0, 100.0, 100)
    return made


@pytest.fixture
def card(qtbot, window: CurveWindow) -> CurveCard:
    """Show the loss of a hundred epochs."""
    made = CurveCard("loss", "Loss", window)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    qtbot.waitExposed(made)
    made.use_plot(CurvePlot)
    made.show_curves([Shown("This training", curve(100))])
    qtbot.waitUntil(lambda: plot(made).isVisible() and plot(made).width() > 500)
    made.grab()  # the figures at the left take their room when they are painted
    return made


def plot(card: CurveCard) -> CurvePlot:
    return card.findChild(CurvePlot)


def place_of(card: CurveCard, epoch: float) -> QPoint:
    """Return where an epoch lies in the plot."""
    places = np.array([plot(card).place_at(x) for x in range(plot(card).width())])
    return QPoint(int(np.abs(places - epoch).argmin()), plot(card).height() // 2)


def turn_wheel(card: CurveCard, at: QPoint, notches: int, keys: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(plot(card).mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot(card).viewport(), event)


def test_the_lines_lie_where_their_values_are(card: CurveCard) -> None:
    picture = plot(card).grab().toImage()
    wanted = QColor(VALIDATION).rgb()
    rows = {}
    for epoch in (20, 60):
        x = place_of(card, epoch).x()
        (rows[epoch], *_) = [y for y in range(picture.height()) if picture.pixel(x, y) == wanted]
    assert rows[20] < rows[60]


def test_pointing_reads_an_epoch_in_both_plots(qtbot, card: CurveCard, window: CurveWindow) -> None:
    other = CurveCard("accuracy", "Accuracy", window)
    qtbot.addWidget(other)
    other.setGeometry(0, 420, 700, 400)
    other.show()
    qtbot.waitExposed(other)
    other.use_plot(CurvePlot)
    other.show_curves([Shown("This training", curve(100))])
    qtbot.mouseMove(plot(card).viewport(), place_of(card, 40))
    qtbot.waitUntil(lambda: "epoch 40: 0.024 / 0.037" in plot(card).accessibleDescription())
    assert "epoch 40: 97.6\u202f% / 96.3\u202f%" in plot(other).accessibleDescription()


def test_control_and_the_wheel_zoom_around_the_pointer(
    card: CurveCard, window: CurveWindow
) -> None:
    at = place_of(card, 30)
    turn_wheel(card, at, 4, Qt.KeyboardModifier.NoModifier)
    assert window.span == (0.0, 100.0)
    turn_wheel(card, at, 4, CONTROL)
    left, right = window.span
    assert right - left == pytest.approx(100 / 1.25**4)
    assert plot(card).place_at(at.x()) == pytest.approx(30, abs=0.5)
    turn_wheel(card, at, -9, CONTROL)
    assert window.span == (0.0, 100.0)


def test_dragging_moves_on_and_a_double_click_shows_all(
    qtbot, card: CurveCard, window: CurveWindow
) -> None:
    viewport = plot(card).viewport()
    window.zoom(5)
    begin = place_of(card, 50)
    qtbot.mousePress(viewport, LEFT, pos=begin)
    qtbot.mouseMove(viewport, begin - QPoint(60, 0))
    assert plot(card).place_at(begin.x() - 60) == pytest.approx(50, abs=0.5)
    qtbot.mouseRelease(viewport, LEFT, pos=begin - QPoint(60, 0))
    qtbot.mouseDClick(viewport, LEFT, pos=begin)
    assert not window.zoomed


def test_the_keyboard_alone_does_the_same(qtbot, card: CurveCard, window: CurveWindow) -> None:
    widget = plot(card)
    widget.setFocus()
    for _ in range(3):
        qtbot.keyClick(widget, Qt.Key.Key_Left)
    assert window.read == 98
    for _ in range(6):
        qtbot.keyClick(widget, Qt.Key.Key_Plus)
    left, right = window.span
    assert right - left == pytest.approx(100 / 1.25**6)
    qtbot.keyClick(widget, Qt.Key.Key_Left, SHIFT)
    assert window.span[0] == pytest.approx(left - 0.1 * (right - left))
    for _ in range(40):
        qtbot.keyClick(widget, Qt.Key.Key_Left)
    assert window.span[0] <= window.read == 58  # what is read stays in sight
    qtbot.keyClick(widget, Qt.Key.Key_0)
    assert window.span == (0.0, 100.0)


def test_a_peak_among_many_points_is_seen(qtbot, card: CurveCard) -> None:
    low = plot(card)
    card.show_curves([Shown("Peak", peaked(100_000, at=54_321))])
    lines = next(item for item in low.scene().items() if isinstance(item, CurveLines))
    (line, *_) = lines.lines
    assert line.y.max() == 0.9
    picture = low.grab().toImage()
    ground = QColor("#ffffff").rgb()
    x = place_of(card, 0.54321).x()
    tall = [
        sum(picture.pixel(x + aside, y) != ground for y in range(picture.height()))
        for aside in (-1, 0, 1)
    ]
    assert max(tall) > picture.height() / 3
