"""The expression that builds a layer's torch module: called, or printed as source."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, slots=True)
class Constructor:
    """A call such as `nn.Conv2d(3, 64, kernel_size=7, stride=2)`.

    Attributes:
        name: “nn.” and a class of torch, or a class of `core.network.layers.base.torch_layers`.
        arguments: By position.
        settings: By name.
        labels: What the arguments by position are called where they become a class's own.
        defaults: Settings that are left out where they have this value.
    """

    name: str
    arguments: tuple[Any, ...]
    settings: dict[str, Any]
    labels: tuple[str, ...] = ()
    defaults: dict[str, Any] = field(default_factory=dict)

    @property
    def all_settings(self) -> dict[str, Any]:
        """The settings, with the defaults that are not written."""
        return {**self.defaults, **self.settings}

    def labelled(self, *labels: str, **defaults: Any) -> Constructor:
        """Return the call with the labels of its arguments, and the defaults of its settings."""
        return replace(self, labels=labels, defaults=defaults)

    def build(self) -> nn.Module:
        """Make the module, with fresh weights."""
        from torch import nn

        from core.network.layers.base import torch_layers

        home: Any = nn if self.name.startswith("nn.") else torch_layers
        made: nn.Module = getattr(home, self.name.removeprefix("nn."))(
            *self.arguments, **self.settings
        )
        return made

    def __str__(self) -> str:
        settings = (f"{name}={value!r}" for name, value in self.settings.items())
        return f"{self.name}({', '.join([*map(repr, self.arguments), *settings])})"


def construct(name: str, *arguments: Any, **settings: tuple[Any, Any]) -> Constructor:
    """Return a constructor without the settings that are as torch has them anyway.

    Args:
        name: Of the class.
        arguments: By position.
        settings: Value and torch's default; pairs of equal numbers become one number.
    """
    kept = {
        name: plain(value) for name, (value, usual) in settings.items() if plain(value) != usual
    }
    return Constructor(name, arguments, kept)


def plain(value: Any) -> Any:
    """Return (3, 3) as 3, anything else as it is."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == value[1]:
        return value[0]
    return value
