"""The layer kinds. A new one is a class in one of these modules; nothing else lists it."""

from __future__ import annotations

from collections.abc import Iterator

from core.network.layers import (  # noqa: F401 - importing a module makes its kinds known
    activation,
    adaptive_pooling,
    convolution,
    ends,
    fully_connected,
    lenet_1998,
    merge,
    normalisation,
    opaque,
    pooling,
    rearrangement,
    regularisation,
    response_normalisation,
    scaling,
    transposed_convolution,
)
from core.network.layers.base.layer import Layer

__all__ = ["LAYER_KINDS"]


def _kinds(base: type[Layer]) -> Iterator[type[Layer]]:
    """Yield the layer kinds below `base`; what has no title is a base of others."""
    for kind in base.__subclasses__():
        if kind.title:
            yield kind
        yield from _kinds(kind)


def _registry() -> dict[str, type[Layer]]:
    registry: dict[str, type[Layer]] = {}
    for kind in _kinds(Layer):
        if kind.__name__ in registry:
            raise TypeError(f"two layer kinds are called {kind.__name__}")
        registry[kind.__name__] = kind
    return registry


LAYER_KINDS = _registry()
"""Every layer kind by its name, as designs name it."""
