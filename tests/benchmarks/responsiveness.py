"""The longest time for which the window answers nothing: pages, templates, themes, undo.

Run: `python tests/benchmarks/responsiveness.py [ROUNDS] [--where NAME]`. Offscreen, 1600 × 900.

A timer beats in the window's event loop; what lies between two beats is how long a click, a key or
a repaint would have had to wait. Each round is a process of its own, so that pages are new in it.
Beside the clock stands what the window's thread itself used of the processor in that time: less on
a machine that others use, too. `--where` profiles one step instead and prints what took longest.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

SIZE = (1600, 900)
WANTED = 50
"""Milliseconds that nothing may take."""
REST = 400
"""Milliseconds in which what an action leaves to do later is waited for."""
PAGES = ("data", "design", "train", "test", "export")
TEMPLATES = ("GoogLeNet (paper)", "ResNet-152", "DenseNet-121")

Times = dict[str, tuple[float, float]]
"""Milliseconds by the clock and of the thread's processor time, by the step's name."""


class Beat(QObject):
    """Beats in the event loop, and keeps the longest time between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = (0.0, 0.0)
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def forget(self) -> None:
        """Begin anew."""
        self._beat()
        self.longest = (0.0, 0.0)

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        passed = (1000 * (now[0] - self._last[0]), 1000 * (now[1] - self._last[1]))
        self.longest = max(self.longest, passed)
        self._last = now


