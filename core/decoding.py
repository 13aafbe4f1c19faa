"""Reading values back from JSON, on any thread."""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")

_DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {}
_LEARNING = threading.Lock()


class _Versioned(msgspec.Struct):
    format: int


def decode(data: bytes | str, kind: type[Value]) -> Value:
    """Return the value of a type that a JSON text stands for.

    Raises:
        msgspec.DecodeError: It is no JSON, or of another type.
    """
    value: Value = decoder(kind).decode(data)
    return value


def format_of(data: bytes) -> int:
    """Return the version of a JSON record, whatever else it holds.

    Raises:
        msgspec.DecodeError: It is no JSON, or says no version.
    """
    return decode(data, _Versioned).format


def convert(content: object, kind: type[Value]) -> Value:
    """Return the value of a type that plain dicts, lists, numbers, texts and bytes stand for.

    Raises:
        msgspec.ValidationError: They are of another type.
    """
    decoder(kind)
    return msgspec.convert(content, kind, builtin_types=(bytes,))


def decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """Return the decoder of a type.

    Msgspec learns a type when it first meets it, and keeps what it knows before that is whole: a
    second thread that meets the type meanwhile refuses what is right, or ends the process. So one
    thread at a time learns.
    """
    known = _DECODERS.get(kind)
    if known is None:
        with _LEARNING:
            known = _DECODERS.setdefault(kind, msgspec.json.Decoder(kind))
    return known
