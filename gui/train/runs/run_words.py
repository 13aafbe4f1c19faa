"""A run's figures as a table shows them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from gui.look.core_texts import translated
from gui.look.numbers import (
    compact,
    decimal,
    duration,
    milliseconds,
    moment,
    percent,
    relative_day,
)

if TYPE_CHECKING:
    from core.runs.checkpoint import Best
    from core.runs.curve import EpochPoint
    from core.runs.run_measures import RunMeasures
    from core.runs.runs import Run, RunSettings
    from core.runs.unfinished import UnfinishedRun

DASH = "–"


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the table.

    Attributes:
        folder: Of the run; of the one that trains `RUNNING`.
        sign: Its icon: "ok", "pause" or "play".
        cells: As shown.
        values: What each cell is sorted by; None: behind all others.
    """

    folder: Path
    sign: str
    cells: tuple[str, ...]
    values: tuple[Any, ...]


def finished_row(run: Run, title: str, measures: RunMeasures | None) -> RunRow:
    """Return the row of a finished run."""
    scores = run.result.held_out
    low, high = (decimal(end * 100, 0) for end in scores.interval)
    seconds = run.result.seconds.total
    measured = (
        (measures.loss, measures.parameters, measures.multiply_adds, measures.milliseconds)
        if measures
        else (None, None, None, None)
    )
    loss, parameters, multiply_adds, each = measured
    return RunRow(
        run.folder,
        "ok",
        (
            title,
            f"{percent(scores.accuracy)}  ({low}–{high})",
            DASH if loss is None else decimal(loss, 3),
            DASH if parameters is None else compact(parameters),
            DASH if multiply_adds is None else compact(multiply_adds),
            milliseconds(each) if each else DASH,
            duration(seconds),
            begun(run.settings.started),
        ),
        (title.casefold(), scores.accuracy, *measured, seconds, run.settings.started),
    )


def unfinished_row(
    folder: Path, sign: str, title: str, state: str, started: str, best: Best | EpochPoint | None
) -> RunRow:
    """Return the row of a run that has not come to its end."""
    accuracy = best.validation_accuracy if best else None
    loss = best.validation_loss if best else None
    return RunRow(
        folder,
        sign,
        (
            title,
            DASH if accuracy is None else percent(accuracy),
            DASH if loss is None else decimal(loss, 3),
            *(DASH,) * 3,
            state,
            begun(started) if started else "",
        ),
        (title.casefold(), accuracy, loss, None, None, None, None, started or "~"),
    )


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
    from core.recipes.recipes import RECIPES

    return translated(RECIPES[name].title) if name in RECIPES else name.capitalize()


def usual_title(settings: RunSettings) -> str:
    """Return the title of a run that the user gave no name: its recipe and network."""
    return f"{recipe_title(settings.recipe)} · {settings.network_title}"


def how_far(run: UnfinishedRun) -> str:
    """Say how far an unfinished run came."""
    translate = QCoreApplication.translate
    if run.written is None:
        return translate("Runs", "stopped before the first checkpoint")
    return translate("Runs", "epoch {0} of {1}").format(int(run.epoch), run.epochs)
