"""What the window has to tell, outside of any job: one sentence at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.errors import LayerloomError


@dataclass(frozen=True, slots=True)
class Action:
    """What a notice offers to do.

    Attributes:
        title: On its button.
        act: Called on a click.
    """

    title: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the user.

    Attributes:
        level: "info", "warning" or "error".
        text: The sentence.
        details: What "Copy details" copies, or "".
        action: What it offers to do, or None.
    """

    level: str
    text: str
    details: str = ""
    action: Action | None = None


class Notices(QObject):
    """Owns the notices that were not dismissed yet; the newest is shown."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []

    @property
    def current(self) -> Notice | None:
        """The notice to show, or None."""
        return self._notices[-1] if self._notices else None

    def tell(
        self, text: str, level: str = "info", details: str = "", action: Action | None = None
    ) -> None:
        """Add a notice; the same one twice is one."""
        notice = Notice(level, text, details, action)
        self._notices = [*(kept for kept in self._notices if kept != notice), notice]
        self.changed.emit()

    def tell_error(self, error: LayerloomError) -> None:
        """Add an expected error."""
        self.tell(str(error), "error", f"{error.what}\n{error.where}\n{error.hint}".strip())

    def dismiss(self) -> None:
        """Take the newest notice away."""
        self._notices = self._notices[:-1]
        self.changed.emit()

    def clear(self) -> None:
        """Take all notices away."""
        if self._notices:
            self._notices = []
            self.changed.emit()
