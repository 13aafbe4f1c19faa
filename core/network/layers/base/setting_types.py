"""The types of layers' settings, with what the inspector shows of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from core.glossary import meaning_of

# Settings are bounded so that a hostile design cannot ask for absurd sizes.
Channels = Annotated[int, Meta(ge=1, le=1_000_000)]
Extent = Annotated[int, Meta(ge=1, le=4096)]
Margin = Annotated[int, Meta(ge=0, le=4096)]
Share = Annotated[float, Meta(ge=0, le=1)]
Size2d = tuple[Extent, Extent]
"""(height, width)."""
Margins2d = tuple[Margin, Margin]
"""(top and bottom, left and right)."""
Sides = tuple[Margin, Margin, Margin, Margin]
"""(top, left, bottom, right), the order of ONNX."""

OutChannels = Annotated[
    Channels,
    Meta(
        title="Filters",
        description="How many filters the layer learns; each gives one channel of the output.",
        extra={"symbol": "C_out"},
    ),
]
Kernel = Annotated[
    Size2d,
    Meta(
        title="Kernel size",
        description=meaning_of("Kernel size"),
        extra={"symbol": "K", "unit": "pixels"},
    ),
]
Stride = Annotated[
    Size2d,
    Meta(
        title="Stride",
        description=meaning_of("Stride"),
        extra={"symbol": "S", "unit": "pixels"},
    ),
]
Padding = Annotated[
    Sides,
    Meta(
        title="Padding",
        description=meaning_of("Padding"),
        extra={"symbol": "P", "unit": "pixels"},
    ),
]
SamePadding = Annotated[
    Sides | Literal["same"],
    Meta(
        title="Padding",
        description="Rows and columns of zeros at the top, left, bottom and right of the map; "
        "“same” adds what keeps height and width.",
        extra={"symbol": "P", "unit": "pixels"},
    ),
]
Dilation = Annotated[
    Size2d,
    Meta(
        title="Dilation",
        description=meaning_of("Dilation"),
        extra={"symbol": "D", "unit": "pixels"},
    ),
]
Groups = Annotated[
    Channels,
    Meta(
        title="Groups",
        description=meaning_of("Groups"),
        extra={"symbol": "groups"},
    ),
]
Bias = Annotated[
    bool,
    Meta(title="Bias", description="Whether each output channel adds a learned number."),
]
CeilMode = Annotated[
    bool,
    Meta(
        title="Ceil mode",
        description="Whether a window that reaches over the edge still counts: sizes are rounded "
        "up instead of down.",
    ),
]
Epsilon = Annotated[
    float,
    Meta(
        gt=0,
        le=1,
        title="Epsilon",
        description="Added to the variance against division by zero.",
        extra={"symbol": "ε"},
    ),
]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is shown of one setting of a layer kind.

    Attributes:
        name: Of the field.
        title: As shown.
        description: One plain sentence.
        symbol: In formulas, or "".
        unit: "pixels", or "".
        default: What it is if nobody sets it; None with `required` where there is no default.
        required: Whether there is no default.
        type: msgspec's description: of numbers their range, of choices their values.
    """

    name: str
    title: str
    description: str
    symbol: str
    unit: str
    default: Any
    required: bool
    type: msgspec.inspect.Type


def settings_of(kind: type[msgspec.Struct]) -> tuple[Setting, ...]:
    """Return the settings of a layer kind in the order of its fields."""
    described = msgspec.inspect.type_info(kind)
    assert isinstance(described, msgspec.inspect.StructType)
    return tuple(_setting(field) for field in described.fields)


def _setting(field: msgspec.inspect.Field) -> Setting:
    inner = field.type
    shown: dict[str, str] = {}
    extra: dict[str, str] = {}
    while isinstance(inner, msgspec.inspect.Metadata):  # the outermost says most
        shown = {**(inner.extra_json_schema or {}), **shown}
        extra = {**(inner.extra or {}), **extra}
        inner = inner.type
    return Setting(
        name=field.name,
        title=shown.get("title", field.name.replace("_", " ").capitalize()),
        description=shown.get("description", ""),
        symbol=extra.get("symbol", ""),
        unit=extra.get("unit", ""),
        default=None if field.required else field.default,
        required=field.required,
        type=inner,
    )
