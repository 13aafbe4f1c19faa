"""The health checks of a data set, as records: what each counts, how bad it is, what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from core.images.scanning import Problems


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        check: The check's id.
        number: How many files or classes are concerned.
        level: "ok", "warning" or "error".
        sentence: What is the matter, to be read after the number.
        why: Why it matters.
        paths: The files concerned, relative to the folder of images.
    """

    check: str
    number: int
    level: str
    sentence: str
    why: str
    paths: tuple[str, ...] = ()


def findings(problems: Problems) -> list[Finding]:
    """Return what every check found, in the order of the panel."""
    return [check(problems) for check in CHECKS]


def _finding(check: str, paths: Iterable[str], level: str, texts: tuple[str, str]) -> Finding:
    files = tuple(paths)
    return Finding(check, len(files), level if files else "ok", *texts, files)


def _members(groups: Iterable[Iterable[str]]) -> list[str]:
    return [path for group in groups for path in group]


def _unreadable(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    number = len(problems.unreadable)
    return _finding(
        "unreadable",
        (file.path for file in problems.unreadable),
        "error",
        (
            tr("Health", "file(s) cannot be read", "", number),
            tr("Health", "They are passed over in training. They are not changed or deleted."),
        ),
    )


def _duplicates(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    files = _members(problems.duplicates)
    return _finding(
        "duplicates",
        files,
        "warning",
        (
            tr("Health", "exact copies among the files", "", len(files)),
            tr("Health", "Copies make a class count for more than it has to show."),
        ),
    )


def _near_duplicates(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    files = _members(problems.near_duplicates)
    return _finding(
        "near_duplicates",
        files,
        "warning",
        (
            tr("Health", "near-duplicate image(s)", "", len(files)),
            tr("Health", "Pictures that look the same, copies included."),
        ),
    )


def _leaks(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    files = _members(problems.leaks)
    return _finding(
        "leaks",
        files,
        "error",
        (
            tr("Health", "near-duplicates in both training and test parts", "", len(files)),
            tr("Health", "The score would be better than the truth: it has seen these before."),
        ),
    )


def _mislabelled(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    files = _members(problems.mislabelled_duplicates)
    return _finding(
        "mislabelled",
        files,
        "error",
        (
            tr("Health", "near-duplicates with different classes", "", len(files)),
            tr("Health", "At least one of their labels is wrong."),
        ),
    )


def _few_images(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    few = problems.few_images
    names = ", ".join(f"{name} ({number})" for name, number in few.items())
    sentence = tr("Health", "class(es) with few images", "", len(few))
    why = tr("Health", "With fewer than 20 images, how well a class is found is hardly known.")
    text = f"{sentence}: {names}" if few else sentence
    return Finding("few_images", len(few), "warning" if few else "ok", text, why)


def _small_images(problems: Problems) -> Finding:
    tr = QCoreApplication.translate
    return _finding(
        "small_images",
        problems.small_images,
        "warning",
        (
            tr("Health", "image(s) smaller than 64 pixels", "", len(problems.small_images)),
            tr("Health", "They are enlarged for the network and show little detail."),
        ),
    )


CHECKS: tuple[Callable[[Problems], Finding], ...] = (
    _unreadable,
    _duplicates,
    _near_duplicates,
    _leaks,
    _mislabelled,
    _few_images,
    _small_images,
)
"""In the order of the panel."""
