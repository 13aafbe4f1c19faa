"""Measure the curves of the Train page with 100,000 points; pyqtgraph's own beside them.

Run: `.venv/bin/python tests/benchmarks/curves.py`. Offscreen raster, 1600 × 900: accuracy and loss
beside each other, each with the points within epochs, training and validation. First a long
training: 100,000 points within 1,000 epochs; then 100,000 epochs, so that each of the six lines has
100,000 points. An update is what happens 20 times a second while a training runs: points are taken
in, and both plots are painted. The peer is pyqtgraph's `PlotWidget` with the same lines as
`PlotDataItem`s, without downsampling, of the same size. Times are of the processor, in
milliseconds: median and 95th percentile.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from core.runs.curve import BatchPoint, EpochPoint
from gui.look.appearance import Appearance
from gui.train.curve_data import CurveData
from gui.train.curves.curve_card import CurveCard, Shown
from gui.train.curves.curve_plot import CurvePlot
from gui.train.curves.curve_window import CurveWindow

SIZE = (1600, 900)
POINTS = 100_000
STEPS = 40
FRAME = 16.0

NO_KEYS, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def batch(number: int, noise: float) -> BatchPoint:
    loss = float(np.exp(-number / POINTS * 3)) + 0.1 * noise
    return BatchPoint(
        step=number,
        epoch=number,
        loss=abs(loss),
        accuracy=min(1.0, max(0.0, 1 - loss)),
        learning_rate=0.001,
        images_per_second=100.0,
    )


def epoch(number: int, noise: float) -> EpochPoint:
    point = batch(number, noise / 3)
    return EpochPoint(
        epoch=number,
        epochs=POINTS,
        training_loss=point.loss,
        training_accuracy=point.accuracy,
        validation_loss=point.loss * 1.1,
        validation_accuracy=point.accuracy * 0.95,
        validation_images=1000,
        best=number % 7 == 0,
        patience_left=5,
        seconds=float(number),
        images_per_second=100.0,
        learning_rate=0.001,
    )


def measure(step, application) -> list[float]:
    """Return the processor's milliseconds of each step, painting included."""
    times = []
    for number in range(STEPS + 3):
        began = time.thread_time()
        step(number)
        application.processEvents()
        times.append(1000 * (time.thread_time() - began))
    return times[3:]


def mouse(kind: QEvent.Type, widget: QWidget, x: float, held: bool) -> None:
    at = QPointF(x, widget.height() / 2)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, left if held else none, NO_KEYS)
    QApplication.sendEvent(widget, event)


def wheel(widget: QWidget, notches: int) -> None:
    at = QPointF(widget.width() / 2, widget.height() / 2)
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def ours(application, epochs: int) -> dict[str, list[float]]:
    """Measure both cards as the page shows them."""
    Appearance(application, "dark")
    noise = np.random.default_rng(0).standard_normal(2 * POINTS)
    curve = CurveData()
    for number in range(1, POINTS + 1):
        ended = number % (POINTS // epochs) == 0
        curve.add((batch(number, noise[number]), *[epoch(number, noise[number])] * ended))
    window = CurveWindow()
    frame = QWidget()
    layout = QHBoxLayout(frame)
    cards = [CurveCard(measure, measure.title(), window) for measure in ("accuracy", "loss")]
    for card in cards:
        layout.addWidget(card)
    frame.resize(*SIZE)
    frame.show()
    application.processEvents()
    for card in cards:
        card.use_plot(CurvePlot)

    def show() -> None:
        window.fit(0.0, POINTS + 100, curve.last)
        for card in cards:
            card.show_curves([Shown("This training", curve)], live=True)

    show()
    application.processEvents()
    viewport = cards[0].findChild(CurvePlot).viewport()
    moved, pressed, released = (
        getattr(QEvent.Type, f"MouseButton{kind}") if kind != "Move" else QEvent.Type.MouseMove
        for kind in ("Move", "Press", "Release")
    )

    def update(number: int) -> None:
        at = POINTS + 1 + number
        curve.add((batch(at, noise[at]), epoch(at, noise[at])))
        show()

    def pan(number: int) -> None:
        mouse(moved, viewport, 400 - 3 * number, held=True)

    times = {"update": measure(update, application)}
    times["hover"] = measure(lambda n: mouse(moved, viewport, 100 + 9 * n, False), application)
    times["zoom"] = measure(lambda n: wheel(viewport, 1 if n % 8 < 4 else -1), application)
    window.show_all()
    wheel(viewport, 3)
    mouse(pressed, viewport, 400, held=True)
    times["pan"] = measure(pan, application)
    mouse(released, viewport, 0, held=False)
    frame.close()
    return times


def theirs(application, epochs: int) -> dict[str, list[float]]:
    """Measure the same lines as pyqtgraph draws them by itself."""
    noise = np.random.default_rng(0).standard_normal(2 * POINTS)
    x = np.arange(POINTS + 2 * STEPS, dtype=float)
    levels = np.exp(-x / POINTS * 3)
    steps = (1, POINTS // epochs, POINTS // epochs)
    lines = [np.abs(levels + scale * noise[: len(x)]) for scale in (0.1, 0.03, 0.033)]
    frame = QWidget()
    layout = QHBoxLayout(frame)
    plots = [pyqtgraph.PlotWidget() for _ in range(2)]
    items = []
    for plot in plots:
        layout.addWidget(plot)
        for tint in ("#335", "#5B8CFF", "#F2A65A"):
            item = pyqtgraph.PlotDataItem(pen=pyqtgraph.mkPen(tint, width=1))
            plot.addItem(item)
            items.append(item)
        plot.setRange(xRange=(0, POINTS), yRange=(0, 1.4))
    frame.resize(*SIZE)
    frame.show()

    def update(number: int) -> None:
        for place, item in enumerate(items):
            seen = slice(0, POINTS + number, steps[place % 3])
            item.setData(x[seen], lines[place % 3][seen])

    def move(left: float, right: float) -> None:
        for plot in plots:
            plot.setXRange(left, right, padding=0)

    update(0)
    application.processEvents()
    cursors = [pyqtgraph.InfiniteLine(0) for _ in plots]
    for plot, cursor in zip(plots, cursors, strict=True):
        plot.addItem(cursor)

    def hover(number: int) -> None:
        for cursor in cursors:
            cursor.setValue(100 * number)

    times = {"update": measure(update, application)}
    times["hover"] = measure(hover, application)
    times["zoom"] = measure(
        lambda n: move(POINTS / 4, POINTS / (1.3 + 0.05 * (n % 8))), application
    )
    times["pan"] = measure(
        lambda n: move(0.2 * POINTS + 99 * n, 0.7 * POINTS + 99 * n), application
    )
    frame.close()
    return times


def ninety_fifth(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main() -> None:
    application = QApplication([])
    print(f"{SIZE[0]} × {SIZE[1]}, two plots of {POINTS:,} points within epochs, processor ms")
    for epochs in (1_000, POINTS):
        print(f"{epochs:,} epochs")
        own, other = ours(application, epochs), theirs(application, epochs)
        for name, times in own.items():
            middle, beside = statistics.median(times), statistics.median(other[name])
            verdict = "" if middle <= FRAME else " MISSED"
            print(
                f"{name:8} {middle:6.1f} (95 % {ninety_fifth(times):.1f}, wanted ≤ {FRAME:.0f})"
                f"{verdict}; pyqtgraph {beside:.0f} (95 % {ninety_fifth(other[name]):.0f}), "
                f"{beside / middle:.0f} times as long"
            )


if __name__ == "__main__":
    main()
