"""Layers that act during training alone, and the one that does nothing."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.layer import Family, Shape
from core.network.layers.base.passing import PassThrough
from core.network.layers.base.setting_types import Share


class _Regularisation(PassThrough, frozen=True):
    family: ClassVar[Family] = Family.REGULARISATION


class Dropout(_Regularisation, frozen=True, tag=True):
    """Sets numbers to zero at random during training, but not when the network is used."""

    title: ClassVar[str] = "Dropout"
    synonyms: ClassVar[tuple[str, ...]] = ("regularisation", "regularization")

    probability: Annotated[
        Share, Meta(title="Probability", description="Share of the numbers set to zero, 0…1.")
    ] = 0.5

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Dropout`."""
        return construct("nn.Dropout", p=(self.probability, 0.5))


class StochasticDepth(_Regularisation, frozen=True, tag=True):
    """Skips a whole branch at random during training, but never when the network is used.

    Source: G. Huang et al., "Deep networks with stochastic depth", 2016.
    """

    title: ClassVar[str] = "Stochastic depth"
    stem: ClassVar[str] = "drop"
    synonyms: ClassVar[tuple[str, ...]] = ("drop path", "droppath")

    probability: Annotated[
        Share, Meta(title="Probability", description="How often the branch is skipped, 0…1.")
    ] = 0.1
    mode: Annotated[
        Literal["row", "batch"],
        Meta(
            title="Mode", description="Whether to skip it for single images or for the whole batch."
        ),
    ] = "row"

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return the module of the same name."""
        call = Constructor("StochasticDepth", (self.probability, self.mode), {})
        return call.labelled("probability", "mode")


class Identity(_Regularisation, frozen=True, tag=True):
    """Does nothing: the numbers pass through."""

    title: ClassVar[str] = "Identity"
    synonyms: ClassVar[tuple[str, ...]] = ("skip", "nothing")

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Identity`."""
        return construct("nn.Identity")
