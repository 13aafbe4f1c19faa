"""The order within rows in which few wires cross."""

from __future__ import annotations

from bisect import bisect_right, insort

from core.network.layering import Rows

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
            below = sorted(place[n] for n in rows.below[number])
            total += sum(len(ends) - bisect_right(ends, end) for end in below)
            for end in below:
                insort(ends, end)
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
            ends = sorted(place[n] for n in wired[number])
            keys[number] = _median(ends) if ends else float(index)
        row.sort(key=keys.__getitem__)
        for index, number in enumerate(row):
            place[number] = index


def _median(values: list[int]) -> float:
    half = len(values) // 2
    return float(values[half]) if len(values) % 2 else (values[half - 1] + values[half]) / 2
