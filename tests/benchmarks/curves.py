"""Measure the curves of the Train page with 100,000 points; pyqtgraph's own beside them.

Run: `.venv/bin/python tests/benchmarks/curves.py`. Offscreen raster, 1600 × 900: accuracy and loss
beside each other. First a usual training: 200 epochs of 500 batches, each plot with the points
within epochs, training and validation; then a long one: 100,000 points within 1,000 epochs; then
100,000 epochs, so that each of the six lines has 100,000 points; then eight runs of 1,000 epochs
compared. An update is what happens 20 times a second while a training runs: points are taken in,
and both plots are painted.

The peers are pyqtgraph's `PlotWidget`s with the same lines as `PlotDataItem`s, of the same size:
as they come; with its own peak downsampling and clip-to-view; and the same with smooth lines of two
pixels for the epochs. Ours are smooth and wide with 200 epochs; beyond a point per pixel they are
ragged and thin as well, so that there the second peer is the one to be compared. Times are of
the processor, in milliseconds: median and 95th percentile, and how many times as long a peer takes.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
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
STEPS = 20
FRAME = 16.0

COMPARED = 8


@dataclass(frozen=True)
class Case:
    """What is drawn: curves of `epochs` epochs and POINTS points within them.

    With more than one run their validation alone is drawn, as the page does.
    """

    title: str
    epochs: int
    runs: int = 1


CASES = (
    Case("200 epochs of 500 batches", 200),
    Case("1,000 epochs", 1_000),
    Case("100,000 epochs", POINTS),
    Case("8 runs of 1,000 epochs", 1_000, COMPARED),
)


@dataclass(frozen=True)
class Peer:
    """A way in which pyqtgraph draws by itself."""

    title: str
    downsampled: bool = False
    width: int = 1
    smooth: bool = False


PEERS = (
    Peer("pyqtgraph"),
    Peer("downsampled and clipped", downsampled=True),
    Peer("and smooth, 2 pixels", downsampled=True, width=2, smooth=True),
)

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


def curve_of(epochs: int, noise: np.ndarray) -> CurveData:
    curve = CurveData()
    for number in range(1, POINTS + 1):
        ended = number % (POINTS // epochs) == 0
        curve.add((batch(number, noise[number]), *[epoch(number, noise[number])] * ended))
    return curve


def ours(application, case: Case) -> dict[str, list[float]]:
    """Measure both cards as the page shows them."""
    Appearance(application, "dark")
    noise = np.random.default_rng(0).standard_normal(2 * POINTS)
    curve = curve_of(case.epochs, noise)
    others = [Shown(f"Run {n}", curve_of(case.epochs, noise)) for n in range(1, case.runs)]
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
            card.show_curves([Shown("This training", curve), *others], live=True)

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


def lines_of(case: Case) -> Iterator[tuple[str, float, int]]:
    """Give colour, noise, and step between points of each line in one plot."""
    apart = POINTS // case.epochs
    if case.runs > 1:
        yield from [("#F2A65A", 0.03, apart)] * case.runs
        return
    yield from (("#335", 0.1, 1), ("#5B8CFF", 0.03, apart), ("#F2A65A", 0.033, apart))


def drawn(plot: pyqtgraph.PlotWidget, tint: str, peer: Peer, *, faint: bool):
    """Return a line of a plot, drawn as the peer does."""
    pen = pyqtgraph.mkPen(tint, width=1 if faint else peer.width)
    item = pyqtgraph.PlotDataItem(pen=pen, antialias=peer.smooth and not faint)
    plot.addItem(item)  # which takes over what the plot says of downsampling
    return item


def theirs(application, case: Case, peer: Peer) -> dict[str, list[float]]:
    """Measure the same lines as pyqtgraph draws them by itself."""
    noise = np.random.default_rng(0).standard_normal(2 * POINTS)
    x = np.arange(POINTS + 2 * STEPS, dtype=float)
    levels = np.exp(-x / POINTS * 3)
    frame = QWidget()
    layout = QHBoxLayout(frame)
    plots = [pyqtgraph.PlotWidget(background="#1E2128") for _ in range(2)]
    items = []
    for plot in plots:
        layout.addWidget(plot)
        plot.setDownsampling(auto=peer.downsampled, mode="peak" if peer.downsampled else None)
        plot.setClipToView(peer.downsampled)
        for tint, scale, apart in lines_of(case):
            item = drawn(plot, tint, peer, faint=apart == 1 and case.epochs < POINTS)
            items.append((item, np.abs(levels + scale * noise[: len(x)]), apart))
        plot.setRange(xRange=(0, POINTS), yRange=(0, 1.4))
    frame.resize(*SIZE)
    frame.show()

    def update(number: int) -> None:
        for item, y, apart in items:
            seen = slice(0, POINTS + number, apart)
            item.setData(x[seen], y[seen])

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
    for case in CASES:
        print(case.title)
        own = ours(application, case)
        # A smooth line through 100,000 points takes many seconds each time.
        peers = [peer for peer in PEERS if not (peer.smooth and case.epochs == POINTS)]
        others = {peer.title: theirs(application, case, peer) for peer in peers}
        for name, times in own.items():
            middle = statistics.median(times)
            verdict = "" if middle <= FRAME else " MISSED"
            print(
                f"  {name:8} {middle:6.1f} (95 % {ninety_fifth(times):.1f}, "
                f"wanted ≤ {FRAME:.0f}){verdict}"
            )
            for title, measured in others.items():
                beside = statistics.median(measured[name])
                print(
                    f"    {title:24} {beside:6.1f} (95 % {ninety_fifth(measured[name]):.1f}), "
                    f"{beside / middle:.1f} times as long"
                )


if __name__ == "__main__":
    main()
