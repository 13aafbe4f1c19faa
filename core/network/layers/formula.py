"""Formulas with their numbers: how a result came about, for the inspector to lay out."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of a formula.

    Attributes:
        text: As shown.
        link: What the number came from: "setting:stride", "input:0:1" (input 0, axis 1 of its
            shape), "output:1", or "" for plain text.
    """

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """How one result of a layer came about.

    Attributes:
        name: What was computed ("Output height").
        symbols: In symbols: ⌊(H − K + P) / S⌋ + 1.
        numbers: The same with this layer's numbers, term by term.
        result: What comes out, with its unit.
        note: A plain sentence where something is worth knowing, or "".
    """

    name: str
    symbols: tuple[Term, ...]
    numbers: tuple[Term, ...]
    result: str
    note: str = ""

    def __str__(self) -> str:
        """Return the numbers and the result as one line."""
        note = f": {self.note}" if self.note else ""
        return f"{''.join(term.text for term in self.numbers)} = {self.result}{note}"


Value = tuple[int | float | str, str]
"""A number and its link."""

ROUNDING = str.maketrans("", "", "⌊⌋⌈⌉")
"""Left out where the numbers stand: there the result shows the rounding."""


def formula(
    name: str, pattern: str, values: Mapping[str, Value], result: int | float | str, note: str = ""
) -> Formula:
    """Return a formula written once, with symbols in braces.

    >>> str(formula("Output", "{n_in} · 2", {"n_in": (4, "input:0:0")}, 8))
    '4 · 2 = 8'
    """
    symbols, numbers = [], []
    for text, symbol, _, _ in string.Formatter().parse(pattern):
        if text:
            symbols.append(Term(text))
            numbers.append(Term(text.translate(ROUNDING)))
        if symbol:
            value, link = values[symbol]
            symbols.append(Term(symbol, link))
            numbers.append(Term(number(value), link))
    return Formula(name, tuple(symbols), tuple(numbers), number(result), note)


def number(value: int | float | str) -> str:
    """Return a number as shown: “4,194,304”, “112.5”."""
    return f"{value:,}" if isinstance(value, int) else f"{value}"
