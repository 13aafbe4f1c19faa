"""Formulas as the rich text that a label shows: in symbols, with numbers, the result, a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication

from core.network.layers.base.formula import Formula, FormulaPart, Quantity
from gui.look.appearance import colour
from gui.look.core_texts import translated

LEFT_SIDES = {
    Quantity.OUTPUT_HEIGHT: "H_out",
    Quantity.OUTPUT_WIDTH: "W_out",
    Quantity.OUTPUT_CHANNELS: "C_out",
    Quantity.OUTPUT_FEATURES: "n_out",
}
"""What stands before the sign of equality; formulas without one begin with their symbols."""


@dataclass(frozen=True, slots=True)
class Sections:
    """A layer's formulas by what they explain."""

    size: tuple[Formula, ...]
    parameters: tuple[Formula, ...]
    cost: tuple[Formula, ...]


def sections(formulas: Iterable[Formula]) -> Sections:
    """Return formulas by what they explain; height and width that agree are one."""
    size, parameters, cost = [], [], []
    for formula in formulas:
        if formula.of.is_size:
            size.append(formula)
        elif formula.of is Quantity.PARAMETERS:
            parameters.append(formula)
        else:
            cost.append(formula)
    return Sections(tuple(_merged(size)), tuple(parameters), tuple(cost))


def _merged(size: list[Formula]) -> list[Formula]:
    """Leave the height out where the width comes about by the same numbers."""
    found = {formula.of: formula for formula in size}
    high, wide = found.get(Quantity.OUTPUT_HEIGHT), found.get(Quantity.OUTPUT_WIDTH)
    if high is None or wide is None or _numbers(high) != _numbers(wide):
        return size
    return [formula for formula in size if formula is not high]


def _numbers(formula: Formula) -> tuple[str, str]:
    return "".join(term.text for term in formula.numbers), formula.result


def formula_html(formula: Formula, same_for_height: bool = False) -> str:
    """Return a formula laid out with its signs of equality below each other."""
    symbols = escape("".join(term.text for term in formula.symbols))
    numbers = linked(formula.numbers)
    result = f"<b>{escape(formula.result)}</b>"
    if same_for_height:
        also = QCoreApplication.translate("Formula", "(same for H)")
        result += f"&nbsp; <span style='color:{colour('muted').name()}'>{escape(also)}</span>"
    left = LEFT_SIDES.get(formula.of, "")
    lines = [result] if not formula.numbers or symbols == numbers else [symbols, numbers, result]
    # Spaces, not a table: in the monospaced font they align as well and cost a quarter.
    indent = "&nbsp;" * (len(left) + 1) if left else ""
    first = f"{left} = {lines[0]}" if left else lines[0]
    rest = "".join(f"<br>{indent}=&nbsp;{line}" for line in lines[1:])
    return f"{first}{rest}{_note(formula.note)}"


def brief_html(formula: Formula) -> str:
    """Return symbols, numbers and note in lines, for below a figure that is shown already."""
    symbols = escape("".join(term.text for term in formula.symbols))
    numbers = linked(formula.numbers)
    lines = symbols if symbols == numbers else f"{symbols}<br>= {numbers}"
    return f"{lines}<br>= <b>{escape(formula.result)}</b>{_note(formula.note)}"


def linked(terms: Iterable[FormulaPart]) -> str:
    """Return terms with those that come from somewhere as links to there."""
    return "".join(
        f"<a style='text-decoration:none; color:{colour('accent').name()}' "
        f"href='{escape(term.link)}'>{escape(term.text)}</a>"
        if term.link
        else escape(term.text)
        for term in terms
    )


def _note(note: str) -> str:
    said = escape(translated(note))
    words = f"<br><span style='color:{colour('muted').name()}'>{said}</span>"
    return words if note else ""
