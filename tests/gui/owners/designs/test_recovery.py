"""What is not saved survives the end of the window, also a sudden one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from core.network.templates import TEMPLATES
from core.project.autosave import Autosave, autosaved_files, read_autosave, write_autosave
from core.project.designs import StoredWeights, save_design
from gui.design.gallery.unsaved_dialog import UnsavedDialog
from gui.owners.designs import autosaver
from gui.owners.designs.autosaver import INTERVAL
from gui.owners.designs.document import Origin
from gui.shell.application import make_application, make_window
from gui.shell.main_window import MainWindow
from tests.gui.conftest import WAIT, click, until, visible_texts

ROOT = Path(__file__).resolve().parents[4]

EDITING = """
import sys, time
from PySide6.QtCore import QTimer
import gui.owners.designs.autosaver as autosaver
from core.network.templates import TEMPLATES
from gui.owners.designs.document import Origin
from gui.shell.application import make_application, make_window

app = make_application()
window = make_window(app)
window.show()
document = window.session.design.document
document.replace(TEMPLATES["alexnet"].build(1000), Origin("AlexNet ü"), "Open")
conv = next(n.id for n in document.network.nodes if type(n.layer).__name__ == "Conv2d")
count = 0

def tell(line):
    sys.stdout.write(line)  # at once: lines of two threads do not mix
    sys.stdout.flush()

def edit():
    global count
    count += 1
    document.change(document.network.with_setting(conv, "out_channels", count), "Edit")
    tell(f"edit {count} {time.time()}\\n")

plain = autosaver.write_autosave

def timed(*arguments):
    began = time.time()
    plain(*arguments)
    tell(f"write {began} {time.time()}\\n")

