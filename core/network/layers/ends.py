"""Where a network begins and ends."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.layer import Family, Layer, Shape
from core.network.layers.base.passing import PassThrough
from core.network.layers.base.setting_types import Channels, Extent, Share


class Input(Layer, frozen=True, tag=True):
    """The input of the network: the prepared image."""

    title: ClassVar[str] = "Image input"
    synonyms: ClassVar[tuple[str, ...]] = ("image",)
    family: ClassVar[Family] = Family.ENDS
    input_count: ClassVar[int | None] = 0

    channels: Annotated[
        Channels, Meta(title="Channels", description="3 for colour, 1 for grey.")
    ] = 3
    height: Annotated[
        Extent,
        Meta(
            title="Height",
            description="Of the image, in pixels.",
            extra={"symbol": "H", "unit": "pixels"},
        ),
    ] = 224
    width: Annotated[
        Extent,
        Meta(
            title="Width",
            description="Of the image, in pixels.",
            extra={"symbol": "W", "unit": "pixels"},
        ),
    ] = 224

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return (channels, height, width)."""
        return (self.channels, self.height, self.width)


class _End(PassThrough, frozen=True):
    """Where scores leave as they are."""

    family: ClassVar[Family] = Family.ENDS
    functional: ClassVar[bool] = True

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.Identity`."""
        return construct("nn.Identity")

    def source_call(self, inputs: list[str]) -> str:
        """Return the input."""
        return inputs[0]


class Output(_End, frozen=True, tag=True):
    """The output of the network: one score for each class."""

    title: ClassVar[str] = "Classifier output"
    synonyms: ClassVar[tuple[str, ...]] = ("scores", "classes")


class AuxiliaryOutput(_End, frozen=True, tag=True):
    """An output used only in training, like GoogLeNet's side classifiers.

    Source: C. Szegedy et al., "Going deeper with convolutions", 2015, for the weight.
    """

    title: ClassVar[str] = "Auxiliary output"
    stem: ClassVar[str] = "aux"

    loss_weight: Annotated[
        Share,
        Meta(
            title="Weight of its loss",
            description="How much these scores count in training beside the classifier's, 0…1.",
        ),
    ] = 0.3
