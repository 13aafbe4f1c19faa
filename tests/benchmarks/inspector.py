"""From a keystroke in the inspector to the design, the inspector and the table shown anew.

Run with `QT_QPA_PLATFORM=offscreen python tests/benchmarks/inspector.py`. The design is
ResNet-152 (517 layers), the keystrokes go to the fields of its first convolution, behind which all
shapes change; beside it, the part of it that is the analysis alone.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from core.network.analysis import analyse
from core.network.layout.opening_view import suggest_groups
from core.network.templates import TEMPLATES
from gui.design.inspector.inspector import Inspector
from gui.design.problems.fix_finder import FixFinder
from gui.design.table.layer_table import LayerTable
from gui.look.appearance import Appearance, dress
from gui.owners.background import Background
from gui.owners.designs.document import Document, Origin

ROUNDS = 40


def times_of(task: Callable[[int], object]) -> list[float]:
    """Return the milliseconds of the rounds, sorted."""
    times = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        task(number)
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)


def say(name: str, times: list[float]) -> None:
    """Print median and spread."""
    high = times[int(0.95 * len(times))]
    print(f"{name:58} {statistics.median(times):7.2f} ms  (5 % above {high:.2f})")


def field(widget: QWidget, name: str) -> QLineEdit:
    """Return the field of this accessible name."""
    return next(f for f in widget.findChildren(QLineEdit) if f.accessibleName() == name)


def typing(edit: QLineEdit) -> Callable[[int], None]:
    """Return a task that types one of two digits over the other, and lets all be painted."""

    def task(number: int) -> None:
        edit.selectAll()
        QTest.keyClicks(edit, "53"[number % 2])
        QCoreApplication.processEvents()

    return task


def main() -> None:
    """Print the times."""
    application = QApplication([])
    Appearance(application, "dark")
    document, background = Document(), Background()
    network = suggest_groups(TEMPLATES["resnet152"].build(1000))
    document.open(network, Origin("ResNet-152"))
    inspector = Inspector(document, FixFinder(document, background))
    dress(inspector)
    inspector.resize(316, 860)
    inspector.show()
    document.select([network.named("conv1").id])
    QTest.qWait(200)
    edit = field(inspector, "Kernel size: height")
    edit.setFocus(Qt.FocusReason.MouseFocusReason)

    kernels = [network.with_setting("conv1", "kernel_size", (n, n)) for n in (5, 3)]
    analyses = [analyse(kernel) for kernel in kernels]
    say(
        "the analysis alone",
        times_of(lambda n: analyse(kernels[n % 2], analyses[(n + 1) % 2])),
    )
    say("keystroke to inspector painted", times_of(typing(edit)))
    table = LayerTable(document)
    dress(table)
    table.resize(900, 260)
    table.show()
    QTest.qWait(100)
    say("the same with the table, folded", times_of(typing(edit)))
    say("an update of the table alone, folded", times_of(lambda _: table._refresh()))
    table._all.click()
    QTest.qWait(100)
    say("keystroke, table with all 517 layers", times_of(typing(edit)))
    table.hide()
    ids = [n.id for n in document.network.nodes if n.name.endswith("conv1")]
    document.select(ids)
    QTest.qWait(300)
    say(
        f"keystroke for {len(ids)} selected layers",
        times_of(typing(field(inspector, "Dilation: height"))),
    )
    others = [n.id for n in document.network.nodes if n.name.startswith("layer3")]
    say(
        "select another layer",
        times_of(lambda n: (document.select([others[n]]), QCoreApplication.processEvents())),
    )
    background.close()


if __name__ == "__main__":
    main()
