"""Runs of the same name are told apart."""

from __future__ import annotations

import datetime

from gui.look.numbers import moment
from gui.train.runs.run_words import told_apart


def test_runs_of_the_same_name_are_told_by_when_they_began(qapp) -> None:
    now = datetime.datetime.now().astimezone().replace(hour=12, minute=5)
    later = now.replace(minute=47).isoformat()
    old = (now - datetime.timedelta(days=1)).isoformat()
    titles = told_apart([("a", now.isoformat()), ("a", later), ("b", later), ("a", old)])
    assert len(set(titles)) == 4
    assert "05" in titles[0]
    assert titles[0].endswith(" · a")
    assert "47" in titles[1]
    assert titles[2] == "b"
    assert titles[3] == f"{moment(old)} · a"


def test_runs_that_began_in_the_same_minute_are_numbered(qapp) -> None:
    now = datetime.datetime.now().astimezone().isoformat()
    first, second = told_apart([("a", now), ("a", now)])
    assert first.startswith("1 · ")
    assert second.startswith("2 · ")
