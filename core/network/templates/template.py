"""What a template says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.network.network import Network


@dataclass(frozen=True, slots=True)
class Template:
    """A classic network that can be built for any number of classes.

    Attributes:
        name: As on the command line.
        title: As shown.
        authors: Of the paper.
        year: Of the paper.
        summary: What was new in it, one sentence.
        classes: Of the paper's network.
        build: Makes the network for a number of classes.
    """

    name: str
    title: str
    authors: str
    year: int
    summary: str
    classes: int
    build: Callable[[int], Network]
