"""The networks that a design can begin with, as cards tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from core.network.analysis import analyse
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.opening.papers import paper_of
from core.pretrained.catalogue import PRETRAINED
from core.pretrained.torchvision_table import TorchvisionWeights, torchvision_table


class WeightsPlace(StrEnum):
    """Where a network's weights are."""

    NONE = "none"
    INCLUDED = "included"
    HERE = "on this computer"
    DOWNLOAD = "to download"


@dataclass(frozen=True, slots=True)
class GalleryEntry:
    """A template or a network of torchvision.

    Attributes:
        name: As on the command line.
        title: As shown.
        year: Of the paper.
        authors: Of the paper, or "".
        paper: Its title, or "".
        summary: What was new in it, one sentence, or "".
        result: At ILSVRC, the yearly ImageNet contest, or "".
        parameters: With the paper's number of classes.
        multiply_adds: For one image.
        top1_error: Of the weights on ImageNet's validation images, 0…1; None where not known.
        template: Whether it is built without PyTorch.
        weights: Where its weights are.
        weights_bytes: Size of the file to download; 0 where there is none.
        licence: Of the weights, or "".
    """

    name: str
    title: str
    year: int
    authors: str = ""
    paper: str = ""
    summary: str = ""
    result: str = ""
    parameters: int = 0
    multiply_adds: int = 0
    top1_error: float | None = None
    template: bool = True
    weights: WeightsPlace = WeightsPlace.NONE
    weights_bytes: int = 0
    licence: str = ""

    def means(self, text: str) -> bool:
        """Return whether every word of a search stands in what the card says."""
        told = f"{self.name} {self.title} {self.year} {self.authors} {self.paper} {self.summary}"
        told = told.casefold()
        return all(word in told for word in text.casefold().split())


def gallery_entries() -> tuple[GalleryEntry, ...]:
    """Return all templates in the order of history, then torchvision's other networks by year.

    Builds every template the first time: not for the window's thread.
    """
    table = torchvision_table()
    own = (_template(template, table.get(name)) for name, template in TEMPLATES.items())
    others = (_torchvision(known) for name, known in table.items() if name not in TEMPLATES)
    return (*own, *sorted(others, key=lambda entry: (entry.year, entry.title)))


@cache
def _counts(name: str) -> tuple[int, int]:
    """Return the parameters and multiply-adds of a template."""
    template = TEMPLATES[name]
    analysis = analyse(template.build(template.classes))
    return analysis.parameters, analysis.multiply_adds


def _template(template: Template, known: TorchvisionWeights | None) -> GalleryEntry:
    parameters, multiply_adds = _counts(template.name)
    pretrained = PRETRAINED.get(template.name)
    weights, licence = WeightsPlace.NONE, ""
    if pretrained and pretrained.available_offline:
        weights, licence = WeightsPlace.INCLUDED, pretrained.licence
    elif known:
        weights, licence = _place(known), known.licence
    return GalleryEntry(
        name=template.name,
        title=template.title,
        year=template.year,
        authors=template.authors,
        paper=template.paper,
        summary=template.summary,
        result=template.result,
        parameters=parameters,
        multiply_adds=multiply_adds,
        top1_error=known.top1_error if known else None,
        weights=weights,
        weights_bytes=known.weights_bytes if known else 0,
        licence=licence,
    )


def _torchvision(known: TorchvisionWeights) -> GalleryEntry:
    paper = paper_of(known.name)
    return GalleryEntry(
        name=known.name,
        title=known.title,
        year=known.year,
        authors=paper.authors if paper else "",
        paper=paper.title if paper else "",
        summary=paper.summary if paper else "",
        parameters=known.parameters,
        multiply_adds=known.multiply_adds,
        top1_error=known.top1_error,
        template=False,
        weights=_place(known),
        weights_bytes=known.weights_bytes,
        licence=known.licence,
    )


def _place(known: TorchvisionWeights) -> WeightsPlace:
    return WeightsPlace.HERE if known.path.exists() else WeightsPlace.DOWNLOAD
