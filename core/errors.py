"""The one family of errors that is meant for a user's eyes."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LayerloomError(Exception):
    """A failure a user can do something about.

    Args:
        what: One sentence: what happened, with the values received.
        where: The file, folder or layer concerned.
        hint: What can be done, as a sentence.
    """

    def __init__(self, what: str, where: str | Path = "", hint: str = "") -> None:
        super().__init__(what, str(where), hint)
        self.what = what
        self.where = str(where)
        self.hint = hint

    def __str__(self) -> str:
        """Return the whole error as plain sentences."""
        where = f" ({self.where})" if self.where and self.where not in self.what else ""
        what = self.what.rstrip(".")
        return " ".join(part for part in (f"{what}{where}.", self.hint) if part)


class Stopped(Exception):  # noqa: N818 - the user's wish, not an error
    """The user asked the running job to stop; raised wherever the job next reports."""


class Paused(Stopped):
    """The user asked the running job to pause: it ends, and another goes on from what it left.

    Args:
        folder: What to go on from; None where the job has nothing to go on from.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder


class StorageError(LayerloomError):
    """A file or folder of ours could not be read or written."""


class NoRoomError(StorageError):
    """The disk is full."""


# A file-size limit (EFBIG) and a quota reach a user the same way a full disk does.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def storage_error(error: OSError, path: str | Path, doing: str) -> StorageError:
    """Put an `OSError` met while `doing` something to `path` into a sentence."""
    if error.errno in NO_ROOM:
        return NoRoomError(
            f"The disk became full while {doing}",
            path,
            "Free some space and try again; no incomplete files were left.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return StorageError(
            f"Layerloom has no permission to write here while {doing}",
            path,
            "Choose a folder that you can write to.",
        )
    reason = error.strerror or str(error)
    return StorageError(f"Something went wrong while {doing}: {reason}", path)


@contextmanager
def storage_errors(path: str | Path, doing: str) -> Iterator[None]:
    """Turn every `OSError` of the block into a `StorageError` about `path`."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path, doing) from error
