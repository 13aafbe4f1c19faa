"""Writing SVG: elements, safe texts, and a frame that holds all that was drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML text may hold. Source: XML 1.0, section 2.2."""


class Drawing:
    """Collects elements and remembers what they cover, so that nothing is cut off."""

    def __init__(self, background: str, margin: float = 24.0) -> None:
        self._background = background
        self._margin = margin
        self._elements: list[str] = []
        self._left = self._top = float("inf")
        self._right = self._bottom = float("-inf")

    def rectangle(
        self, left: float, top: float, width: float, height: float, **style: str | float
    ) -> None:
        """Add a rectangle; `style` gives attributes, with _ for -."""
        self._cover([(left, top), (left + width, top + height)])
        place = {"x": left, "y": top, "width": width, "height": height}
        self._elements.append(element("rect", **place, **style))

    def polygon(self, points: Iterable[Point], **style: str | float) -> None:
        """Add a closed shape."""
        self._add_points("polygon", points, style)

    def line(self, points: Iterable[Point], **style: str | float) -> None:
        """Add an open line."""
        self._add_points("polyline", points, {"fill": "none", **style})

    def path(self, data: str, cover: Iterable[Point], **style: str | float) -> None:
        """Add a path that lies within what `cover` spans."""
        self._cover(cover)
        self._elements.append(element("path", d=data, **style))

    def text(self, x: float, y: float, text: str, size: float, **style: str | float) -> None:
        """Add a line of text; its anchor is its start unless `text_anchor` says otherwise."""
        width = text_width(text, size)
        start = {"middle": x - width / 2, "end": x - width}.get(str(style.get("text_anchor")), x)
        self._cover([(start, y - size), (start + width, y + 0.3 * size)])
        kept = {"font_family": "sans-serif", **style}
        self._elements.append(element("text", text, x=x, y=y, font_size=size, **kept))

    def title(
        self, x: float, y: float, strong: str, rest: str, size: float, **style: str | float
    ) -> None:
        """Add a line of text of which the first part is strong."""
        tail = rest.lstrip()  # Qt leaves a space out where a part begins
        gap = " " * (len(rest) - len(tail))
        self.text(x, y, strong + gap, size, font_weight=600, **style)
        if rest:
            self._cover([(x, y), (x + text_width(strong + rest, size), y)])
            tail = element("tspan", tail, font_weight=400)
            self._elements[-1] = self._elements[-1].removesuffix("</text>") + f"{tail}</text>"

    def upright(self, x: float, y: float, text: str, size: float, **style: str | float) -> None:
        """Add a line of text that is read upwards and ends at a place."""
        self._cover([(x - size, y), (x + 0.3 * size, y + text_width(text, size))])
        turned = f"translate({number(x)} {number(y)}) rotate(-90)"
        style |= {"font_family": "sans-serif", "text_anchor": "end", "font_weight": 600}
        self._elements.append(element("text", text, font_size=size, transform=turned, **style))

    @property
    def bottom(self) -> float:
        """Of what was drawn."""
        return self._bottom

    @property
    def left(self) -> float:
        """Of what was drawn."""
        return self._left

    def finished(self, title: str) -> str:
        """Return the whole SVG file."""
        left, top = self._left - self._margin, self._top - self._margin
        width = self._right + self._margin - left
        height = self._bottom + self._margin - top
        frame = {"x": left, "y": top, "width": width, "height": height}
        box = " ".join(number(value) for value in frame.values())
        return "\n".join(
            (
                '<?xml version="1.0" encoding="UTF-8"?>',
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" '
                f'height="{number(height)}" viewBox="{box}">',
                element("title", title),
                element("rect", **frame, fill=self._background),
                *self._elements,
                "</svg>\n",
            )
        )

    def _add_points(
        self, name: str, points: Iterable[Point], style: dict[str, str | float]
    ) -> None:
        corners = list(points)
        self._cover(corners)
        listed = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        self._elements.append(element(name, points=listed, **style))

    def _cover(self, points: Iterable[Point]) -> None:
        for x, y in points:
            self._left, self._right = min(self._left, x), max(self._right, x)
            self._top, self._bottom = min(self._top, y), max(self._bottom, y)


def element(name: str, text: str = "", /, **attributes: str | float) -> str:
    """Return one element; of attributes, _ stands for -."""
    shown = {
        key.replace("_", "-"): value if isinstance(value, str) else number(value)
        for key, value in attributes.items()
    }
    written = "".join(f" {key}={quoteattr(safe(value))}" for key, value in shown.items())
    inner = escape(safe(text))
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def number(value: float) -> str:
    """Return a number as short as a hundredth of a pixel allows."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def safe(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", text)


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, rather too much than too little."""
    return sum(size * (1.0 if east_asian_width(letter) in "WF" else 0.6) for letter in text)


def shortened(text: str, size: float, width: float) -> str:
    """Return a text that is no wider than `width`, with … at its end where it was cut."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept}…"
