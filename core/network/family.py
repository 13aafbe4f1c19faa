"""The families of layers: what each is called and how it is coloured, wherever it is shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Family(StrEnum):
    """What a layer is for, or that it is a block; in the order of the palette.

    Attributes:
        heading: Above its layer kinds in the palette.
        colour: `#RRGGBB`, the same in light and dark. Source: the project's design tokens.
    """

    heading: str
    colour: str

    ENDS = "input/output", "Input & output", "#8E9AAF"
    CONVOLUTION = "convolution", "Convolution", "#5B8CFF"
    POOLING = "pooling", "Pooling", "#F2A65A"
    ACTIVATION = "activation", "Activation", "#4CC38A"
    NORMALISATION = "normalisation", "Normalise", "#A78BFA"
    FULLY_CONNECTED = "fully connected", "Fully connected", "#F472B6"
    MERGE = "merge", "Merge", "#22C1C3"
    BLOCK = "block", "Blocks", "#EAB308"
    REGULARISATION = "regularisation", "Regularise", "#94A3B8"
    REARRANGEMENT = "rearrangement", "Rearrange", "#94A3B8"
    OPAQUE = "opaque", "Transformers", "#8E9AAF"

    def __new__(cls, value: str, heading: str = "", colour: str = "") -> Self:
        """Make a family of its identifier, heading and colour."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.heading, made.colour = heading, colour
        return made
