"""How fast training ran on this computer, kept to say how long the next one takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from core.atomic import write_atomically
from core.decoding import decode
from core.errors import StorageError
from core.paths import cache_folder
from core.recipes.options import Value

MOST_KEPT = 200
"""Networks and recipes; beyond that the oldest are forgotten."""


class Timing(msgspec.Struct, frozen=True):
    """What a training of a network by a recipe took, by its parts.

    Attributes:
        start: Seconds that do not depend on the number of images.
        image: Seconds for each image before the first epoch, and again for each augmented view
            that is computed ahead.
        epoch: Seconds for each image and mean epoch of a whole training, validation included.
    """

    start: float
    image: float
    epoch: float


def expected_seconds(
    recipe: str, network: str, images: int, settings: Mapping[str, Value]
) -> float | None:
    """Return how long a training would take, or None if none like it ran here yet."""
    timing = _read().get(_key(recipe, network))
    if timing is None:
        return None
    ahead = images * (1 + int(settings.get("views", 0)))
    passes = images * int(settings.get("epochs", 0))
    return timing.start + ahead * timing.image + passes * timing.epoch


def keep_timing(recipe: str, network: str, timing: Timing) -> None:
    """Keep what was measured; a full disk only means that it is not known the next time."""
    timings = _read()
    timings.pop(_key(recipe, network), None)
    timings[_key(recipe, network)] = timing
    newest = dict(list(timings.items())[-MOST_KEPT:])
    try:
        write_atomically(_file(), msgspec.json.encode(newest))
    except StorageError:
        return


def _key(recipe: str, network: str) -> str:
    """Return what a timing is kept under; a design by its file's name, wherever it lies."""
    path = Path(network)
    return f"{recipe} {path.name if path.suffix == '.json' else network}"


def _file() -> Path:
    return cache_folder() / "timings.json"


def _read() -> dict[str, Timing]:
    try:
        return decode(_file().read_bytes(), dict[str, Timing])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
