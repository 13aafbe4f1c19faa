"""The networks there are, with their sizes, for lists and the command line."""

from __future__ import annotations

import msgspec

from core.network.analysis import analyse
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.pretrained.catalogue import PRETRAINED
from core.pretrained.torchvision_table import TorchvisionWeights, torchvision_table


class ListedNetwork(msgspec.Struct, frozen=True, kw_only=True):
    """A template or a network of torchvision, with its pretrained weights if there are any.

    Attributes:
        name: As on the command line.
        title: As shown.
        source: Authors and year, or where the weights come from.
        year: Of the paper.
        parameters: With the paper's number of classes.
        multiply_adds: For one image.
        pretrained: Whether there are weights.
        available_offline: Whether it can be used without a network connection.
        licence: Of the weights, or "".
        top1_error: Of the weights on ImageNet's validation images, 0…1; None where not known.
        weights_bytes: Size of the weights' file; None where there is none to download.
    """

    name: str
    title: str
    source: str
    year: int
    parameters: int
    multiply_adds: int
    pretrained: bool
    available_offline: bool
    licence: str
    top1_error: float | None = None
    weights_bytes: int | None = None


def list_networks() -> list[ListedNetwork]:
    """Return all templates, then the networks of torchvision that are no template."""
    table = torchvision_table()
    templates = [_template(template, table.get(name)) for name, template in TEMPLATES.items()]
    return templates + [_torchvision(t) for name, t in table.items() if name not in TEMPLATES]


def _template(template: Template, known: TorchvisionWeights | None) -> ListedNetwork:
    analysis = analyse(template.build(template.classes))
    listed = ListedNetwork(
        name=template.name,
        title=template.title,
        source=f"{template.authors}, {template.year}",
        year=template.year,
        parameters=analysis.parameters,
        multiply_adds=analysis.multiply_adds,
        pretrained=False,
        available_offline=True,
        licence="",
    )
    if known:
        return _with_weights(listed, known)
    if own := PRETRAINED.get(template.name):
        return msgspec.structs.replace(
            listed,
            source=own.source,
            pretrained=True,
            available_offline=own.available_offline,
            licence=own.licence,
        )
    return listed


def _torchvision(known: TorchvisionWeights) -> ListedNetwork:
    listed = ListedNetwork(
        name=known.name,
        title=known.title,
        source="torchvision, trained on ImageNet",
        year=known.year,
        parameters=known.parameters,
        multiply_adds=known.multiply_adds,
        pretrained=True,
        available_offline=False,
        licence="",
    )
    return _with_weights(listed, known)


def _with_weights(listed: ListedNetwork, known: TorchvisionWeights) -> ListedNetwork:
    return msgspec.structs.replace(
        listed,
        pretrained=True,
        available_offline=known.path.exists(),
        licence=known.licence,
        top1_error=known.top1_error,
        weights_bytes=known.weights_bytes,
    )
