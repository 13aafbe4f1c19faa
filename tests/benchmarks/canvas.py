"""Measure the canvas: painting, dragging, zooming, editing; NodeGraphQt beside it.

Run: `.venv/bin/python tests/benchmarks/canvas.py`. Offscreen raster, 1600 × 900, the whole graph in
view. NodeGraphQt is measured in the same run if it is installed (`pip install NodeGraphQt`).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LAYERLOOM_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView

from core.network.editing.grouping import unfold_all
from core.network.layout.arrange import arranged
from core.network.layout.opening_view import readable
from core.network.network import Builder, Network
from core.network.templates import TEMPLATES
from core.network.view.card_size import PITCH_ACROSS, PITCH_DOWN
from core.network.view.placing import place
from gui.design.canvas.canvas import DesignCanvas
from gui.look.appearance import Appearance, dress
from gui.owners.designs.document import Document, Origin
from gui.owners.session import Session
from gui.owners.settings import Settings
from gui.shell.application import make_application

SIZE = (1600, 900)
ROUNDS = 40
WANTED = {
    "500 nodes: full repaint": 12,
    "500 nodes: dragging one node, a frame": 4,
    "500 nodes: zoom step": 12,
    "500 nodes: keystroke to the last changed card": 16,
    "500 nodes: keystroke, at full size": 16,
    "1000 nodes: full repaint": 20,
    "ResNet-152, folded, from click to drawn": 500,
    "ResNet-152, all 517 layers, from click to drawn": 500,
    "arranging 517 layers": 50,
}
"""Milliseconds that may be taken."""

Times = list[tuple[float, float]]
"""Milliseconds by the clock, and of the processor: less on a machine that others use, too."""


def milliseconds(task: Callable[[], object], rounds: int = ROUNDS) -> Times:
    """Return how long a task takes, each time, after two times that do not count."""
    times = []
    gc.collect()
    for number in range(rounds + 2):
        start, used = time.perf_counter(), time.process_time()
        task()
        if number >= 2:
            clock, processor = time.perf_counter() - start, time.process_time() - used
            times.append((1000 * clock, 1000 * processor))
    return times


def grid(count: int) -> Network:
    """Return a chain of `count` layers in a nearly square grid, so that cards are drawn large."""
    from core.network.layers.activation import ReLU
    from core.network.layers.normalisation import BatchNorm2d
    from core.network.templates.short_forms import conv

    builder = Builder()
    end = builder.input(3, 64, 64)
    for number in range(count - 2):
        layer = (conv(8 + number % 3, 3, padding=1), BatchNorm2d(), ReLU())[number % 3]
        end = builder.add(f"part{number}", layer, end)
    network = builder.network(end)
    columns = max(1, round((count * PITCH_DOWN / PITCH_ACROSS * 16 / 9) ** 0.5))
    return place(
        network,
        {
            node.id: (number % columns * PITCH_ACROSS, number // columns * PITCH_DOWN)
            for number, node in enumerate(network.nodes)
        },
    )


def repaint(view: QGraphicsView) -> None:
    view.viewport().update()
    view.viewport().repaint()


class Paints(QObject):
    """Counts how often a view was painted."""

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self.count = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False

    def wait(self, application) -> None:
        """Let the event loop go until the view has been painted again."""
        before, end = self.count, time.perf_counter() + 1
        while self.count == before:
            application.processEvents()
            assert time.perf_counter() < end, "nothing was painted"


def measure_repaint(canvas: DesignCanvas) -> Times:
    return milliseconds(lambda: repaint(canvas))


def measure_drag(canvas: DesignCanvas, application) -> Times:
    """Drag one card with the pointer; each frame is a move of the pointer and its painting."""
    card = list(canvas.picture.cards.values())[len(canvas.picture.cards) // 2]
    viewport, paints = canvas.viewport(), Paints(canvas)
    start = canvas.mapFromScene(card.rect.center())
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    steps = iter(range(10_000))

    def frame() -> None:
        number = next(steps)
        at = start + QPoint(8 + number % 40, 8 + number % 30)
        QTest.mouseMove(viewport, at, -1)
        paints.wait(application)

    times = milliseconds(frame)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    return times


def measure_zoom(canvas: DesignCanvas, application) -> Times:
    at, fitted, paints = QPointF(*SIZE) / 2, canvas.zoom, Paints(canvas)
    steps = iter(range(10_000))

    def step() -> None:
        canvas.zoom_at(at, fitted * (0.98 - 0.001 * next(steps)))
        paints.wait(application)

    times = milliseconds(step)
    canvas.fit()
    application.processEvents()
    return times


def measure_keystroke(canvas: DesignCanvas, application) -> Times:
    """Change the image's height: the shapes of all layers behind it are others.

    Where cards are too small for numbers, nothing on them has changed and nothing is painted.
    """
    document = canvas.document
    (first,) = (node for node in document.network.nodes if node.name == "input")
    sizes = iter(range(65, 10_000))

    def key() -> None:
        network = document.network.with_setting(first.id, "height", next(sizes))
        document.change(network, "Set height", "height")
        application.processEvents()

    return milliseconds(key)


def measure_opening(canvas: DesignCanvas, application, *, unfolded: bool) -> Times:
    """Build, analyse, group, arrange, draw."""

    def click() -> None:
        network = readable(TEMPLATES["resnet152"].build(1000))
        if unfolded:
            network = arranged(unfold_all(network))
        canvas.document.open(network, Origin("ResNet-152"))
        canvas.fit()
        application.processEvents()
        repaint(canvas)

    return milliseconds(click, 8)


def ours(application) -> dict[str, Times]:
    session = Session(Appearance(application, "dark"), Settings())
    document = Document()
    canvas = DesignCanvas(document, session)
    dress(canvas)
    canvas.resize(*SIZE)
    canvas.show()
    application.processEvents()

    def show(network: Network) -> None:
        document.open(network, Origin("measured"))
        canvas.fit()
        application.processEvents()

    times = {}
    for count in (500, 1000):
        show(grid(count))
        assert len(canvas.picture.cards) == count
        assert canvas.visible_area().contains(canvas.picture.bounds())
        times[f"{count} nodes: full repaint"] = measure_repaint(canvas)
        times[f"{count} nodes: dragging one node, a frame"] = measure_drag(canvas, application)
        times[f"{count} nodes: zoom step"] = measure_zoom(canvas, application)
        keys = measure_keystroke(canvas, application)
        times[f"{count} nodes: keystroke to the last changed card"] = keys
        canvas.zoom_to(100)
        keys = measure_keystroke(canvas, application)
        times[f"{count} nodes: keystroke, at full size"] = keys
    unfolded = unfold_all(readable(TEMPLATES["resnet152"].build(1000)))
    times["arranging 517 layers"] = milliseconds(lambda: arranged(unfolded), 8)
    for name, flag in (("folded", False), ("all 517 layers", True)):
        opening = measure_opening(canvas, application, unfolded=flag)
        times[f"ResNet-152, {name}, from click to drawn"] = opening
    times["ResNet-152, all 517 layers: full repaint"] = measure_repaint(canvas)
    canvas.close()
    session.close()
    return times


def theirs(application) -> dict[str, Times]:
    """Measure painting and zooming of NodeGraphQt, where it is installed.

    Dragging is left out: its viewer does not take synthetic moves of the pointer, and moving an
    item by a call leaves out what a drag does there.
    """
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        nodegraph = importlib.import_module("NodeGraphQt")

    class Layer(nodegraph.BaseNode):
        __identifier__ = "layers"
        NODE_NAME = "Layer"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("in")
            self.add_output("out")

    times = {}
    for count in (500, 1000):
        graph = nodegraph.NodeGraph()
        graph.register_node(Layer)
        columns = max(1, round((count * PITCH_DOWN / PITCH_ACROSS * 16 / 9) ** 0.5))
        made = []
        for number in range(count):
            position = [number % columns * PITCH_ACROSS, number // columns * PITCH_DOWN]
            made.append(
                graph.create_node("layers.Layer", f"part{number}", pos=position, push_undo=False)
            )
        for one, other in pairwise(made):
            one.set_output(0, other.input(0))
        graph.clear_selection()
        view = graph.viewer()
        view.resize(*SIZE)
        view.show()
        application.processEvents()
        graph.fit_to_selection()
        view.fitInView(view.scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
        application.processEvents()
        times[f"{count} nodes: full repaint"] = milliseconds(lambda view=view: repaint(view), 8)
        paints, steps = Paints(view), iter(range(10_000))

        def step(view=view, steps=steps, paints=paints) -> None:
            factor = 0.98 if next(steps) % 2 else 1 / 0.98
            view.scale(factor, factor)
            paints.wait(application)

        times[f"{count} nodes: zoom step"] = milliseconds(step, 8)
        view.close()
    return times


def main() -> None:
    application = make_application()
    print(f"{SIZE[0]} × {SIZE[1]}, offscreen raster, medians of milliseconds")
    own = ours(application)
    try:
        other = theirs(application)
    except ImportError:
        other = {}
        print("NodeGraphQt is not installed: install it with pip to see it beside.")
    for name, times in own.items():
        middle, used = (statistics.median(column) for column in zip(*times, strict=True))
        worst = max(clock for clock, _ in times)
        wanted = f", wanted ≤ {WANTED[name]}" if name in WANTED else ""
        verdict = " MISSED" if middle > WANTED.get(name, float("inf")) else ""
        line = f"{name:52} {middle:7.2f} (processor {used:.2f}, max {worst:.2f}{wanted}){verdict}"
        if name in other:
            beside = statistics.median(clock for clock, _ in other[name])
            line += f"; NodeGraphQt {beside:.1f}, {beside / middle:.0f} times as long"
        print(line)


if __name__ == "__main__":
    main()
