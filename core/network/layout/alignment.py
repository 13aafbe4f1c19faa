"""How far to the left or right cards lie: the main path straight, the rest close beside it."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise

from core.network.layout.layering import Rows
from core.network.view.card_size import GAP

BEND_WIDTH = 8.0
"""Of the room a passing wire takes, without the gaps beside it."""


def aligned(rows: Rows, widths: list[float]) -> list[float]:
    """Return the x of each card's and bend's middle; the longest straight line is at 0.

    Cards and bends that belong to one path become one straight column, those on the longest
    paths first; columns then move as close to the main one as their order in the rows allows.
    """
    columns = _Columns(rows, widths)
    columns.compact()
    columns.relax()
    return [columns.x[columns.of[n]] for n in range(len(rows.row))]


class _Columns:
    """Straight vertical lines of cards and bends.

    Attributes:
        of: The column of each card and bend.
        x: Of each column.
    """

    def __init__(self, rows: Rows, widths: list[float]) -> None:
        self._rows = rows
        self._widths = widths
        self.of = _columns(rows)
        count = max(self.of) + 1
        self.x = [0.0] * count
        self._right: list[dict[int, float]] = [{} for _ in range(count)]
        self._left: list[dict[int, float]] = [{} for _ in range(count)]
        sizes = [0] * count
        for number in range(rows.cards):
            sizes[self.of[number]] += 1
        self._main = max(range(count), key=sizes.__getitem__)
        for row in rows.rows:
            for one, other in pairwise(row):
                self._keep_apart(one, other)
        self._order = self._sorted()

    def compact(self) -> None:
        """Put the main column at 0 and the others as close to it as they can be."""
        placed = {self._main}
        for column in self._order:
            ways = [self.x[c] + gap for c, gap in self._left[column].items() if c in placed]
            if ways and column != self._main:
                self.x[column] = max(ways)
                placed.add(column)
        for column in reversed(self._order):
            ways = [self.x[c] - gap for c, gap in self._right[column].items() if c in placed]
            if ways and column not in placed:
                self.x[column] = min(ways)
                placed.add(column)
        for column in self._order:
            if column not in placed:
                ways = [self.x[c] + gap for c, gap in self._left[column].items() if c in placed]
                self.x[column] = max([self._wished(column), *ways])
                placed.add(column)

    def relax(self) -> None:
        """Move columns towards what they are wired to, as far as their neighbours allow."""
        for column in reversed(self._order):
            if column != self._main:
                limit = min(
                    (self.x[c] - gap for c, gap in self._right[column].items()), default=None
                )
                wish = self._wished(column)
                if wish > self.x[column]:
                    self.x[column] = (
                        wish if limit is None else max(self.x[column], min(wish, limit))
                    )
        for column in self._order:
            if column != self._main:
                least = max(
                    (self.x[c] + gap for c, gap in self._left[column].items()), default=None
                )
                wish = self._wished(column)
                if wish < self.x[column]:
                    self.x[column] = (
                        wish if least is None else min(self.x[column], max(wish, least))
                    )

    def _wished(self, column: int) -> float:
        """Return the middle of what the column's ends are wired to."""
        found = [self.x[self.of[n]] for n in self._neighbours[column]]
        return sum(found) / len(found) if found else self.x[column]

    @property
    def _neighbours(self) -> list[list[int]]:
        if not hasattr(self, "_wired"):
            self._wired: list[list[int]] = [[] for _ in self.x]
            for number, below in enumerate(self._rows.below):
                for other in below:
                    if self.of[number] != self.of[other]:
                        self._wired[self.of[number]].append(other)
                        self._wired[self.of[other]].append(number)
        return self._wired

    def _keep_apart(self, one: int, other: int) -> None:
        left, right = self.of[one], self.of[other]
        gap = (self._width(one) + self._width(other)) / 2 + GAP
        if gap > self._right[left].get(right, 0.0):
            self._right[left][right] = self._left[right][left] = gap

    def _width(self, number: int) -> float:
        return self._widths[number] if number < self._rows.cards else BEND_WIDTH

    def _sorted(self) -> list[int]:
        """Return the columns, each after those to its left."""
        waiting = [len(left) for left in self._left]
        ready = [c for c, count in enumerate(waiting) if not count]
        for column in ready:
            for right in self._right[column]:
                waiting[right] -= 1
                if not waiting[right]:
                    ready.append(right)
        return ready


def _columns(rows: Rows) -> list[int]:
    """Return the column of each card and bend: paths that cross none that came before them."""
    lengths = _lengths(rows)
    place, off_middle = [0] * len(rows.row), [0.0] * len(rows.row)
    for row in rows.rows:
        for index, number in enumerate(row):
            place[number] = index
            off_middle[number] = abs(index - (len(row) - 1) / 2)
    wires = sorted(
        ((n, other) for n, below in enumerate(rows.below) for other in below),
        key=lambda wire: (
            -(lengths[0][wire[0]] + lengths[1][wire[1]]),
            off_middle[wire[0]] + off_middle[wire[1]],  # of equal branches, the middle one
        ),
    )
    lower, upper = [-1] * len(rows.row), [-1] * len(rows.row)
    kept: list[list[tuple[int, int]]] = [[] for _ in rows.rows]
    for source, target in wires:
        if lower[source] >= 0 or upper[target] >= 0:
            continue
        pair, others = (place[source], place[target]), kept[rows.row[source]]
        index = bisect_left(others, pair)
        if index and others[index - 1][1] >= pair[1]:
            continue
        if index < len(others) and others[index][1] <= pair[1]:
            continue
        insort(others, pair)
        lower[source], upper[target] = target, source
    return _numbered(rows, upper)


def _numbered(rows: Rows, upper: list[int]) -> list[int]:
    column = [-1] * len(rows.row)
    count = 0
    for row in rows.rows:
        for number in row:
            if upper[number] < 0:
                column[number] = count
                count += 1
            else:
                column[number] = column[upper[number]]
    return column


def _lengths(rows: Rows) -> tuple[list[int], list[int]]:
    """Return how many cards lie on the longest way to each, and on the longest way from it."""
    down, up = [0] * len(rows.row), [0] * len(rows.row)
    for row in rows.rows:
        for n in row:
            down[n] = max((down[a] for a in rows.above[n]), default=0) + (n < rows.cards)
    for row in reversed(rows.rows):
        for n in row:
            up[n] = max((up[b] for b in rows.below[n]), default=0) + (n < rows.cards)
    return down, up
