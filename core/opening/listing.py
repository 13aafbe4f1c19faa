"""The networks that are known by name: the one list behind gallery, chooser and command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from core.network.analysis import analyse
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.opening.papers import paper_of
from core.pretrained.catalogue import imagenet_weights
from core.pretrained.imagenet import ImageNetWeights
from core.pretrained.torchvision_table import TorchvisionWeights, torchvision_table


class WeightsPlace(StrEnum):
    """Where a network's weights are."""

    NONE = "none"
    INCLUDED = "included"
    HERE = "on this computer"
    DOWNLOAD = "to download"


@dataclass(frozen=True, slots=True)
class ListedNetwork:
    """A template or a network of torchvision, as it was when it was looked up.

    Attributes:
        name: As on the command line.
        title: As shown.
        year: Of the paper.
        authors: Of the paper, or "".
        paper: Its title, or "".
        summary: What was new in it, one sentence, or "".
        result: At ILSVRC, the yearly ImageNet contest, or "".
        template: Builds it without PyTorch; None for those that only torchvision builds.
        imagenet: What is known of its ImageNet weights, or None.
        weights: Where they are.
    """

    name: str
    title: str
    year: int
    authors: str = ""
    paper: str = ""
    summary: str = ""
    result: str = ""
    template: Template | None = None
    imagenet: ImageNetWeights | None = None
    weights: WeightsPlace = WeightsPlace.NONE

    @property
    def source(self) -> str:
        """Authors and year, or where the weights come from that made it known here."""
        if self.imagenet and not (self.template and self.imagenet.needs_torchvision):
            return self.imagenet.source
        return f"{self.authors}, {self.year}"

    @property
    def parameters(self) -> int:
        """How many there are with the paper's number of classes; slow the first time."""
        return _counts(self.name)[0]

    @property
    def multiply_adds(self) -> int:
        """How many one image takes; slow the first time."""
        return _counts(self.name)[1]

    @property
    def pretrained(self) -> bool:
        """Whether there are weights, wherever they are."""
        return self.imagenet is not None

    @property
    def available_offline(self) -> bool:
        """Whether it can be used, with its weights if there are any, without a connection."""
        return self.imagenet is None or self.weights in (WeightsPlace.INCLUDED, WeightsPlace.HERE)

    @property
    def licence(self) -> str:
        """Of the weights, or ""."""
        return self.imagenet.licence if self.imagenet else ""

    @property
    def top1_error(self) -> float | None:
        """Of the weights on ImageNet's validation images, 0…1; None where not known."""
        return self.imagenet.top1_error if self.imagenet else None

    @property
    def weights_bytes(self) -> int:
        """Size of the file to download; 0 where there is none."""
        return self.imagenet.weights_bytes if self.imagenet else 0

    def means(self, text: str) -> bool:
        """Return whether every word of a search stands in what the card says."""
        told = f"{self.name} {self.title} {self.year} {self.authors} {self.paper} {self.summary}"
        told = told.casefold()
        return all(word in told for word in text.casefold().split())


def list_networks() -> tuple[ListedNetwork, ...]:
    """Return all templates in the order of history, then torchvision's other networks by name."""
    templates = (_of_template(template) for template in TEMPLATES.values())
    table = torchvision_table()
    others = (_of_torchvision(known) for name, known in table.items() if name not in TEMPLATES)
    return (*templates, *others)


def gallery_networks() -> tuple[ListedNetwork, ...]:
    """Return all templates in the order of history, then torchvision's other networks by year.

    Counts every template the first time: not for the window's thread.
    """
    listed = list_networks()
    for network in listed:
        _counts(network.name)
    own = (network for network in listed if network.template)
    others = (network for network in listed if not network.template)
    return (*own, *sorted(others, key=lambda network: (network.year, network.title)))


def listed_network(name: str) -> ListedNetwork | None:
    """Return the network of this name, however it is capitalised, or None if there is none."""
    name = name.lower()
    if name in TEMPLATES:
        return _of_template(TEMPLATES[name])
    if name in torchvision_table():
        return _of_torchvision(torchvision_table()[name])
    return None


def _of_template(template: Template) -> ListedNetwork:
    weights = imagenet_weights().get(template.name)
    return ListedNetwork(
        name=template.name,
        title=template.title,
        year=template.year,
        authors=template.authors,
        paper=template.paper,
        summary=template.summary,
        result=template.result,
        template=template,
        imagenet=weights,
        weights=_place(weights),
    )


def _of_torchvision(weights: TorchvisionWeights) -> ListedNetwork:
    paper = paper_of(weights.name)
    return ListedNetwork(
        name=weights.name,
        title=weights.title,
        year=weights.year,
        authors=paper.authors if paper else "",
        paper=paper.title if paper else "",
        summary=paper.summary if paper else "",
        imagenet=weights,
        weights=_place(weights),
    )


def _place(weights: ImageNetWeights | None) -> WeightsPlace:
    """Return where weights are; those of a package that is missing cannot be downloaded here."""
    if weights is None:
        return WeightsPlace.NONE
    here = weights.available_offline
    if weights.needs_torchvision:
        return WeightsPlace.HERE if here else WeightsPlace.DOWNLOAD
    return WeightsPlace.INCLUDED if here else WeightsPlace.NONE


@cache
def _counts(name: str) -> tuple[int, int]:
    """Return the parameters and multiply-adds of a network."""
    template = TEMPLATES.get(name)
    if template is None:
        known = torchvision_table()[name]
        return known.parameters, known.multiply_adds
    analysis = analyse(template.build(template.classes))
    return analysis.parameters, analysis.multiply_adds
