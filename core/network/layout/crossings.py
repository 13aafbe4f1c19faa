"""The order within rows in which few wires cross."""

from __future__ import annotations

from bisect import bisect_right, insort

from core.network.layout.layering import Rows

ROUNDS = 8
PATIENCE = 2
"""Rounds without a better order after which the search ends."""


def ordered(rows: Rows) -> Rows:
    """Return the rows in the best order that sweeps down and up come upon.

    Each card is put at the middle of what it is wired to in the row before; of equals, the one
    that was left stays left, so that a small change of a network changes little.

    Source: P. Eades and N. Wormald, "Edge crossings in drawings of bipartite graphs", 1994.
    """
    best, least = [list(row) for row in rows.rows], crossings(rows, rows.rows)
    current = [list(row) for row in best]
    waited = 0
    for number in range(ROUNDS):
        if not least or waited > PATIENCE:
            break
        _sweep(rows, current, upwards=number % 2 == 0)
        count = crossings(rows, current)
        waited += 1
        if count < least:
            best, least, waited = [list(row) for row in current], count, 0
    rows.rows = best
    return rows


def crossings(rows: Rows, order: list[list[int]]) -> int:
    """Return how many pairs of wires cross between neighbouring rows."""
    place = _places(rows, order)
    total = 0
    for row in order:
        if len(row) < 2:
            continue
        ends: list[int] = []
        for number in row:
            below = rows.below[number]
            if len(below) == 1:  # most have one; wires to the right of all before cross none
                end = place[below[0]]
                if ends and ends[-1] > end:
                    total += len(ends) - bisect_right(ends, end)
                    insort(ends, end)
                else:
                    ends.append(end)
                continue
            reached = [place[n] for n in below]
            total += sum(len(ends) - bisect_right(ends, end) for end in reached)
            ends = sorted(ends + reached)
    return total


def _places(rows: Rows, order: list[list[int]]) -> list[int]:
    place = [0] * len(rows.row)
    for row in order:
        for index, number in enumerate(row):
            place[number] = index
    return place


def _sweep(rows: Rows, order: list[list[int]], *, upwards: bool) -> None:
    place = _places(rows, order)
    wired = rows.below if upwards else rows.above
    for row in reversed(order) if upwards else order:
        if len(row) < 2:
            continue
        keys = {}
        for index, number in enumerate(row):
            ends = wired[number]
            if len(ends) == 1:
                keys[number] = float(place[ends[0]])
            else:
                keys[number] = _median(sorted(place[n] for n in ends)) if ends else float(index)
        row.sort(key=keys.__getitem__)
        for index, number in enumerate(row):
            place[number] = index


def _median(values: list[int]) -> float:
    half = len(values) // 2
    return float(values[half]) if len(values) % 2 else (values[half - 1] + values[half]) / 2
