"""How soon the window is on the screen, and how much memory it takes.

python tests/benchmarks/window.py FOLDER             (a folder of images)

Starts the window as `main.py` does, in a process of its own, several times; then opens a project of
the folder's images and waits until its thumbnails are there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS = 7

OPEN_WINDOW = """
import sys, time
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QEvent, QObject, QTimer
from gui.shell.application import make_application, make_window
from pathlib import Path

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: print("painted", flush=True))
        return False

application = make_application()
window = make_window(application)
watcher = FirstPaint()
window.installEventFilter(watcher)
window.show()
if len(sys.argv) > 2:
    window.open_path(Path(sys.argv[2]))

def tell():
    status = Path("/proc/self/status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    heavy = [n for n in ("torch", "sklearn", "onnxruntime", "onnx") if n in sys.modules]
    print(f"{resident / 1024:.0f} {heavy}", flush=True)
    application.quit()

QTimer.singleShot(8000 if len(sys.argv) > 2 else 1500, tell)
application.exec()
window.close()
"""


def start(*arguments: object) -> tuple[float, str]:
    """Start the window; return the seconds to its first paint, and its memory and modules."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN_WINDOW, str(ROOT), *map(str, arguments)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline().strip() == "painted"
    seconds = time.perf_counter() - began
    told = process.stdout.readline().strip()
    process.wait()
    return seconds, told


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["LAYERLOOM_HOME"] = temporary
        starts = [start() for _ in range(STARTS)]
        seconds = [s for s, _ in starts[1:]]
        print(
            f"first paint after {statistics.median(seconds):.2f} s "
            f"({min(seconds):.2f}–{max(seconds):.2f}); wanted <= 1"
        )
        print(f"resident MB, heavy libraries: {starts[-1][1]}")
        start(sys.argv[1])
        _, told = start(sys.argv[1])
        print(f"with a project of the images open: {told}; wanted <= 250")


if __name__ == "__main__":
    main()
