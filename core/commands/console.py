"""What a command says and where: results to standard output, progress and notes to the other."""

from __future__ import annotations

import io
import json
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from core.crash_log import crash_log, write_crash_log
from core.distributed import RankError, ranks
from core.errors import LayerloomError, Paused, Stopped
from core.jobs.job import Reporter
from core.jobs.messages import Log, Telling, Wish
from core.jobs.messages import Progress as ProgressMessage
from core.jobs.phases import Phase
from core.recipes.options import OptionError
from core.recipes.recipes import RecipeError

Result = dict[str, Any]
FAILURE, WRONG_USAGE = 1, 2
"""Exit status of a command that failed, and of one that was given what does not exist."""

WIDEST = 10_000
"""Characters of a line, so that no table is wrapped."""


def answer(
    as_json: bool,
    work: Callable[[Reporter], Result],
    say: Callable[[Result], str],
    *,
    pauses: bool = False,
) -> None:
    """Do a command's work and print what came out, as one JSON object or as text.

    Every failure becomes a sentence (or the JSON form of one) and exit status 1; 2 where a recipe
    or one of its settings was named that does not exist, or a value that it cannot take.

    Args:
        as_json: Print JSON.
        work: Returns the JSON form of the result.
        say: Makes a text for a person of it.
        pauses: Whether Ctrl+C asks the work to pause; pressed again it ends it at once.
    """
    report = Reporter()
    try:
        with _progress_bar(_wish_of_ctrl_c() if pauses else lambda: None) as report:
            result = work(report)
    except LayerloomError as error:
        _fail(as_json, error)
    except (KeyboardInterrupt, Stopped) as ended:
        _fail(as_json, _interrupted(ended, report.kept_in))
    except MemoryError:
        _fail(as_json, LayerloomError("There is not enough memory for this"))
    except OSError as error:
        _fail(as_json, LayerloomError(error.strerror or str(error), error.filename or ""))
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, and the log
        where = crash_log() if write_crash_log(traceback.format_exc()) else ""
        what = f"An unexpected error occurred: {error or type(error).__name__}"
        _fail(as_json, LayerloomError(what, where, "The details are in the log."))
    plain = msgspec.to_builtins(result)
    _print(json.dumps(plain, ensure_ascii=False) if as_json else say(plain))


def _interrupted(ended: BaseException, kept_in: Path | None) -> LayerloomError:
    """Say that the user ended a command, and how to go on where that can be done."""
    paused_in = ended.folder if isinstance(ended, Paused) else None
    if folder := paused_in or kept_in:
        hint = f'Resume with: layerloom resume "{folder}"'
        return LayerloomError("Paused" if paused_in else "Stopped", folder, hint)
    return LayerloomError("Stopped", hint="Existing files were not changed.")


def note(text: str) -> None:
    """Print a sentence that is not the result."""
    if ranks().first:
        print(text, file=sys.stderr)


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a table of plain text, which other programs can read line by line.

    Nothing is coloured, cut off or wrapped, however narrow the terminal.

    Args:
        columns: Heading and alignment of each column.
        rows: The cells, shown as they are.
    """
    made = Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for cells in rows:
        made.add_row(*map(Text, cells))
    console = Console(file=io.StringIO(), width=WIDEST, color_system=None)
    with console.capture() as shown:
        console.print(made)
    return "\n".join(line.rstrip() for line in shown.get().splitlines())


def _wish_of_ctrl_c() -> Callable[[], Wish | None]:
    """Turn the first Ctrl+C, or SIGTERM, into the wish to pause; another one interrupts."""
    pressed: list[Wish] = []

    def press(*_: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(Wish.PAUSE)
        note("Pausing; press Ctrl+C again to stop immediately.")

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, press)
    return lambda: pressed[0] if pressed else None


def _fail(as_json: bool, error: LayerloomError) -> NoReturn:
    if as_json:
        told = {"what": error.what, "where": error.where, "hint": error.hint}
        _print(json.dumps({"error": told}, ensure_ascii=False))
    else:
        note(str(error))
    if isinstance(error, RankError) and not ranks().first:  # the first process may be the lost one
        print(str(error), file=sys.stderr)
    raise typer.Exit(WRONG_USAGE if isinstance(error, RecipeError | OptionError) else FAILURE)


def _print(text: str) -> None:
    if ranks().first:
        print(text)


@contextmanager
def _progress_bar(wish: Callable[[], Wish | None]) -> Iterator[Reporter]:
    """Give a reporter that draws a progress bar where standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Reporter(
            lambda message: note(message.text) if isinstance(message, Log) else None, wish
        )
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        tasks: dict[Phase, TaskID] = {}

        def show(message: Telling) -> None:
            if isinstance(message, Log):
                bar.console.print(message.text, markup=False, highlight=False)
            if not isinstance(message, ProgressMessage):
                return
            if message.phase not in tasks:
                tasks[message.phase] = bar.add_task(message.phase.text, rate="")
            rate = f"{message.per_second:.0f}/s" if message.total > 1 else ""
            task = tasks[message.phase]
            bar.update(task, completed=message.done, total=message.total, rate=rate)

        yield Reporter(show, wish)
