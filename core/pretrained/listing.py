"""The networks there are, with their sizes, for lists and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from core.network.analysis import analyse
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from core.pretrained.catalogue import PRETRAINED

if TYPE_CHECKING:
    from core.pretrained.torchvision_weights import TorchvisionWeights


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


def list_networks(*, with_torchvision: bool = False) -> list[ListedNetwork]:
    """Return all templates and pretrained networks.

    Args:
        with_torchvision: Also those of torchvision, where it is installed; this imports torch.
    """
    listed = [_listed(template) for template in TEMPLATES.values()]
    if not with_torchvision:
        return listed
    try:
        from core.network.importing.torchvision import model_names
        from core.pretrained.torchvision_weights import entry
    except ImportError:
        return listed
    theirs = {name: entry(name) for name in model_names()}
    own = {network.name for network in listed}
    return [
        _with_weights(network, theirs[network.name]) if network.name in theirs else network
        for network in listed
    ] + [_of_torchvision(known) for name, known in theirs.items() if name not in own]


def _with_weights(network: ListedNetwork, known: TorchvisionWeights) -> ListedNetwork:
    return msgspec.structs.replace(
        network, pretrained=True, available_offline=known.path.exists(), licence=known.licence
    )


def _of_torchvision(known: TorchvisionWeights) -> ListedNetwork:
    return ListedNetwork(
        name=known.name,
        title=known.name,
        source="torchvision, trained on ImageNet",
        parameters=known.parameters,
        multiply_adds=known.multiply_adds,
        pretrained=True,
        available_offline=known.path.exists(),
        licence=known.licence,
    )


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
