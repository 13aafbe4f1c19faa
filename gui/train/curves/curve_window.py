"""Which part of the curves is in sight, and where they are read: the same for both plots.

Places are epochs, or the strengths that a fit in one go was tried with, numbered from 1 on.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

NARROWEST = 0.5
"""Length of the axis below which one cannot zoom in further."""

ZOOM_STEP = 1.25
"""How much one step of the wheel or a key zooms."""


class CurveWindow(QObject):
    """Owns what is in sight of the curves; plots read it and ask it to change.

    Attributes:
        begin: Where the whole axis begins.
        end: Where it ends.
        last: The last place that can be read; 0: none.
        read: The place whose values are read, or None.
    """

    moved = Signal()
    """Another part is in sight."""

    read_changed = Signal()
    """Another place is read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._span: tuple[float, float] | None = None
        self.begin, self.end = 0.0, 1.0
        self.last = 0
        self.read: int | None = None

    @property
    def span(self) -> tuple[float, float]:
        """Where what is in sight begins and ends."""
        return self._span or (self.begin, self.end)

    @property
    def zoomed(self) -> bool:
        """Whether only a part is in sight."""
        return self._span is not None

    def fit(self, begin: float, end: float, last: int) -> None:
        """Take over how long the curves are; what is in sight stays, where it still exists."""
        self.begin, self.end, self.last = begin, max(end, begin + 1), last
        if self._span and not begin <= self._span[0] <= self._span[1] <= self.end:
            self._show(*self._span)
        if self.read is not None and self.read > last:
            self.read = None

    def zoom(self, steps: float, around: float | None = None) -> None:
        """Show less (steps above 0) or more, around a place or else the middle."""
        left, right = self.span
        middle = (left + right) / 2 if around is None else around
        factor = ZOOM_STEP**-steps
        factor = max(factor, NARROWEST / (right - left))
        self._show(middle - (middle - left) * factor, middle + (right - middle) * factor)
        self.moved.emit()

    def pan(self, by: float) -> None:
        """Move on, or back."""
        if self._span:
            self._show(self._span[0] + by, self._span[1] + by)
            self.moved.emit()

    def show_all(self) -> None:
        """Show the whole axis."""
        self._span = None
        self.moved.emit()

    def step(self, by: int) -> None:
        """Read the next or previous place, the last one first; it comes in sight."""
        if not self.last:
            return
        self.read = self.last if self.read is None else min(self.last, max(1, self.read + by))
        left, right = self.span
        if self._span and not left <= self.read <= right:
            aside = self.read - (left if self.read < left else right)
            self._show(left + aside, right + aside)
            self.moved.emit()
        self.read_changed.emit()

    def point_at(self, x: float | None) -> None:
        """Read the place nearest to a point of the axis, or none."""
        nearest = None if x is None or not self.last else round(x)
        nearest = None if nearest is None else min(self.last, max(1, nearest))
        if nearest != self.read:
            self.read = nearest
            self.read_changed.emit()

    def _show(self, left: float, right: float) -> None:
        width = right - left
        if width >= self.end - self.begin:
            self._span = None
            return
        left = min(max(self.begin, left), self.end - width)
        self._span = (left, left + width)
