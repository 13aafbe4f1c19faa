"""What a number may be, and how a text is read as one."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf, log10, nextafter

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale

from gui.look.numbers import count

Number = int | float | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range of a number.

    Attributes:
        low: The least it may be.
        high: The most it may be.
        whole: Whether it is a whole number.
        optional: Whether nothing, too, is a value.
    """

    low: float
    high: float
    whole: bool
    optional: bool = False

    def read(self, text: str) -> Number:
        """Return the number a text stands for.

        Raises:
            ValueError: It stands for none within the range; the message says what is wanted.
        """
        text = text.strip()
        if not text and self.optional:
            return None
        number = _whole(text) if self.whole else _real(text)
        if number is None or not self.low <= number <= self.high:
            raise ValueError(self.sentence)
        return number

    def write(self, value: Number) -> str:
        """Return a number as it stands in a field."""
        if value is None:
            return ""
        if self.whole:
            return str(value)
        locale = QLocale()
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        shortest = QLocale.FloatingPointPrecisionOption.FloatingPointShortest
        return locale.toString(float(value), "g", shortest)

    def stepped(self, value: Number, steps: int) -> Number:
        """Return a number some steps further, within the range."""
        if self.whole:
            start = int(self.low if value is None else value)
            return int(min(max(start + steps, self.low), self.high))
        number = float(value or 0)
        places = 2 if not number else 1 - floor(log10(abs(number)))
        moved = round(number + steps * 10.0**-places, places + 2)
        return min(max(moved, self.low), self.high)

    @property
    def sentence(self) -> str:
        """What is allowed, as a sentence."""
        translate = QCoreApplication.translate
        if self.whole:
            form = translate("Bounds", "A whole number from {0} to {1}")
            ends = [count(int(end)) for end in (self.low, self.high)]
        else:
            form = translate("Bounds", "A number from {0} to {1}")
            ends = [self.write(float(f"{end:.6g}")) for end in (self.low, self.high)]
        rest = translate("Bounds", ", or nothing") if self.optional else ""
        return form.format(*ends) + rest + "."


def bounds_of(kind: msgspec.inspect.Type) -> Bounds | None:
    """Return the range that a setting's type gives, or None where it is no number."""
    if isinstance(kind, msgspec.inspect.UnionType):
        inner = [t for t in kind.types if not isinstance(t, msgspec.inspect.NoneType)]
        found = bounds_of(_bare(inner[0])) if len(inner) == 1 else None
        return found and Bounds(found.low, found.high, found.whole, optional=True)
    if isinstance(kind, msgspec.inspect.IntType):
        least = kind.ge if kind.ge is not None else -(2**31) if kind.gt is None else kind.gt + 1
        most = kind.le if kind.le is not None else 2**31 if kind.lt is None else kind.lt - 1
        return Bounds(least, most, whole=True)
    if isinstance(kind, msgspec.inspect.FloatType):
        low = kind.ge if kind.ge is not None else -1e9 if kind.gt is None else above(kind.gt)
        high = kind.le if kind.le is not None else 1e9 if kind.lt is None else -above(-kind.lt)
        return Bounds(low, high, whole=False)
    return None


def above(number: float) -> float:
    """Return the least number that is larger."""
    return nextafter(number, inf)


def _bare(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """Return a type without what is said about it."""
    while isinstance(kind, msgspec.inspect.Metadata):
        kind = kind.type
    return kind


def _whole(text: str) -> int | None:
    digits = text.replace("−", "-")
    body = digits.removeprefix("-")
    return int(digits) if body.isdecimal() and body.isascii() and len(body) < 20 else None


def _real(text: str) -> float | None:
    number, valid = QLocale().toDouble(text)
    if not valid:
        number, valid = QLocale.c().toDouble(text.replace("−", "-"))
    return number if valid else None
