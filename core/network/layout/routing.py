"""The way of wires around cards."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from core.network.view.card_size import GAP, Position

Rectangle = tuple[float, float, float, float]
"""(left, top, right, bottom) of a card."""

Ends = tuple[Position, Position]
"""Where a wire leaves a card at its lower edge, and where it reaches another at its upper edge."""

Bends = tuple[Position, ...]
"""The corners of a wire between its ends; none: it leads straight, or in one curve."""

Lanes = dict[float, dict[Position, tuple[float, float]]]
"""By the x of a lane: from where to where the wires from one place run in it, by that place."""

CLEARANCE = GAP / 2
"""How far wires keep from cards."""

LANE = 6.0
"""Distance of wires that run side by side."""

MOST_LANES = 40


class Obstacles:
    """The cards on the canvas, ready to find a wire's way between them quickly."""

    def __init__(self, cards: Iterable[Rectangle]) -> None:
        self._cards = sorted(cards, key=lambda card: card[1])
        self._tops = [card[1] for card in self._cards]
        self._tallest = max((card[3] - card[1] for card in self._cards), default=0.0)
        self._known: dict[tuple[float, float], set[tuple[float, float]]] = {}

    def routes(self, ends: Sequence[Ends]) -> list[Bends]:
        """Return the corners of many wires; those that run in one column lie side by side."""
        found: list[Bends] = []
        lanes: Lanes = {}
        for start, end in ends:
            column = self._column(start, end)
            if column is None:
                found.append(())
                continue
            found.append(_bends(start, end, self._lane(start, end, column, lanes)))
        return found

    def _column(self, start: Position, end: Position) -> float | None:
        """Return the x of the upright part of a wire; None where nothing is in its way."""
        (x1, y1), (x2, y2) = start, end
        if y2 > y1:
            spans = self._spans(y1 + 1, y2 - 1)
            if not spans:
                return None
            free = [x for x in (x1, x2) if not _blocked(x, spans)]
            if free and x1 == x2:
                return None
        else:
            spans = self._spans(y2 - CLEARANCE, y1 + CLEARANCE)
            free = []
        sides = {s for left, right in spans for s in (left - CLEARANCE, right + CLEARANCE)}
        free += [x for x in sides if not _blocked(x, spans)]
        return min(free, key=lambda x: (self._cost(start, end, x), -x), default=None)

    def _cost(self, start: Position, end: Position, column: float) -> float:
        """Return how long a way is, with what counts against one that leads through a card."""
        (x1, y1), (x2, y2) = start, end
        through = self._hits(x1, column, y1 + CLEARANCE) + self._hits(column, x2, y2 - CLEARANCE)
        return abs(column - x1) + abs(column - x2) + 1000.0 * through

    def _hits(self, x1: float, x2: float, y: float) -> int:
        left, right = min(x1, x2), max(x1, x2)
        if left == right:
            return 0
        return sum(start < right and end > left for start, end in self._spans(y - 1, y + 1))

    def _spans(self, top: float, bottom: float) -> set[tuple[float, float]]:
        """Return from where to where cards reach across in a strip; those of one column once."""
        known = self._known.get((top, bottom))
        if known is None:
            first = bisect_right(self._tops, top - self._tallest)
            last = bisect_left(self._tops, bottom)
            known = {(card[0], card[2]) for card in self._cards[first:last] if card[3] > top}
            self._known[top, bottom] = known
        return known

    def _lane(
        self,
        start: Position,
        end: Position,
        column: float,
        lanes: Lanes,
    ) -> float:
        """Return a column beside those of other wires; wires from one place share theirs."""
        if column in {start[0], end[0]}:
            return column
        low, high = min(start[1], end[1]), max(start[1], end[1])
        outwards = 1 if column >= (start[0] + end[0]) / 2 else -1
        spans = self._spans(low + 1, high - 1)
        for number in range(MOST_LANES):
            lane = column + outwards * LANE * number
            if number and _blocked(lane, spans, 2.0):
                break
            taken = lanes.setdefault(lane, {})
            if _free(taken, start, low, high):
                top, bottom = taken.get(start, (low, high))
                taken[start] = min(top, low), max(bottom, high)
                return lane
        return column


def _free(
    taken: Mapping[Position, tuple[float, float]], start: Position, low: float, high: float
) -> bool:
    """Return whether no wire from elsewhere runs in a lane from `low` to `high`."""
    for other, (top, bottom) in taken.items():
        if top < high and bottom > low and other != start:
            return False
    return True


def _blocked(x: float, spans: Iterable[tuple[float, float]], clearance: float = CLEARANCE) -> bool:
    return any(left - clearance < x < right + clearance for left, right in spans)


def _bends(start: Position, end: Position, column: float) -> Bends:
    (x1, y1), (x2, y2) = start, end
    high, low = y1 + CLEARANCE, y2 - CLEARANCE
    upper = ((x1, high), (column, high)) if column != x1 else ()
    lower = ((column, low), (x2, low)) if column != x2 else ()
    return (*upper, *lower)
