"""Render the pictures of the guide from the running program, on the sample of handwritten digits.

Run: `make pictures`. What it writes lies in `docs/pictures/`; look at each one before it is kept.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QTabBar, QTableView, QWidget

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow

PICTURES = ROOT / "docs" / "pictures"
SIZE, WIDE = (1280, 880), (1440, 960)
"""Of the window in pixels; the wide one has room for all that Train shows of a run."""

COLOURS = 256
"""In a picture's palette."""

PATIENCE = 600
"""Seconds that anything may take, on a machine that others use too."""


def main() -> None:
    """Make a project of the sample in a temporary place, and take a picture of each step."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="layerloom-", ignore_cleanup_errors=True) as home:
        os.environ["LAYERLOOM_HOME"] = home
        from gui.shell.application import make_application, make_window

        window = make_window(make_application())
        window.session.appearance.choose("light")
        window.resize(*SIZE)
        window.show()
        photograph_start(window)
        photograph_main_line(window, Path(home))
        photograph_training(window)
        photograph_design(window)
        window.close()


def photograph_start(window: MainWindow) -> None:
    """Take the start page, and the networks that a design can begin with."""
    rest(1)
    keep(window, "start")
    window.show_page("design")
    rest(2)
    keep(window, "networks")


def photograph_main_line(window: MainWindow, home: Path) -> None:
    """Take Data, Train, Test and Export on the way from the sample to an exported file."""
    session = window.session
    session.workflow.try_sample()
    wait(lambda: session.project.report is not None and not session.jobs.busy)
    window.show_page("data")
    rest(4)
    keep(window, "data")
    window.show_page("train")
    wait(lambda: bool(buttons_in_sight(window, "Show the layers")))
    rest(1)
    keep(window, "train-ready")
    window.resize(*WIDE)
    session.workflow.train()
    wait(lambda: session.project.run is not None and not session.jobs.busy)
    rest(6)
    keep(window, "train-finished")
    window.resize(*SIZE)
    session.trial.try_image(session.project.images[-1].path)
    wait(lambda: session.trial.answer is not None or bool(session.trial.error))
    window.show_page("test")
    rest(2)
    keep(window, "test")
    session.workflow.export(home / "digits")
    wait(lambda: not session.jobs.busy)
    window.show_page("export")
    rest(2)
    keep(window, "export")


def photograph_training(window: MainWindow) -> None:
    """Take a training with epochs while it runs, when it is paused, and what is inside it."""
    from msgspec.structs import replace

    session = window.session
    window.show_page("train")
    window.resize(*WIDE)
    chosen = replace(session.workflow.choices, recipe="scratch", network="lenet5")
    session.workflow.choose(replace(chosen, options={"scratch": {"epochs": 200}}))
    rest(2)
    points: list[object] = []
    session.jobs.points.connect(points.extend)
    session.workflow.train()
    wait(lambda: sum(type(point).__name__ == "EpochPoint" for point in points) >= EPOCHS_SHOWN)
    rest(1)
    keep(window, "train-running")
    window.resize(*SIZE)
    session.jobs.pause()
    wait(lambda: not session.jobs.busy)
    rest(3)
    keep(window, "train-paused")
    photograph_inside(window)


EPOCHS_SHOWN = 8
"""Of the running training, before its picture is taken."""


def photograph_inside(window: MainWindow) -> None:
    """Take the feature maps and the formulas of a layer of the paused training."""
    press(window.page, "Look inside…")
    (dialog,) = window.findChildren(QDialog)
    wait(lambda: any(view.model().rowCount() for view in dialog.findChildren(QTableView)))
    wait(lambda: getattr(dialog, "shown", None) is not None)
    rest(1)
    keep(dialog, "inside-maps")
    press(dialog, "Formulas")
    rest(1)
    keep(dialog, "inside-formulas")
    dialog.close()


def photograph_design(window: MainWindow) -> None:
    """Take a design, a problem with its fixes, the search, the table, the pictures, two designs."""
    session = window.session
    window.show_page("design")
    document = session.design.document
    session.design.open_template("resnet18")
    wait(lambda: bool(document.network.nodes))
    workspace = window.page.workspace
    ids = {node.name: node.id for node in document.network.nodes}
    document.select([ids["conv1"]])
    wait(lambda: session.design.timer.timing is not None)
    rest(1)
    keep(window, "design")
    workspace.canvas.prompts.layer_here()
    workspace.popup.field.setText("pool")
    rest(1)
    keep(workspace.popup, "design-search")
    workspace.popup.close()
    photograph_problem(window, "layer2.0", ids["layer2.0.conv2"])
    press(workspace, "Table")
    workspace.canvas.heat.show_mode("parameters")
    rest(1)
    keep(window, "design-table")
    workspace.canvas.heat.show_mode("")
    press(workspace, "Table")
    press(workspace, "Picture")
    rest(2)
    keep(window, "design-picture")
    press(workspace, "Code")
    rest(2)
    keep(window, "design-code")


def photograph_problem(window: MainWindow, block: str, layer: str) -> None:
    """Take a layer whose output does not fit the skip connection any more; then undo it."""
    from msgspec.structs import replace

    document = window.session.design.document
    node = document.network.by_id[layer]
    changed = replace(node, layer=replace(node.layer, out_channels=96))
    nodes = tuple(changed if each is node else each for each in document.network.nodes)
    document.change(replace(document.network, nodes=nodes), "Change filters")
    document.enter(block)
    document.select([layer])
    rest(4)
    keep(window, "design-problem")
    document.undo_stack.undo()
    document.enter("")
    rest(1)


def press(inside: QWidget, title: str) -> None:
    """Press the button, or choose the tab, in sight that is called so."""
    for bar in inside.findChildren(QTabBar):
        titles = [bar.tabText(number) for number in range(bar.count())]
        if bar.isVisible() and title in titles:
            bar.setCurrentIndex(titles.index(title))
            return
    buttons_in_sight(inside, title)[0].click()


def buttons_in_sight(inside: QWidget, title: str) -> list[QAbstractButton]:
    """Return the buttons in sight that are called so."""
    buttons = inside.findChildren(QAbstractButton)
    return [button for button in buttons if button.text() == title and button.isVisible()]


def rest(seconds: float) -> None:
    """Let the window go on for a while: pictures of thumbnails come on threads."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def wait(condition: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        rest(0.05)


def keep(widget: QWidget, name: str) -> None:
    """Write what a widget looks like as a PNG file with a palette, which is small."""
    QApplication.processEvents()
    path = PICTURES / f"{name}.png"
    widget.grab().save(str(path))
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    method, dither = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE  # rare colours stay, too
    picture.quantize(COLOURS, method, dither=dither).save(path, optimize=True)


if __name__ == "__main__":
    main()
