"""How long the window is held up while a page is shown for the first time.

Run: `.venv/bin/python tests/benchmarks/first_showing.py FOLDER` (a folder of images). A project is
made of them, trained with the quick recipe, and each page is shown once, offscreen, 1440 × 900. Of
each it prints the longest turns of the event loop, by the clock and of the processor: less on a
machine that others use, too.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from gui.shell.application import make_application, make_window
from gui.shell.workspaces import WORKSPACES

WANTED = 50
SHOWN = 3


class Turns:
    """Notes how long each turn of the event loop takes, in milliseconds."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._take)
        self._last = self._now()
        self.taken: list[tuple[float, float]] = []

    def start(self) -> None:
        self._timer.start()
        wait(0.2)
        self.taken.clear()
        self._last = self._now()

    def longest(self) -> str:
        self._timer.stop()
        ordered = sorted(self.taken, key=lambda turn: -turn[1])[:SHOWN]
        return ", ".join(f"{clock:.0f} ({processor:.0f})" for clock, processor in ordered)

    def _take(self) -> None:
        now = self._now()
        self.taken.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    @staticmethod
    def _now() -> tuple[float, float]:
        return 1000 * time.perf_counter(), 1000 * time.thread_time()


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["LAYERLOOM_HOME"] = home
        window = make_window(make_application())
        window.show()
        session = window.session
        window.open_path(Path(sys.argv[1]))
        while session.project.report is None or session.jobs.busy:
            wait(0.1)
        from core.training.train_job import TrainJob

        session.workflow.start_training(TrainJob(session.project.project.folder))
        while session.project.run is None:
            wait(0.1)
        wait(3)  # the pages' modules are imported, the run is measured
        print(f"longest turns in ms: clock (processor); wanted <= {WANTED}")
        for workspace in WORKSPACES:
            turns = Turns()
            turns.start()
            window.show_page(workspace.id)
            wait(2)
            print(f"{workspace.id:8} {turns.longest()}")
        window.close()


if __name__ == "__main__":
    main()
