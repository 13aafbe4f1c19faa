"""The log of unexpected errors."""

from __future__ import annotations

import datetime
from pathlib import Path

from core.paths import log_folder


def crash_log() -> Path:
    """Return where the log is."""
    return log_folder() / "errors.log"


def write_crash_log(details: str) -> bool:
    """Add an error to the log and return whether the disk allowed it."""
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        crash_log().parent.mkdir(parents=True, exist_ok=True)
        with crash_log().open("a", encoding="utf-8") as file:
            file.write(f"{now}\n{details}\n")
    except OSError:
        return False
    return True
