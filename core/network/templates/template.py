"""What a template says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.network.network import Network


@dataclass(frozen=True, slots=True)
class Template:
    """A classic network that can be built for any number of classes.

    Attributes:
        name: As on the command line; torchvision's where the network is torchvision's.
        title: As shown.
        authors: Of the paper.
        year: Of the paper.
        summary: What was new in it, one sentence.
        build: Makes the network: `build(classes)`, `build(classes, size=160)`; families take
            further settings by name, such as `width`.
        paper: Title of the paper.
        classes: Of the paper's network.
        channels: Of the input image.
        size: Height and width of the input image in pixels.
        result: At ILSVRC, the yearly ImageNet contest, or "".
    """

    name: str
    title: str
    authors: str
    year: int
    summary: str
    build: Callable[..., Network]
    paper: str = ""
    classes: int = 1000
    channels: int = 3
    size: int = 224
    result: str = ""
