"""The colours of pictures, light and dark, as the window has them."""

from __future__ import annotations

from dataclasses import dataclass

from core.network.layers.base.layer import Family


@dataclass(frozen=True, slots=True)
class Colours:
    """Of one theme. Source: the project's design tokens.

    Attributes:
        background: Behind all.
        surface: Of cards.
        border: Around cards.
        text: Of names.
        muted: Of secondary text and wires.
        error: Of what is wrong.
    """

    background: str
    surface: str
    border: str
    text: str
    muted: str
    error: str


LIGHT = Colours("#FAFBFD", "#FFFFFF", "#DCE1E9", "#1B1F27", "#5F6B7C", "#C62A2F")
DARK = Colours("#131519", "#1E2128", "#353B47", "#E8EAF0", "#9AA3B2", "#F2555A")

FAMILIES = {
    Family.ENDS: "#8E9AAF",
    Family.CONVOLUTION: "#5B8CFF",
    Family.POOLING: "#F2A65A",
    Family.NORMALISATION: "#A78BFA",
    Family.ACTIVATION: "#4CC38A",
    Family.FULLY_CONNECTED: "#F472B6",
    Family.MERGE: "#22C1C3",
    Family.REARRANGEMENT: "#94A3B8",
    Family.REGULARISATION: "#94A3B8",
    Family.OPAQUE: "#8E9AAF",
}
BLOCK = "#EAB308"
"""Of folded groups."""


def family_colour(family: Family | None) -> str:
    """Return the colour of a layer family; None: of a folded group."""
    return BLOCK if family is None else FAMILIES[family]
