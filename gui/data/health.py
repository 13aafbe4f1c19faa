"""The health checks of a data set, as records: what each counts, how bad it is, what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.look.term_tips import meaning

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


class HealthChecks(QObject):
    """The checks, in the order of the panel: adding one is adding a method to the list."""

    def findings(self, problems: Problems) -> list[Finding]:
        """Return what every check found."""
        checks: tuple[Callable[[Problems], Finding], ...] = (
            self._unreadable,
            self._duplicates,
            self._near_duplicates,
            self._leaks,
            self._mislabelled,
            self._few_images,
            self._small_images,
        )
        return [check(problems) for check in checks]

    def _unreadable(self, problems: Problems) -> Finding:
        number = len(problems.unreadable)
        return _finding(
            "unreadable",
            (file.path for file in problems.unreadable),
            "error",
            (
                self.tr("file(s) cannot be read", "", number),
                self.tr("They are skipped in training. They are not changed or deleted."),
            ),
        )

    def _duplicates(self, problems: Problems) -> Finding:
        files = _members(problems.duplicates)
        return _finding(
            "duplicates",
            files,
            "warning",
            (
                self.tr("exact copies among the files", "", len(files)),
                self.tr("Copies make a class count more than it should."),
            ),
        )

    def _near_duplicates(self, problems: Problems) -> Finding:
        files = _members(problems.near_duplicates)
        return _finding(
            "near_duplicates",
            files,
            "warning",
            (
                self.tr("near-duplicate image(s)", "", len(files)),
                meaning("Near-duplicates"),
            ),
        )

    def _leaks(self, problems: Problems) -> Finding:
        files = _members(problems.leaks)
        return _finding(
            "leaks",
            files,
            "error",
            (
                self.tr("near-duplicates in both training and test", "", len(files)),
                self.tr(
                    "The score would be too good: the network has seen these images in training."
                ),
            ),
        )

    def _mislabelled(self, problems: Problems) -> Finding:
        files = _members(problems.mislabelled_duplicates)
        return _finding(
            "mislabelled",
            files,
            "error",
            (
                self.tr("near-duplicates with different classes", "", len(files)),
                self.tr("At least one of their labels is wrong."),
            ),
        )

    def _few_images(self, problems: Problems) -> Finding:
        few = problems.few_images
        names = ", ".join(f"{name} ({number})" for name, number in few.items())
        sentence = self.tr("class(es) with few images", "", len(few))
        why = self.tr("With fewer than 20 images, the scores of a class are very uncertain.")
        text = f"{sentence}: {names}" if few else sentence
        return Finding("few_images", len(few), "warning" if few else "ok", text, why)

    def _small_images(self, problems: Problems) -> Finding:
        return _finding(
            "small_images",
            problems.small_images,
            "warning",
            (
                self.tr("image(s) smaller than 64 pixels", "", len(problems.small_images)),
                self.tr("They are enlarged for the network and show little detail."),
            ),
        )


def _finding(check: str, paths: Iterable[str], level: str, texts: tuple[str, str]) -> Finding:
    files = tuple(paths)
    return Finding(check, len(files), level if files else "ok", *texts, files)


def _members(groups: Iterable[Iterable[str]]) -> list[str]:
    return [path for group in groups for path in group]
