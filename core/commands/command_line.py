"""The command line."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from core.commands import models, networks, training
from core.version import VERSION

COMMANDS: tuple[Callable[..., None], ...] = (
    networks.networks,
    networks.analyse,
    networks.source,
    training.scan,
    training.train,
    training.resume,
    models.evaluate,
    models.export,
    models.predict,
    training.demo,
)
"""Named as the functions are, in the order of the help."""

app = typer.Typer(
    help="Teach a computer to recognise your own images. Without a command, the window opens.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command()(command)


def run() -> None:
    """Run the command that the program's arguments name."""
    for stream in (sys.stdout, sys.stderr):  # file names may hold what the terminal cannot show
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _interrupt)
    app()


def _interrupt(*_: object) -> None:
    """End as Ctrl+C does, so that what was begun is cleared away."""
    raise KeyboardInterrupt


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(f"layerloom {VERSION}")


def is_command(name: str) -> bool:
    """Return whether a command has this name; a folder of the same name may lie around."""
    return any(name == command.__name__ for command in COMMANDS)
