"""What the user says of a run: a name and a note."""

from __future__ import annotations

from pathlib import Path

import msgspec

from core.atomic import write_atomically
from core.decoding import decode
from core.errors import StorageError

NOTES = "notes.json"

MOST_LETTERS = 2000
"""Longest name or note that is kept."""


class RunNotes(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of a run.

    Attributes:
        name: Shown instead of the recipe and network, or "".
        note: A text, or "".
    """

    name: str = ""
    note: str = ""


def read_notes(run_folder: Path) -> RunNotes:
    """Return what the user says of a run; nothing where the file is missing or damaged."""
    try:
        return decode((run_folder / NOTES).read_bytes(), RunNotes)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return RunNotes()


def keep_notes(run_folder: Path, notes: RunNotes) -> None:
    """Keep what the user says of a run.

    Raises:
        StorageError: It cannot be written, or the run is gone.
    """
    if not run_folder.is_dir():
        raise StorageError("The run no longer exists", run_folder)
    trimmed = RunNotes(name=notes.name.strip()[:MOST_LETTERS], note=notes.note[:MOST_LETTERS])
    write_atomically(run_folder / NOTES, msgspec.json.format(msgspec.json.encode(trimmed)))
