"""What every workspace page has in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from gui.owners.actions import ActionSpec


@dataclass(frozen=True, slots=True)
class Heading:
    """What the top bar says of a page's own document.

    Attributes:
        title: Its name.
        state: Whether it is saved, in a word.
        tip: The same in a sentence.
    """

    title: str
    state: str
    tip: str


class Page(QWidget):
    """A workspace's page: says what belongs into the status bar and which job it shows itself.

    Attributes:
        strong_figures: Whether the figures at the left of the status bar stand out.
    """

    status_changed = Signal()
    strong_figures = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    def status(self) -> tuple[str, str]:
        """Return what the status bar says at its left and at its right."""
        return "", ""

    def first_control(self) -> QWidget | None:
        """Return what has the keyboard when the page comes in sight, or None."""
        return None

    def heading(self) -> Heading | None:
        """Return what the top bar says instead of the project's name, or None."""
        return None

    def undo_stack(self) -> QUndoStack | None:
        """Return the steps that can be undone here, or None where there are none."""
        return None

    def keys(self) -> Sequence[ActionSpec]:
        """Return what the keyboard does on this page alone."""
        return ()

    def shows_job(self) -> bool:
        """Return whether the page shows the running job's progress, so that the bar need not."""
        return False
