"""The status bar's line on the design, with a time that was measured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from core.jobs.supervision import Supervisor
from core.network.editing.freezing import freeze_up_to
from core.network.naming import rename
from core.network.templates import TEMPLATES
from gui.design.design_status import DesignStatus
from gui.owners.designs.document import Document, Origin
from gui.owners.designs.network_timer import NetworkTimer
from gui.owners.job_owner import JobOwner
from tests.gui.conftest import until


@pytest.fixture
def document(qapp: QApplication) -> Document:
    made = Document()
    made.open(TEMPLATES["lenet5"].build(10), Origin("LeNet-5"))
    return made


@pytest.fixture
def timer(document: Document) -> Iterator[NetworkTimer]:
    jobs = JobOwner(Supervisor())
    made = NetworkTimer(document, jobs)
    yield made
    made.close()
    jobs.close()


def plain(text: str) -> str:
    return text.replace(",", "").replace("\u202f", " ")


def test_totals_are_those_of_the_analysis(document: Document, timer: NetworkTimer) -> None:
    status = DesignStatus(document, timer)
    assert plain(status.left()).startswith("61706 parameters · 416520 multiply-adds · 247 kB")
    assert "per image" not in status.left()
    assert status.right() == "all trainable"
    frozen = freeze_up_to(document.network, document.network.nodes[1].id)
    document.change(frozen, "Freeze")
    assert plain(status.right()) == "156 frozen · 61550 trainable"


def test_the_time_is_measured_and_dropped_when_the_layers_change(
    qtbot, document: Document, timer: NetworkTimer
) -> None:
    status = DesignStatus(document, timer)
    timer.measure()
    assert timer.measuring
    until(qtbot, lambda: timer.timing)
    assert timer.timing.low <= timer.timing.median <= timer.timing.high
    assert "≈ " in status.left()
    assert " ms per image on this CPU" in plain(status.left())
    conv = document.network.nodes[1]
    document.change(rename(document.network, conv.id, "first"), "Rename")
    assert timer.timing is not None
    document.change(document.network.with_setting(conv.id, "out_channels", 7), "Change filters")
    assert timer.timing is None
    assert "per image" not in status.left()


def test_idle_designs_are_measured_unasked_and_again_after_a_change(
    qtbot, document: Document, timer: NetworkTimer
) -> None:
    timer.measure_when_idle(True)
    until(qtbot, lambda: timer.timing)
    conv = document.network.nodes[1]
    document.change(document.network.with_setting(conv.id, "out_channels", 8), "Change filters")
    until(qtbot, lambda: timer.timing)
    assert document.network.by_id[conv.id].layer.out_channels == 8


def test_a_design_with_problems_has_their_count_and_no_time(
    document: Document, timer: NetworkTimer
) -> None:
    linear = next(n for n in document.network.nodes if type(n.layer).__name__ == "Linear")
    document.change(document.network.with_setting(linear.id, "in_features", 3), "Change inputs")
    timer.measure()
    assert not timer.measuring
    assert "problem" in DesignStatus(document, timer).left()


def test_the_process_can_be_ended_while_it_measures(
    qtbot, document: Document, timer: NetworkTimer
) -> None:
    timer.measure()
    timer.close()
    assert not timer.measuring
    timer.measure()
    until(qtbot, lambda: timer.timing)
