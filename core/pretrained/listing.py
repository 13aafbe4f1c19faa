"""The networks there are, with their sizes, for lists and the command line."""

from __future__ import annotations

import msgspec

from core.network.analysis import analyse
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.pretrained.catalogue import PRETRAINED


class ListedNetwork(msgspec.Struct, frozen=True):
    """A template, with its pretrained weights if there are any.

    Attributes:
        name: As on the command line.
        title: As shown.
        source: Authors and year, or where the weights come from.
        parameters: With the paper's number of classes.
        multiply_adds: For one image.
        pretrained: Whether there are weights.
        available_offline: Whether it can be used without a network connection.
        licence: Of the weights, or "".
    """

    name: str
    title: str
    source: str
    parameters: int
    multiply_adds: int
    pretrained: bool
    available_offline: bool
    licence: str


def list_networks() -> list[ListedNetwork]:
    """Return all templates and pretrained networks."""
    return [_listed(template) for template in TEMPLATES.values()]


def _listed(template: Template) -> ListedNetwork:
    analysis = analyse(template.build(template.classes))
    pretrained = PRETRAINED.get(template.name)
    return ListedNetwork(
        name=template.name,
        title=template.title,
        source=pretrained.source if pretrained else f"{template.authors}, {template.year}",
        parameters=analysis.parameters,
        multiply_adds=analysis.multiply_adds,
        pretrained=pretrained is not None,
        available_offline=pretrained.available_offline if pretrained else True,
        licence=pretrained.licence if pretrained else "",
    )
