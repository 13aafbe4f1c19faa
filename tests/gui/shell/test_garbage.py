"""Python's garbage: looked for when nobody waits."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.shell.garbage import GarbageCollector


class Circle:
    """Refers to itself, so that counting references does not free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[GarbageCollector]:
    before = gc.get_threshold()
    made = GarbageCollector(qapp)
    yield made
    made.deleteLater()
    gc.set_threshold(*before)


def test_all_objects_are_looked_through_only_when_the_user_turns_away(
    qapp: QApplication, collector: GarbageCollector
) -> None:
    old = Circle()
    gc.collect()  # now it is of the oldest generation
    gone = weakref.ref(old)
    del old
    kept = [[number] for number in range(300_000)]  # Python itself would look through all of it
    assert gone() is not None
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert gone() is not None
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert gone() is None
    assert kept[-1] == [299_999]


def test_young_garbage_goes_at_once(collector: GarbageCollector) -> None:
    gone = weakref.ref(Circle())
    kept = [[number] for number in range(20_000)]
    assert gone() is None
    assert len(kept) == 20_000
