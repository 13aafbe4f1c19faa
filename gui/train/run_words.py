"""A run's figures as a table shows them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from gui.shell.core_texts import translated
from gui.widgets.numbers import (
    compact,
    decimal,
    duration,
    milliseconds,
    moment,
    percent,
    relative_day,
)

if TYPE_CHECKING:
    from core.training.run_notes import RunMeasures
    from core.training.runs import Run
    from core.training.unfinished import UnfinishedRun

DASH = "–"


def finished_row(run: Run, title: str, measures: RunMeasures | None) -> tuple[str, ...]:
    """Return the cells of a finished run."""
    scores = run.result.held_out
    low, high = (decimal(end * 100, 0) for end in scores.interval)
    return (
        title,
        f"{percent(scores.accuracy)}  ({low}–{high})",
        decimal(measures.loss, 3) if measures else DASH,
        compact(measures.parameters) if measures else DASH,
        compact(measures.multiply_adds) if measures else DASH,
        milliseconds(measures.milliseconds) if measures and measures.milliseconds else DASH,
        duration(run.result.seconds.total),
        begun(run.settings.started),
    )


def unfinished_row(run: UnfinishedRun, title: str, state: str) -> tuple[str, ...]:
    """Return the cells of a run that has not come to its end."""
    accuracy = percent(run.best.validation_accuracy) if run.best else DASH
    loss = decimal(run.best.validation_loss, 3) if run.best else DASH
    return (title, accuracy, loss, DASH, DASH, DASH, state, begun(run.settings.started))


def begun(iso: str) -> str:
    """Return when a run was begun: the time of a run of today, the day of an older one."""
    try:
        local = datetime.datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    if local.date() == datetime.datetime.now().astimezone().date():
        return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return relative_day(local.date())


def told_apart(named: Sequence[tuple[str, str]]) -> list[str]:
    """Return titles of which no two are the same.

    Args:
        named: Title and beginning (ISO 8601) of each run. Those of the same title are told by
            when they began, which comes first because the end of a long name is cut off; those
            that began in the same minute also by their number.
    """
    titles = Counter(title for title, _ in named)
    apart = [f"{begun_at(iso)} · {title}" if titles[title] > 1 else title for title, iso in named]
    times, met = Counter(apart), Counter[str]()
    for place, title in enumerate(apart):
        met[title] += 1
        if times[title] > 1:
            apart[place] = f"{met[title]} · {title}"
    return apart


def begun_at(iso: str) -> str:
    """Return the time at which a run was begun, and the date of one that was not begun today."""
    usual = begun(iso)
    return usual if usual in moment(iso) else moment(iso)


def recipe_title(name: str) -> str:
    """Return a recipe's title, or its name where this version does not know it."""
    from core.training.recipes import RECIPES

    return translated(RECIPES[name].title) if name in RECIPES else name.capitalize()


def how_far(run: UnfinishedRun) -> str:
    """Say how far an unfinished run came."""
    translate = QCoreApplication.translate
    if run.written is None:
        return translate("Runs", "stopped before the first checkpoint")
    return translate("Runs", "epoch {0} of {1}").format(int(run.epoch), run.epochs)
