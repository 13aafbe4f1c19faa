"""Augmentation: changed copies of an image, each a function of its own random numbers alone.

Imports torch and torchvision.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torchvision.transforms.v2 import InterpolationMode
from torchvision.transforms.v2 import functional as transforms

from core.images.preparation import Interpolation, Preparation
from core.images.reading import Pixels

TRIES = 10
"""To find a cut of the drawn shape that fits, as torchvision's RandomResizedCrop has it."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far images are changed.

    Attributes:
        side: Of the result in pixels.
        least_area: Smallest share of the picture that a cut keeps.
        widest: Largest ratio of the sides of a cut.
        colour: Largest change of brightness, contrast and saturation, as a share.
        mirroring: Whether left and right may be exchanged.
        interpolation: How pixels are made between pixels.
    """

    side: int
    least_area: float
    widest: float
    colour: float
    mirroring: bool
    interpolation: Interpolation

    def changed(self, pixels: Pixels, random: np.random.Generator) -> torch.Tensor:
        """Return a changed copy of an image (3, height, width), uint8, as (3, side, side)."""
        top, left, height, width = self._cut(pixels.shape[1], pixels.shape[2], random)
        part: torch.Tensor = torch.from_numpy(
            np.array(pixels[:, top : top + height, left : left + width])
        )
        part = self.resized(part)
        if self.mirroring and random.random() < 0.5:
            part = transforms.horizontal_flip(part)
        if self.colour:
            brightness, contrast, saturation = 1 + random.uniform(-self.colour, self.colour, 3)
            part = transforms.adjust_brightness(part, brightness)
            part = transforms.adjust_contrast(part, contrast)
            part = transforms.adjust_saturation(part, saturation)
        return part

    def resized(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return images (…, 3, height, width) as (…, 3, side, side)."""
        cubic = self.interpolation is Interpolation.BICUBIC
        mode = InterpolationMode.BICUBIC if cubic else InterpolationMode.BILINEAR
        result: torch.Tensor = transforms.resize(
            pixels, [self.side, self.side], mode, antialias=True
        )
        return result

    def _cut(
        self, height: int, width: int, random: np.random.Generator
    ) -> tuple[int, int, int, int]:
        """Draw (top, left, height, width) of a cut.

        Source: C. Szegedy et al., "Going deeper with convolutions", 2014, section 6, as in
        torchvision's `RandomResizedCrop`.
        """
        for _ in range(TRIES):
            area = height * width * random.uniform(self.least_area, 1.0)
            ratio = math.exp(random.uniform(-math.log(self.widest), math.log(self.widest)))
            cut_width, cut_height = (
                round(math.sqrt(area * ratio)),
                round(math.sqrt(area / ratio)),
            )
            if 0 < cut_width <= width and 0 < cut_height <= height:
                top = int(random.integers(0, height - cut_height + 1))
                left = int(random.integers(0, width - cut_width + 1))
                return top, left, cut_height, cut_width
        side = min(height, width)
        return (height - side) // 2, (width - side) // 2, side, side


def augmentation_for(preparation: Preparation, *, mirroring: bool) -> Augmentation:
    """Return the changes that suit a network's images: small ones bear less."""
    small = preparation.crop < 96
    return Augmentation(
        side=preparation.crop,
        least_area=0.7 if small else 0.35,
        widest=1.15 if small else 4 / 3,
        colour=0.0 if preparation.channels == 1 else 0.15,
        mirroring=mirroring,
        interpolation=preparation.interpolation,
    )
