"""Networks to start from, one module per family; each lists its own in `TEMPLATES`."""

from __future__ import annotations

from core.network.templates import (
    alexnet,
    densenet,
    efficientnet,
    efficientnet_lite,
    googlenet,
    inception,
    lenet,
    mobilenet,
    resnet,
    squeezenet,
    vgg,
    zfnet,
)
from core.network.templates.template import Template

FAMILIES = (
    lenet,
    alexnet,
    zfnet,
    vgg,
    inception,
    googlenet,
    resnet,
    squeezenet,
    densenet,
    mobilenet,
    efficientnet,
    efficientnet_lite,
)


def _registry() -> dict[str, Template]:
    registry: dict[str, Template] = {}
    for family in FAMILIES:
        for template in family.TEMPLATES:
            if template.name in registry:
                raise TypeError(f"two templates are called {template.name}")
            registry[template.name] = template
    return registry


TEMPLATES = _registry()
"""Every template by its name, in the order of history."""
