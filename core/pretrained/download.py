"""Downloading a weights file: with progress, resumed where it broke off, checked by its hash."""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path

from core.errors import LayerloomError, storage_errors
from core.jobs.job import Reporter
from core.jobs.phases import Phase

CHUNK = 1024 * 1024
TIMEOUT = 20
"""Seconds without an answer."""


class DownloadError(LayerloomError):
    """Weights that could not be downloaded."""


def hash_of(name: str) -> str:
    """Return the beginning of the SHA-256 that a file's name tells: resnet18-f37072fd.pth.

    Source: PyTorch, `torch.hub.HASH_REGEX`.
    """
    found = re.search(r"-([a-f0-9]+)\.", name)
    return found.group(1) if found else ""


def download(url: str, path: Path, report: Reporter) -> None:
    """Download a file; what an earlier attempt left beside it as `.part` is continued.

    Raises:
        DownloadError: There is no connection, or what came is not the file.
        StorageError: It cannot be written.
    """
    part = path.with_name(path.name + ".part")
    with storage_errors(path, f"downloading {path.name}"):
        part.parent.mkdir(parents=True, exist_ok=True)
    try:
        _fetch(url, part, report)
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise DownloadError(
            f"{path.name} cannot be downloaded ({reason})",
            url,
            f"Check the internet connection and try again, or put the file into {path.parent} "
            "yourself.",
        ) from error
    wanted = hash_of(path.name)
    if not _sha256(part).startswith(wanted):
        part.unlink()
        raise DownloadError(
            f"The downloaded file is not {path.name}: its SHA-256 does not start with {wanted}",
            url,
            "Try again; the download was deleted.",
        )
    part.replace(path)


def _fetch(url: str, part: Path, report: Reporter) -> None:
    done = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={done}-"} if done else {})
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # all of it is there already
            return
        raise
    with answer:
        resumed = answer.status == 206
        done = done if resumed else 0
        total = done + int(answer.headers.get("Content-Length") or 0)
        with (
            storage_errors(part, f"downloading {part.stem}"),
            part.open("ab" if resumed else "wb") as file,
        ):
            while block := answer.read(CHUNK):
                file.write(block)
                done += len(block)
                report.progress(Phase.DOWNLOADING, done, max(total, done))
    if done < total:
        raise ConnectionError(f"the connection was lost after {done:,} of {total:,} bytes")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
