"""Designs as they were a moment ago, kept until they are saved, also after a crash."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from core.atomic import write_atomically
from core.decoding import decode, format_of
from core.errors import LayerloomError, storage_errors
from core.network.network import MAX_FILE_BYTES, Network
from core.paths import data_folder

FORMAT = 1
SUFFIX = ".autosave"


class AutosaveError(LayerloomError):
    """An autosaved design that cannot be read."""


class Autosave(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A design that is not in its file yet.

    Attributes:
        format: Version of the file's format.
        title: As shown.
        path: The design's file, or "" while it has none.
        weights: The file of what it came with, or "".
        saved: When: ISO 8601, local time with its offset.
        network: The design.
    """

    format: int = FORMAT
    title: str
    path: str = ""
    weights: str = ""
    saved: str = ""
    network: Network


def autosave_folder() -> Path:
    """Return where autosaved designs lie."""
    return data_folder() / "autosave"


def write_autosave(file: Path, autosave: Autosave) -> None:
    """Write a design, whole or not at all, with the time of now.

    Raises:
        StorageError: It cannot be written.
    """
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    restore_autosave(file, msgspec.structs.replace(autosave, saved=now))


def restore_autosave(file: Path, autosave: Autosave) -> None:
    """Write a design that was deleted as it was, with its time.

    Raises:
        StorageError: It cannot be written.
    """
    write_atomically(file, msgspec.json.encode(autosave))


def read_autosave(file: Path) -> Autosave:
    """Read an autosaved design.

    Raises:
        AutosaveError: It cannot be read, is damaged or of a newer format.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(2 * MAX_FILE_BYTES)
        if format_of(data) > FORMAT:
            raise AutosaveError(
                "The unsaved design is from a newer version of Layerloom",
                file,
                "Open it with that version.",
            )
        return decode(data, Autosave)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AutosaveError(f"An unsaved design cannot be read ({error})", file) from error


def autosaved_files() -> list[Path]:
    """Return the files of unsaved designs, the newest first; also those of open windows.

    Raises:
        StorageError: The folder cannot be read.
    """
    folder = autosave_folder()
    with storage_errors(folder, "looking for unsaved designs"):
        if not folder.is_dir():
            return []
        dated = [(path.stat().st_mtime_ns, path) for path in folder.glob(f"*{SUFFIX}")]
    return [path for _, path in sorted(dated, reverse=True)]


def put_aside(file: Path) -> Path:
    """Rename a file that cannot be read, so that it is kept but not offered again.

    Raises:
        StorageError: It cannot be renamed.
    """
    broken = file.with_name(file.name + ".broken")
    with storage_errors(file, "moving a damaged file"):
        file.replace(broken)
    return broken


def forget_autosave(file: Path) -> None:
    """Delete an autosaved design that is saved now, or is not wanted.

    Raises:
        StorageError: It cannot be deleted.
    """
    with storage_errors(file, "deleting an unsaved design"):
        file.unlink(missing_ok=True)
