"""The named colours and measures of the look: nothing else in the window names a colour.

Source: `docs/style.md`, the look.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from core.network.family import Family
from core.paths import RESOURCES


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, each as `#RRGGBB`.

    Attributes:
        on_accent: Text on the accent colour, with a contrast of 4.5 : 1 or more.
        faint_accent: Background of what is selected.
    """

    name: str
    background: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    faint_accent: str
    ok: str
    warning: str
    error: str
    canvas: str
    dots: str


DARK = Theme(
    name="dark",
    background="#16181D",
    surface="#1E2128",
    raised="#272B34",
    border="#353B47",
    text="#E8EAF0",
    muted="#9AA3B2",
    accent="#5B8CFF",
    on_accent="#101318",
    faint_accent="#25304A",
    ok="#4CC38A",
    warning="#F5B83D",
    error="#F2555A",
    canvas="#131519",
    dots="#22262E",
)

LIGHT = Theme(
    name="light",
    background="#F4F6F9",
    surface="#FFFFFF",
    raised="#F0F3F8",
    border="#DCE1E9",
    text="#1B1F27",
    muted="#5F6B7C",
    accent="#2F6BFF",
    on_accent="#FFFFFF",
    faint_accent="#E3EBFF",
    ok="#12805C",
    warning="#A15C00",
    error="#C62A2F",
    canvas="#FAFBFD",
    dots="#E8ECF2",
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}

CLASS_COLOURS = tuple(
    family.colour
    for family in (
        Family.CONVOLUTION,
        Family.POOLING,
        Family.ACTIVATION,
        Family.FULLY_CONNECTED,
        Family.NORMALISATION,
        Family.MERGE,
        Family.BLOCK,
        Family.ENDS,
    )
)
"""Colours by which classes are told apart in lists, over and over."""

BASE_FONT = 13
"""Size of plain text in pixels where the system's font is not larger."""

MINIMUM_WINDOW = (1024, 700)


def class_colour(number: int) -> str:
    """Return the colour of the class with this number."""
    return CLASS_COLOURS[number % len(CLASS_COLOURS)]


def style_sheet(theme: Theme, scale: float) -> str:
    """Return Qt's style sheet for a theme.

    Args:
        theme: Takes the place of `@name`; `@icons` is the folder of the icons.
        scale: Size of the system's font in relation to the usual one; `12u` becomes 12 times it.
    """
    template = (RESOURCES / "theme" / "window.qss").read_text("utf-8")
    values = asdict(theme) | {"icons": (RESOURCES / "icons").as_posix()}
    coloured = re.sub(r"@(\w+)", lambda match: values[match[1]], template)
    return re.sub(r"\b(\d+)u\b", lambda match: f"{round(int(match[1]) * scale)}px", coloured)
