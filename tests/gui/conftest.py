"""What window tests share: images, a trained project, a window of their own, a way to wait."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gui.owners import session
from gui.shell.application import make_application, make_window
from gui.shell.main_window import MainWindow

WAIT = 240_000
"""Milliseconds for what runs in the worker process on a busy machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do."""
    unsupported = pytest.mark.qt_log_ignore("plugin does not support")
    for item in items:
        if "tests/gui" in item.path.as_posix():
            item.add_marker(unsupported)


@pytest.fixture(autouse=True)
def garbage_goes_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Destroy what a window test leaves here: Python does so on any thread, also on xdist's."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(1)  # all that came into being since
    gc.enable()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test its own settings, recent projects and projects."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LAYERLOOM_HOME", str(folder))
    return folder


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Make a folder with two classes of twelve small images each."""
    return make_images(tmp_path / "Shapes", {"circles": 12, "squares": 12})


@pytest.fixture
def window(qtbot, qapp, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Open a window, and close it with its worker and threads.

    The worker imports nothing ahead: most tests end before a job would need it.
    """
    monkeypatch.setattr(session, "WARM_UP", ())
    made = make_window(make_application())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def opened(qtbot, window: MainWindow, images: Path) -> MainWindow:
    """Open a window with a project in it, whose images were read without a worker process."""
    from core.jobs.job import Reporter
    from core.project.project import project_for_images
    from core.project.scan_job import ScanJob

    ScanJob(project_for_images(images).folder).run(Reporter())
    window.open_path(images)
    until(qtbot, lambda: window.session.project.report and not window.session.jobs.busy)
    return window


@pytest.fixture(scope="session")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train LeNet-5 twice, with different seeds, once for all tests; return the project."""
    from core.jobs.job import Reporter
    from core.project.project import project_for_images
    from core.training.train_job import TrainJob

    folder = tmp_path_factory.mktemp("trained")
    images = make_images(folder / "Shapes", {"circles": 12, "squares": 12})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYERLOOM_HOME", str(folder / "home"))
        project = project_for_images(images)
        for seed in (0, 1):
            job = TrainJob(project.folder, "scratch", "lenet5", seed, options={"epochs": 3})
            job.run(Reporter())
    return project.folder


@pytest.fixture
def trained_project(tmp_path: Path, trained_once: Path) -> Path:
    """Give this test a project with two runs, to do with as it likes."""
    return Path(shutil.copytree(trained_once, tmp_path / trained_once.name))


def open_project(qtbot, window: MainWindow, folder: Path) -> None:
    """Open a project that has images and runs."""
    window.open_path(folder)
    until(qtbot, lambda: window.session.project.report and window.session.project.runs)


def until(qtbot, condition: Callable[[], object]) -> None:
    """Let the window work until a condition holds."""
    qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)


def make_images(folder: Path, classes: dict[str, int]) -> Path:
    """Write small pictures of circles or squares, each different from the others."""
    for number, (name, count) in enumerate(classes.items()):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for i in range(count):
            picture = Image.new("RGB", (96, 80), (20 * i % 256, 90, 255 - 15 * i % 256))
            draw = ImageDraw.Draw(picture)
            box = (5 + 3 * i, 8 + i, 40 + 4 * i, 45 + 2 * i)
            draw.ellipse(box, "white") if number % 2 == 0 else draw.rectangle(box, "yellow")
            picture.save(folder / name / f"{name} {i:02}.png")
    return folder


def visible_texts(widget) -> str:
    """Return all texts that a user sees in a widget."""
    from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar

    parts = [
        child.text()
        for kind in (QLabel, QAbstractButton)
        for child in widget.findChildren(kind)
        if child.isVisible()
    ]
    for bar in widget.findChildren(QTabBar):
        if bar.isVisible():
            parts += [bar.tabText(number) for number in range(bar.count())]
    return "\n".join(parts)


def click(qtbot, widget, text: str) -> None:
    """Click the visible button or tab with this text."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton, QTabBar

    for bar in widget.findChildren(QTabBar):
        titles = [bar.tabText(number) for number in range(bar.count())]
        if bar.isVisible() and text in titles:
            place = bar.tabRect(titles.index(text)).center()
            qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
            return
    found = [b for b in widget.findChildren(QAbstractButton) if b.isVisible() and b.text() == text]
    assert found, f"no button {text!r} among: {visible_texts(widget)}"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def button_called(widget, name: str):
    """Return the button that a screen reader calls by this name."""
    from PySide6.QtWidgets import QAbstractButton

    buttons = widget.findChildren(QAbstractButton)
    return next(button for button in buttons if button.accessibleName() == name)
