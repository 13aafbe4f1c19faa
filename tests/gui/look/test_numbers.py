"""Numbers and dates as the window writes them."""

from __future__ import annotations

import datetime

import pytest

from gui.export.destination import folder_name, free_folder
from gui.look.numbers import duration, file_size, percent, relative_day, time_left

TODAY = datetime.date(2024, 5, 17)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (3, "Tuesday"), (9, "last week"), (-1, "today")],
)
def test_days_are_said_as_one_speaks_of_them(qapp, days: int, said: str) -> None:
    assert relative_day(TODAY - datetime.timedelta(days), TODAY) == said


def test_shares_and_times_are_readable(qapp) -> None:
    assert percent(0.96078) == "96.1\u202f%"
    assert percent(None) == "–"
    assert duration(3.04) == "3.0 s"
    assert duration(70) == "1 min 10 s"
    assert duration(7260) == "2 h 1 min"
    assert time_left(0.2) == "about 1 s left"
    assert file_size(13_400_000) == "13.4\u202fMB"


def test_an_export_never_writes_over_another(tmp_path) -> None:
    assert folder_name("Ants & bees ") == "ants-bees"
    assert folder_name("Птицы сада") == "птицы-сада"
    assert folder_name("!!") == "model"
    free_folder(tmp_path, "Ants").mkdir()
    assert free_folder(tmp_path, "Ants").name == "ants-2"
