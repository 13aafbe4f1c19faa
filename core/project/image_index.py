"""`images.sqlite`: every image of a project with its class, split and what is known of it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.atomic import atomic_path, previous_version
from core.errors import StorageError, storage_error
from core.images.folders import Split
from core.images.scanning import LabelledImage

FORMAT = 1

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS images (
    path TEXT PRIMARY KEY,
    class TEXT NOT NULL,
    split TEXT,
    content_hash BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    problem TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
);
PRAGMA user_version = {FORMAT};
"""
_COLUMNS = (
    "path, class, split, content_hash, width, height, fingerprint, problem, bytes, modified_ns"
)

_SAME_NAME = _COLUMNS.split(", ")[3:]


class ImageIndex:
    """Reads and replaces the images of a project.

    Each call opens the database for itself, so that the window and the worker can both use it.

    Args:
        path: The database; made when first written.
        folder: The images' folder: paths below it are kept relative, so that a moved pair of
            project and images still fits.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = folder

    def images(self) -> list[LabelledImage]:
        """Return all images, in the order of their paths.

        Raises:
            StorageError: The database is damaged or of a newer format.
        """
        if not self._path.exists():
            return []
        with self._database() as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM images ORDER BY rowid")
            return [self._image(row) for row in rows]

    def replace(self, images: Iterable[LabelledImage]) -> None:
        """Replace all images in one transaction, and keep a copy of the result as backup.

        Raises:
            StorageError: The database cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._database() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_SCHEMA)
            with database:
                database.execute("DELETE FROM images")
                database.executemany(
                    f"INSERT INTO images ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (self._row(image) for image in images),
                )
            with atomic_path(previous_version(self._path)) as backup:
                copy = sqlite3.connect(backup)
                database.backup(copy)
                copy.close()

    def check(self) -> None:
        """Raise `StorageError` if the database is damaged or of a newer format."""
        if self._path.exists():
            with self._database() as database:
                (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise sqlite3.DatabaseError(verdict)
                database.execute(f"SELECT {_COLUMNS} FROM images LIMIT 1").fetchone()

    def restore(self) -> bool:
        """Put the backup in the place of a damaged database, which is kept beside it.

        Returns:
            Whether there was a sound backup. Without one the index is empty until the next scan.
        """
        self._path.replace(self._path.with_name(self._path.name + ".damaged"))
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        backup = previous_version(self._path)
        try:
            ImageIndex(backup, self._folder).check()
        except DamagedIndexError:
            return False
        if not backup.exists():
            return False
        with atomic_path(self._path) as temporary:
            shutil.copyfile(backup, temporary)
        return True

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Open the database; its errors become sentences."""
        try:
            database = sqlite3.connect(self._path, timeout=10.0)
        except sqlite3.Error as error:
            raise _index_error(error, self._path) from error
        try:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version > FORMAT:
                raise StorageError(
                    f"The list of images has format {version}; this version of Layerloom "
                    f"supports up to {FORMAT}",
                    self._path,
                    "Open the project with a newer version of Layerloom.",
                )
            yield database
        except sqlite3.Error as error:
            raise _index_error(error, self._path) from error
        finally:
            database.close()

    def _row(self, image: LabelledImage) -> Sequence[object]:
        path = image.path
        if path.is_relative_to(self._folder):
            path = path.relative_to(self._folder)
        return (
            path.as_posix(),
            image.class_name,
            image.split,
            *(getattr(image, field) for field in _SAME_NAME),
        )

    def _image(self, row: Sequence[Any]) -> LabelledImage:
        path, class_name, split, *others = row
        return LabelledImage(
            path=self._folder / path,
            class_name=class_name,
            split=Split(split) if split else None,
            **dict(zip(_SAME_NAME, others, strict=True)),
        )


class DamagedIndexError(StorageError):
    """The database of images is damaged."""


def _is_full(folder: Path) -> bool:
    """Return whether there is no room even for the file that SQLite's readers share (32 KiB)."""
    return shutil.disk_usage(folder).free < 2**16


def _index_error(error: sqlite3.Error, path: Path) -> StorageError:
    if isinstance(error, sqlite3.OperationalError):
        if "full" in str(error) or ("disk I/O" in str(error) and _is_full(path.parent)):
            full = OSError(errno.ENOSPC, "no space left")
            return storage_error(full, path, "opening the list of images")
        if "readonly" in str(error) or "unable to open" in str(error):
            return storage_error(PermissionError(), path, "opening the list of images")
        if "no such" not in str(error):
            return StorageError(f"The list of images cannot be opened now ({error})", path)
    return DamagedIndexError(
        f"The list of images cannot be read ({error})", path, "Scan the folder again."
    )