def spin(milliseconds: int) -> None:
    """Let the event loop go."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Let the event loop go until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        spin(5)


class Round:
    """One window, from its first page to its end.

    Args:
        profiled: Name of the step that is profiled, or "".
    """

    def __init__(self, profiled: str = "") -> None:
        from gui.shell.application import make_application, make_window
        from gui.shell.garbage import GarbageCollector

        self.times: Times = {}
        self._profiled = profiled
        application = make_application()
        self.window = make_window(application)
        GarbageCollector(application)
        self.window.resize(*SIZE)
        self.session = self.window.session
        self.beat = Beat()

    def step(
        self, name: str, act: Callable[[], object], done: Callable[[], object] = lambda: True
    ) -> None:
        """Do something from the event loop, and keep how long the window was blocked by it."""
        spin(REST)
        profile = cProfile.Profile() if name == self._profiled else None
        self.beat.forget()
        if profile:
            profile.enable()
        QTimer.singleShot(0, act)
        spin(20)
        until(done)
        spin(REST)
        self.times[name] = self.beat.longest
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)

    def run(self) -> None:
        """Do all steps."""
        window = self.window
        self.step(
            "window shown, pages imported", window.show, lambda: "design" in vars(self.session)
        )
        for page in PAGES:
            self.step(f"first showing of {page.title()}", lambda page=page: window.show_page(page))
        self.step("theme: no project, Export in sight", window.switch_theme)
        self.open_templates()
        self.edit_large()
        self.change_themes()
        window.close()

    def open_templates(self) -> None:
        """Open networks from the gallery, with the mouse."""
        window, design = self.window, self.session.design
        window.show_page("design")
        for title in TEMPLATES:
            if window.page.workspace is not None:
                self.step("gallery opened over the design", window.page.show_templates)
            gallery = self._gallery()
            gallery.field.setText(title)
            row = next(
                row
                for row in range(gallery.model.rowCount())
                if gallery.model.index(row).data() == title
            )
            gallery.view.setCurrentIndex(gallery.model.index(row))
            self.step(
                f"{title} opened",
                lambda gallery=gallery: click(gallery._plain),
                lambda title=title: design.document.origin.title == title,
            )

    def edit_large(self) -> None:
        """Unfold, undo and do again, with the keys."""
        window, document = self.window, self.session.design.document
        canvas, table = window.page.workspace.canvas, window.page.workspace.table
        window.page.workspace._table_toggle.click()
        self.step("table of DenseNet-121, all layers", table._all.click)
        table._all.click()
        window.page.workspace._table_toggle.click()
        for name, key in (("undone", "Z"), ("done again", "Y")):
            self.step(f"opening of DenseNet-121 {name}", lambda key=key: press(canvas, key))
        for title in ("DenseNet-121", "ResNet-152"):
            until(lambda title=title: document.origin.title == title)
            cards = len(canvas.picture.cards)
            canvas.setFocus()
            press(canvas, "A")
            self.step(
                f"{title}: all groups unfolded",
                lambda: QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier),
                lambda cards=cards: len(canvas.picture.cards) != cards,
            )
            self.step(f"{title}: that undone", lambda: press(canvas, "Z"))
            self.step(f"{title}: that done again", lambda: press(canvas, "Y"))
            self.step(f"{title}: arranged", lambda: press(canvas, "F", shift=True))
            self.step(f"{title}: all selected", lambda: press(canvas, "A"))
            self.step(f"{title}: all deleted but undone", lambda: delete_and_undo(canvas))
            while document.undo_stack.index() and document.origin.title == title:
                document.undo_stack.undo()

    def change_themes(self) -> None:
        """Switch the theme with a design open, on the pages; then with a project open, too."""
        window, session = self.window, self.session
        session.design.open_template("resnet152")
        until(lambda: session.design.document.origin.title == "ResNet-152")
        conv = session.design.document.network.named("conv1").id
        session.design.document.select([conv])
        for tab in ("code", "picture", "settings"):
            window.page.workspace.side.show_tab(tab)
            spin(REST)
        self.step("theme: ResNet-152 open, Design in sight", window.switch_theme)
        images = Path(os.environ["LAYERLOOM_HOME"]) / "Squares"
        make_images(images)
        self.step(
            "folder of 200 images opened",
            lambda: window.open_path(images),
            lambda: session.project.report and not session.jobs.busy,
        )
        for page in PAGES:
            self.step(f"{page.title()} shown again", lambda page=page: window.show_page(page))
            self.step(f"theme: project open, {page.title()} in sight", window.switch_theme)
        self.step("Design shown after another theme", lambda: window.show_page("design"))

    def _gallery(self):
        from gui.design.gallery.templates_dialog import TemplatesDialog

        dialogs = self.window.findChildren(TemplatesDialog)
        gallery = dialogs[-1].gallery if dialogs else self.window.page.welcome.gallery
        until(lambda: gallery.model.rowCount() > 1)
        return gallery


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(canvas, letter: str, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    held |= Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(canvas, getattr(Qt.Key, f"Key_{letter}"), held)


def delete_and_undo(canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    QTimer.singleShot(0, lambda: press(canvas, "Z"))


def make_images(folder: Path) -> None:
    for name in ("dark", "light"):
        (folder / name).mkdir(parents=True)
        for number in range(100):
            grey = number + (128 if name == "light" else 0)
            Image.new("RGB", (96, 80), (grey, number, 255 - grey)).save(
                folder / name / f"{number:03}.png"
            )


def one_round(profiled: str) -> None:
    """Run the steps once, and print them as JSON."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["LAYERLOOM_HOME"] = home
        made = Round(profiled)
        made.run()
        print(json.dumps(made.times))


def main() -> None:
    if "--round" in sys.argv or "--where" in sys.argv:
        one_round(sys.argv[-1] if "--where" in sys.argv else "")
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    command = [sys.executable, __file__, "--round"]
    rounds = [
        json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        for _ in range(count)
    ]
    print(f"Longest time the window is blocked, {count} rounds, medians of milliseconds")
    for name in rounds[0]:
        clock, used = zip(*(each[name] for each in rounds), strict=True)
        middle = statistics.median(clock)
        verdict = " MISSED" if middle > WANTED else ""
        print(
            f"{name:45} {middle:7.1f} (processor {statistics.median(used):.1f}, "
            f"{min(clock):.1f}…{max(clock):.1f}){verdict}"
        )


if __name__ == "__main__":
    main()
