"""Formulas with their numbers: how a result came about, for the inspector to lay out."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod


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


MOST_TERMS = 16
"""More tensors than this are counted together."""

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


def size_formula(
    links: Sequence[str], shape: Sequence[int], note: str = "", port: int | None = None
) -> Formula:
    """Return the formula of an output whose sides are known singly.

    Args:
        links: What each side came from.
        shape: The sides.
        note: Where something is worth knowing.
        port: Of the output, where there are several.
    """
    names = ("C", "H", "W") if len(shape) == 3 else [f"N_{i}" for i in range(len(shape))]
    values: dict[str, Value] = {
        name: (side, link) for name, side, link in zip(names, shape, links, strict=True)
    }
    pattern = " × ".join(f"{{{name}}}" for name in names)
    title = "Output size" if port is None else f"Output size {port + 1}"
    return formula(title, pattern, values, " × ".join(f"{side:,}" for side in shape), note)


def state_formula(shapes: Sequence[Sequence[int]], note: str = "") -> Formula:
    """Return the formula of the parameters of tensors of these shapes."""
    total = sum(map(prod, shapes))
    terms = [" · ".join(f"{side:,}" for side in shape) or "1" for shape in shapes]
    if len(terms) > MOST_TERMS:
        terms = [f"{total:,}"]
    return formula("Parameters", " + ".join(terms), {}, total, note)


def number(value: int | float | str) -> str:
    """Return a number as shown: “4,194,304”, “112.5”."""
    return f"{value:,}" if isinstance(value, int) else f"{value}"
