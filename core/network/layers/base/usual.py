"""How many channels are usual for a new layer, by what arrives at it."""

from __future__ import annotations

from core.network.layers.base.layer import Shape

USUAL_CHANNELS = 64
"""Where nothing with channels arrives yet."""

MOST_OF_IMAGE = 4
"""What has no more channels is taken for an image: as many filters would be too few."""


def channels_of(shape: Shape | None) -> int:
    """Return how many channels a shape has, or the usual number where there is none."""
    return shape[0] if shape and len(shape) == 3 else USUAL_CHANNELS


def usual_filters(shape: Shape | None) -> int:
    """Return how many filters a convolution usually has there: as many as channels arrive."""
    channels = channels_of(shape)
    return channels if channels > MOST_OF_IMAGE else USUAL_CHANNELS
