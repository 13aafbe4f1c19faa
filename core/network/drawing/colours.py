"""The colours of pictures, light and dark, as the window has them."""

from __future__ import annotations

from dataclasses import dataclass


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
