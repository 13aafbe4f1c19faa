"""Cards put into rows so that every wire leads down, long wires with a bend in every row."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Rows:
    """Cards and bends in rows, by number: cards come first, bends after them.

    Attributes:
        cards: How many of the numbers are cards.
        row: The row of each number.
        rows: The numbers in each row, from the left.
        above: What each is wired to in the row above it.
        below: What each is wired to in the row below it, the leftmost input first.
    """

    cards: int
    row: list[int]
    rows: list[list[int]] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    below: list[list[int]] = field(default_factory=list)


def rows_of(count: int, wires: list[tuple[int, int]], previous: list[float | None]) -> Rows:
    """Return cards in rows, each row in the order they lay in before or are wired in.

    Args:
        count: Of cards.
        wires: Pairs of them; a circle is cut where it closes.
        previous: How far from the left each card was, if it was anywhere.
    """
    downward = _downward(count, wires)
    rows = Rows(count, _row_numbers(count, downward))
    _add_bends(rows, downward)
    _fill(rows, previous)
    return rows


def _downward(count: int, wires: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the wires sorted by their source, those that close a circle turned round."""
    waiting = [0] * count
    targets: list[list[int]] = [[] for _ in range(count)]
    for source, target in wires:
        targets[source].append(target)
        waiting[target] += 1
    place = [-1] * count
    ready = [n for n in range(count) if not waiting[n]][::-1]
    number, rest = 0, iter(range(count))
    while number < count:
        if not ready:  # a circle: begin it at the card that came first
            ready.append(next(n for n in rest if place[n] < 0))
        card = ready.pop()
        if place[card] >= 0:
            continue
        place[card] = number
        number += 1
        for target in targets[card]:
            waiting[target] -= 1
            if not waiting[target] and place[target] < 0:
                ready.append(target)
    turned = {(s, t) if place[s] < place[t] else (t, s): None for s, t in wires}
    return sorted(turned, key=lambda wire: place[wire[0]])


def _row_numbers(count: int, downward: list[tuple[int, int]]) -> list[int]:
    """Return the longest way to each card; a card that nothing leads to is near what it feeds."""
    row = [0] * count
    for source, target in downward:
        row[target] = max(row[target], row[source] + 1)
    fed = {target for _, target in downward}
    nearest: dict[int, int] = {}
    for source, target in downward:
        if source not in fed:
            nearest[source] = min(nearest.get(source, row[target]), row[target])
    for source, first in nearest.items():
        row[source] = first - 1
    return row


def _add_bends(rows: Rows, downward: list[tuple[int, int]]) -> None:
    """Lead each wire through every row it passes; wires of one source share their bends."""
    row = rows.row
    rows.above = [[] for _ in row]
    rows.below = [[] for _ in row]
    bends: dict[int, list[int]] = {}
    for source, target in downward:
        chain = bends.setdefault(source, [source])
        length = row[target] - row[source]
        while len(chain) < length:
            bend = len(row)
            row.append(row[source] + len(chain))
            rows.above.append([chain[-1]])
            rows.below.append([])
            rows.below[chain[-1]].append(bend)
            chain.append(bend)
        rows.below[chain[length - 1]].append(target)
        rows.above[target].append(chain[length - 1])


def _fill(rows: Rows, previous: list[float | None]) -> None:
    """Put the numbers into their rows, in the order they are come upon from the top."""
    rows.rows = [[] for _ in range(max(rows.row) + 1)]
    seen = [False] * len(rows.row)
    waiting = [n for n in range(rows.cards) if not rows.above[n]][::-1]
    while waiting:
        number = waiting.pop()
        if seen[number]:
            continue
        seen[number] = True
        rows.rows[rows.row[number]].append(number)
        waiting.extend(n for n in reversed(rows.below[number]) if not seen[n])
    if any(x is not None for x in previous):
        _as_before(rows, previous)


def _as_before(rows: Rows, previous: list[float | None]) -> None:
    """Sort rows as they lay; what was nowhere lies at what it is wired to above."""
    where: list[float] = [0.0] * len(rows.row)
    for row in rows.rows:
        for number in row:
            known = previous[number] if number < rows.cards else None
            above = rows.above[number]
            if known is None:
                known = sum(where[n] for n in above) / len(above) if above else 0.0
                known += 0.5 * (number >= rows.cards)  # a wire that passes, to the right
            where[number] = known
        row.sort(key=lambda n: where[n])
