"""Formulas with their numbers: how a result came about, for the inspector to lay out."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import Self


class Quantity(StrEnum):
    """What a formula computes.

    Attributes:
        shown: Its name in words.
    """

    shown: str

    OUTPUT_SIZE = "output_size", "Output size"
    OUTPUT_HEIGHT = "output_height", "Output height"
    OUTPUT_WIDTH = "output_width", "Output width"
    OUTPUT_CHANNELS = "output_channels", "Output channels"
    OUTPUT_FEATURES = "output_features", "Output features"
    OUTPUT_TOKENS = "output_tokens", "Output tokens"
    PARAMETERS = "parameters", "Parameters"
    STORED_NUMBERS = "stored_numbers", "Stored numbers"
    FIXED_NUMBERS = "fixed_numbers", "Fixed numbers"
    MULTIPLY_ADDS = "multiply_adds", "Multiply-adds"
    FLOPS = "flops", "FLOPs"
    SHARE_OF_MULTIPLY_ADDS = "share_of_multiply_adds", "Share of multiply-adds"
    SHARE_OF_PARAMETERS = "share_of_parameters", "Share of parameters"
    ACTIVATION_MEMORY = "activation_memory", "Activation memory"
    RECEPTIVE_FIELD = "receptive_field", "Receptive field"
    FIELD_HEIGHT = "field_height", "Height of the receptive field"
    FIELD_WIDTH = "field_width", "Width of the receptive field"
    JUMP = "jump", "Jump"
    JUMP_HEIGHT = "jump_height", "Height of the jump"
    JUMP_WIDTH = "jump_width", "Width of the jump"

    def __new__(cls, value: str, shown: str = "") -> Self:
        """Make a quantity of its identifier and its name in words."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.shown = shown
        return made

    @property
    def is_size(self) -> bool:
        """Whether it is of the output's size."""
        return self.value.startswith("output_")


@dataclass(frozen=True, slots=True)
class FormulaPart:
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
        of: What was computed.
        symbols: In symbols: ⌊(H − K + P) / S⌋ + 1.
        numbers: The same with this layer's numbers, term by term.
        result: What comes out, with its unit.
        note: A plain sentence where something is worth knowing, or "".
        port: Of the output that it is about, where there are several.
    """

    of: Quantity
    symbols: tuple[FormulaPart, ...]
    numbers: tuple[FormulaPart, ...]
    result: str
    note: str = ""
    port: int | None = None

    @property
    def name(self) -> str:
        """What was computed, as shown: “Output size 2”."""
        return self.of.shown if self.port is None else f"{self.of.shown} {self.port + 1}"

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
    of: Quantity,
    pattern: str,
    values: Mapping[str, Value],
    result: int | float | str,
    note: str = "",
    port: int | None = None,
) -> Formula:
    """Return a formula written once, with symbols in braces.

    >>> str(formula(Quantity.OUTPUT_SIZE, "{n_in} · 2", {"n_in": (4, "input:0:0")}, 8))
    '4 · 2 = 8'
    """
    symbols, numbers = [], []
    for text, symbol, _, _ in string.Formatter().parse(pattern):
        if text:
            symbols.append(FormulaPart(text))
            numbers.append(FormulaPart(text.translate(ROUNDING)))
        if symbol:
            value, link = values[symbol]
            symbols.append(FormulaPart(symbol, link))
            numbers.append(FormulaPart(number(value), link))
    return Formula(of, tuple(symbols), tuple(numbers), number(result), note, port)


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
    sides = " × ".join(f"{side:,}" for side in shape)
    return formula(Quantity.OUTPUT_SIZE, pattern, values, sides, note, port)


def state_formula(shapes: Sequence[Sequence[int]], note: str = "") -> Formula:
    """Return the formula of the parameters of tensors of these shapes."""
    total = sum(map(prod, shapes))
    terms = [" · ".join(f"{side:,}" for side in shape) or "1" for shape in shapes]
    if len(terms) > MOST_TERMS:
        terms = [f"{total:,}"]
    return formula(Quantity.PARAMETERS, " + ".join(terms), {}, total, note)


def number(value: int | float | str) -> str:
    """Return a number as shown: “4,194,304”, “112.5”."""
    return f"{value:,}" if isinstance(value, int) else f"{value}"
