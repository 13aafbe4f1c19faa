"""Render every page in both themes and several sizes to PNG files, to be looked at.

Run: `.venv/bin/python tests/gui/render_pages.py OUT [IMAGES]`. With IMAGES (a folder with one
sub-folder per class) a project is made in a temporary place, trained and exported first, and the
states of the Train page are rendered too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFont

from tests.gui.conftest import button_called

PAGES = ("start", "data", "design", "train", "test", "export")


def spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def wait(condition, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        spin(0.05)


def grab(window, out: Path, tag: str) -> None:
    for theme in ("light", "dark"):
        window.session.appearance.choose(theme)
        for page in PAGES:
            window.show_page(page)
            spin(0.35)
            window.grab().save(str(out / f"{page}-{theme}-{tag}.png"))


def grab_design(window, out: Path, tag: str) -> None:
    """Grab the Design page with a network, its source, its picture and its table."""
    window.show_page("design")
    document = window.session.design.document
    window.session.design.open_template("resnet18")
    wait(lambda: document.network.nodes)
    workspace = window.page.workspace
    for theme in ("light", "dark"):
        window.session.appearance.choose(theme)
        document.select([node.id for node in document.network.nodes if node.name == "conv1"])
        workspace.canvas.fit()
        for tab in ("settings", "code", "picture"):
            workspace.side.show_tab(tab)
            spin(0.6)
            window.grab().save(str(out / f"design-{tab}-{theme}-{tag}.png"))
        workspace.side.show_tab("settings")
        button_called(workspace, "Table").click()
        workspace.canvas.heat.show_mode("parameters")
        spin(0.5)
        window.grab().save(str(out / f"design-table-{theme}-{tag}.png"))
        workspace.canvas.heat.show_mode("")
        button_called(workspace, "Table").click()
        workspace.canvas.prompts.layer_here()
        workspace.popup.field.setText("pool")
        spin(0.3)
        workspace.popup.grab().save(str(out / f"design-search-{theme}-{tag}.png"))
        workspace.popup.close()


def prepare(window, images: Path, home: Path) -> None:
    session = window.session
    window.open_path(images)
    wait(lambda: session.project.report is not None)
    session.workflow.train()
    wait(lambda: session.project.run is not None)
    session.workflow.export(home / "export")
    wait(lambda: not session.jobs.busy)
    session.trial.try_image(session.project.images[-1].path)
    wait(lambda: session.trial.answer is not None)


def train_states(window, out: Path) -> None:
    """Render the Train page while a training runs, paused, compared, and the view inside a run."""
    from msgspec.structs import replace

    from gui.train.current_training import Training
    from gui.train.inside.inside_dialog import InsideDialog
    from gui.train.runs.runs_view import RunsView
    from gui.widgets.tabs import TabCard

    session = window.session
    window.show_page("train")
    page = window.page
    training = page.findChild(Training)
    for epochs in (8, 500):
        choices = replace(session.workflow.choices, recipe="scratch", network="lenet5")
        options = {"scratch": {"epochs": epochs, "patience": 0}}
        session.workflow.choose(replace(choices, options=options))
        spin(1)
        session.workflow.train()
        wait(lambda n=epochs: training.curve.epoch >= n / 20 and training.running)
        spin(2)
        if epochs == 500:
            both(window, out, "train-running")
            session.jobs.pause()
        wait(lambda: not session.jobs.busy)
        spin(2)
    both(window, out, "train-paused")
    page.findChild(RunsView).table.selectAll()
    spin(2)
    both(window, out, "train-compared")
    dialog = InsideDialog(session, training, session.project.runs[0], "LeNet-5", window)
    dialog.open()
    wait(lambda: dialog.findChild(TabCard).isVisible() and dialog.shown)
    for tab, name in enumerate(("maps", "filters", "gradient", "formulas")):
        dialog.findChild(TabCard).choose(tab)
        both(window, out, f"inside-{name}", dialog)
    dialog.close()


def both(window, out: Path, name: str, widget=None) -> None:
    for theme in ("light", "dark"):
        window.session.appearance.choose(theme)
        spin(0.4)
        (widget or window).grab().save(str(out / f"{name}-{theme}.png"))


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp())
    os.environ["LAYERLOOM_HOME"] = str(home)
    from gui.shell.application import make_application, make_window

    application = make_application()
    if "--large" in sys.argv:
        font = QFont(application.font())
        font.setPixelSize(20)
        application.setFont(font)
    window = make_window(application)
    window.show()
    empty = "--empty" in sys.argv
    if not empty:
        prepare(window, Path(sys.argv[2]), home)
    tag = "large-font" if "--large" in sys.argv else "empty" if empty else "full"
    grab(window, out, f"{tag}-1440")
    grab_design(window, out, f"{tag}-1440")
    window.resize(1024, 700)
    grab(window, out, f"{tag}-1024")
    grab_design(window, out, f"{tag}-1024")
    if not empty:
        window.resize(1440, 900)
        train_states(window, out)
    window.close()


if __name__ == "__main__":
    main()