autosaver.write_autosave = timed
timer = QTimer(interval=20)
timer.timeout.connect(edit)
timer.start()
app.exec()
"""


@pytest.mark.parametrize("seconds", [0.4, 2.3])
def test_killed_while_editing_at_most_the_last_second_is_lost(
    qtbot, qapp, home: Path, seconds: float
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", EDITING],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env=os.environ | {"LAYERLOOM_HOME": str(home)},
        text=True,
    )
    lines = [process.stdout.readline()]
    while time.time() < float(lines[0].split()[2]) + seconds or not any(map(is_write, lines)):
        lines.append(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    killed = time.time()
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    edits = [(int(line.split()[1]), float(line.split()[2])) for line in lines if not is_write(line)]
    writes = [(float(line.split()[1]), float(line.split()[2])) for line in lines if is_write(line)]
    (file,) = autosaved_files()
    kept = read_autosave(file).network
    conv = next(n.id for n in kept.nodes if type(n.layer).__name__ == "Conv2d")
    channels = kept.by_id[conv].layer.out_channels
    written = dict(edits).get(channels, edits[0][1])
    longest_write = max(end - start for start, end in writes)
    times = [when for _, when in edits] + [killed]
    longest_step = max(later - before for before, later in pairwise(times))
    # with a machine that is never late, a second; else what it takes to write and to turn to it
    assert killed - written < INTERVAL + 0.2 + 2 * longest_write + 2 * longest_step
    window = make_window(make_application())
    qtbot.addWidget(window)
    window.show()
    until(qtbot, lambda: window.session.design.document.network.nodes)
    document = window.session.design.document
    assert document.network == kept
    assert document.modified
    assert "“AlexNet ü” was not saved. It was recovered" in visible_texts(window)
    window.close()


def is_write(line: str) -> bool:
    return line.startswith("write")


def test_on_a_slow_disk_writings_do_not_queue_up(qtbot, qapp, monkeypatch) -> None:
    window = make_window(make_application())
    qtbot.addWidget(window)
    document, may_end, written = window.session.design.document, threading.Event(), []

    def slow(file: Path, content: Autosave) -> None:
        written.append(content.network)
        assert may_end.wait(60)
        write_autosave(file, content)

    monkeypatch.setattr(autosaver, "write_autosave", slow)
    monkeypatch.setattr(autosaver, "INTERVAL", 0.0)
    document.replace(TEMPLATES["lenet5"].build(10), Origin("A"), "Open")
    until(qtbot, lambda: written)
    for classes in range(11, 16):
        document.replace(TEMPLATES["lenet5"].build(classes), Origin("A"), "Open")
        QApplication.processEvents()
    may_end.set()
    until(qtbot, lambda: len(written) > 1 and written[-1] is document.network)
    until(qtbot, lambda: read_autosave(autosaved_files()[0]).network == document.network)
    assert len(written) == 2
    window.close()


def test_closing_with_unsaved_changes_offers_them_the_next_time(qtbot, qapp) -> None:
    first = make_window(make_application())
    qtbot.addWidget(first)
    first.show()
    document = first.session.design.document
    document.replace(TEMPLATES["lenet5"].build(10), Origin("Mine"), "Open")
    first.close()
    second = make_window(make_application())
    qtbot.addWidget(second)
    second.show()
    until(qtbot, lambda: second.session.design.document.network.nodes)
    assert second.session.design.document.origin.title == "Mine"
    assert second.session.design.document.modified
    second.close()


def test_what_an_open_window_has_is_left_to_it(qtbot, qapp) -> None:
    first, second = make_window(make_application()), make_window(make_application())
    for window in (first, second):
        qtbot.addWidget(window)
    first.session.design.document.replace(TEMPLATES["lenet5"].build(10), Origin("A"), "Open")
    until(qtbot, autosaved_files)
    second.show()
    with qtbot.waitSignal(second.session.design.recovery.others_changed, timeout=WAIT):
        second.session.design.recover()
    assert not second.session.design.document.network.nodes
    first.close()
    second.close()


def test_once_saved_there_is_nothing_left(qtbot, qapp, tmp_path: Path) -> None:
    window = make_window(make_application())
    qtbot.addWidget(window)
    design = window.session.design
    design.document.replace(TEMPLATES["lenet5"].build(10), Origin("A"), "Open")
    until(qtbot, autosaved_files)
    design.save_as(tmp_path / "a.json")
    until(qtbot, lambda: not autosaved_files())
    window.close()
    assert not autosaved_files()


def drawing(qtbot, template: str) -> MainWindow:
    """Return an open window with a template on Design."""
    window = make_window(make_application())
    qtbot.addWidget(window)
    window.show()
    window.session.design.open_template(template)
    until(qtbot, lambda: window.session.design.document.network.nodes)
    return window


def test_a_design_that_another_one_takes_the_place_of_is_kept(qtbot, qapp, tmp_path: Path) -> None:
    window = drawing(qtbot, "lenet5")
    design, canvas = window.session.design, window.page.workspace.canvas
    canvas.focus.put_at("c1")
    canvas.focus.select()
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    edited = design.document.network
    save_design(tmp_path / "other.json", TEMPLATES["zfnet"].build(10))
    window.open_path(tmp_path / "other.json")
    until(qtbot, lambda: design.document.origin.title == "other")
    until(qtbot, lambda: [read_autosave(file).network for file in autosaved_files()] == [edited])
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert design.document.network == edited
    qtbot.keyClick(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert design.document.origin.title == "other"
    window.close()
    again = make_window(make_application())
    qtbot.addWidget(again)
    again.show()
    until(qtbot, lambda: again.session.design.document.network == edited)
    again.close()


def test_a_design_left_behind_and_saved_after_undoing_is_not_offered(
    qtbot, qapp, tmp_path: Path
) -> None:
    window = drawing(qtbot, "lenet5")
    design, canvas = window.session.design, window.page.workspace.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    design.open_template("zfnet")
    until(qtbot, lambda: design.document.origin.title == "ZFNet")
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    design.save_as(tmp_path / "a.json")
    until(qtbot, lambda: not design.document.modified and not autosaved_files())
    window.close()
    assert not autosaved_files()


def leave_unsaved(qtbot, title: str, template: str, weights: Path | None = None) -> None:
    """Open a window, have a design in it, and close it without saving."""
    window = make_window(make_application())
    qtbot.addWidget(window)
    stored = StoredWeights(weights, {"a": (1,)}) if weights else None
    network = TEMPLATES[template].build(10)
    window.session.design.document.replace(network, Origin(title, None, stored), "Open")
    window.close()


def test_all_unsaved_designs_are_offered_and_none_is_lost(qtbot, qapp) -> None:
    leave_unsaved(qtbot, "First", "lenet5")
    leave_unsaved(qtbot, "Second", "alexnet")
    leave_unsaved(qtbot, "Third", "zfnet")
    window = make_window(make_application())
    qtbot.addWidget(window)
    window.show()
    document = window.session.design.document
    until(qtbot, lambda: document.network.nodes)
    assert document.origin.title == "Third"
    assert "There are 2 other unsaved designs." in visible_texts(window)
    click(qtbot, window, "Show…")
    dialog = window.findChild(UnsavedDialog)
    until(qtbot, lambda: "First" in visible_texts(dialog))
    assert "61,706 parameters" in visible_texts(dialog)
    assert "Third" not in visible_texts(dialog)
    named = {made.accessibleName(): made for made in dialog.findChildren(QPushButton)}
    qtbot.mouseClick(named["Open First"], Qt.MouseButton.LeftButton)
    assert document.origin.title == "First"
    assert document.modified
    recovery = window.session.design.recovery
    until(qtbot, lambda: {left.autosave.title for left in recovery.others} == {"Second", "Third"})
    window.show_unsaved_designs()
    dialog = next(d for d in window.findChildren(UnsavedDialog) if d.isVisible())
    named = {made.accessibleName(): made for made in dialog.findChildren(QPushButton)}
    qtbot.mouseClick(named["Delete Second"], Qt.MouseButton.LeftButton)
    until(qtbot, lambda: [left.autosave.title for left in recovery.others] == ["Third"])
    (third,) = recovery.others
    named = {made.accessibleName(): made for made in dialog.findChildren(QPushButton)}
    qtbot.mouseClick(named["Delete Third"], Qt.MouseButton.LeftButton)
    until(qtbot, lambda: not recovery.others)
    dialog.reject()
    assert "The unsaved “Third” was deleted." in visible_texts(window)
    click(qtbot, window, "Restore")
    until(qtbot, lambda: [left.autosave for left in recovery.others] == [third.autosave])
    assert "The unsaved “Second” was deleted." in visible_texts(window)
    window.close()
    kept = {read_autosave(file).title for file in autosaved_files()}
    assert kept == {"First", "Third"}


def test_a_recovered_design_says_that_its_weights_are_gone(qtbot, qapp, tmp_path: Path) -> None:
    leave_unsaved(qtbot, "Mine", "lenet5", tmp_path / "emptied.safetensors")
    window = make_window(make_application())
    qtbot.addWidget(window)
    window.show()
    until(qtbot, lambda: window.session.design.document.network.nodes)
    assert window.session.design.document.origin.weights is None
    assert "Its weights are missing" in visible_texts(window)
    window.close()
