"""The projects that were open lately, newest first, kept in Layerloom's settings folder."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from core.atomic import write_atomically
from core.decoding import decode
from core.paths import settings_folder

KEPT = 20
"""How many are remembered."""


class RecentProject(msgspec.Struct, frozen=True):
    """A project as it was when it was last open.

    Attributes:
        folder: The project's folder.
        name: As shown.
        opened: ISO 8601, local time with its offset.
        images: Readable images; 0 before the first scan.
        best_accuracy: Of its runs, 0…1; None without a run.
    """

    folder: str
    name: str
    opened: str
    images: int = 0
    best_accuracy: float | None = None

    @property
    def day(self) -> datetime.date:
        """The local day on which it was last open."""
        return datetime.datetime.fromisoformat(self.opened).astimezone().date()


def recent_projects() -> list[RecentProject]:
    """Return the recent projects that still exist; a damaged list counts as empty."""
    try:
        kept = decode(_file().read_bytes(), list[RecentProject])
        return [recent for recent in kept if recent.day and Path(recent.folder).is_dir()]
    except (OSError, ValueError, msgspec.MsgspecError):
        return []


def remember(
    folder: Path, name: str, *, images: int = 0, best_accuracy: float | None = None
) -> None:
    """Put a project at the head of the list.

    Raises:
        StorageError: The list cannot be written.
    """
    opened = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    entry = RecentProject(str(folder), name, opened, images, best_accuracy)
    others = [recent for recent in recent_projects() if recent.folder != entry.folder]
    write_atomically(_file(), msgspec.json.encode([entry, *others][:KEPT]))


def forget(folder: Path) -> None:
    """Take a project off the list; the project itself is not touched.

    Raises:
        StorageError: The list cannot be written.
    """
    others = [recent for recent in recent_projects() if recent.folder != str(folder)]
    write_atomically(_file(), msgspec.json.encode(others))


def _file() -> Path:
    return settings_folder() / "recent.json"
