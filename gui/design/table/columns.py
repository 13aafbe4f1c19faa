"""The columns of the layer table: what each says, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from PySide6.QtCore import QCoreApplication

from core.network.view.cards import Card
from gui.design.wording import Wording
from gui.look.core_texts import translated
from gui.look.numbers import compact, count

DASH = "–"


@dataclass(frozen=True, slots=True)
class LayerColumn:
    """One column.

    Attributes:
        title: Its heading.
        text: What it says of a layer or group.
        value: What it is sorted by.
        figures: Whether it stands in the monospaced font, aligned at the right.
    """

    title: str
    text: Callable[[Card], str]
    value: Callable[[Card], float | str]
    figures: bool = True


def layer_columns() -> tuple[LayerColumn, ...]:
    """Return the columns in the window's language."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("LayerTable", words)

    return (
        LayerColumn(tr("Layer"), lambda card: card.name, lambda card: card.name.lower(), False),
        LayerColumn(tr("Kind"), kind_text, lambda card: kind_text(card).lower(), False),
        LayerColumn(
            tr("Output"),
            output_text,
            lambda card: prod(card.output) if card.output else -1,
        ),
        LayerColumn(
            tr("Parameters"),
            parameters_text,
            lambda card: card.parameters,
        ),
        LayerColumn(
            tr("Multiply-adds"),
            lambda card: compact(card.multiply_adds) if card.multiply_adds else DASH,
            lambda card: card.multiply_adds,
        ),
        LayerColumn(
            tr("Receptive field"),
            field_text,
            lambda card: field_of(card)[0],
        ),
    )


def kind_text(card: Card) -> str:
    """Return the kind; of a group without one, how many layers are in it."""
    return translated(card.kind) or Wording().layers(card.layers)


def parameters_text(card: Card) -> str:
    """Return the number of parameters, or that the layer takes no part."""
    if card.bypassed:
        return QCoreApplication.translate("LayerTable", "bypassed")
    return count(card.parameters) if card.parameters else DASH


def output_text(card: Card) -> str:
    """Return the shape that leaves."""
    return " × ".join(map(str, card.output)) if card.output else DASH


def field_of(card: Card) -> tuple[float, float]:
    """Return the receptive field of what leaves; (-1, -1) where it is not known."""
    last = card.results[-1]
    return last.field.size if last.measures else (-1, -1)


def field_text(card: Card) -> str:
    """Return the receptive field; one number where it is square."""
    high, wide = field_of(card)
    if high < 0:
        return DASH
    return f"{high:.10g}" if high == wide else f"{high:.10g} × {wide:.10g}"
