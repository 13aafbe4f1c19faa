"""Images are prepared for torchvision's networks as torchvision's own transforms do."""

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import models

from core.pretrained.torchvision_table import torchvision_table
from tests.core.images.test_preparation import prepare

SIZES = [(375, 500), (500, 333), (260, 401), (90, 130)]
"""Heights and widths in pixels; resized, what sticks out is even and odd."""


def test_every_classifier_of_torchvision_is_in_the_table():
    assert set(torchvision_table()) == set(models.list_models(module=models))


@pytest.mark.parametrize("name", torchvision_table())
def test_the_numbers_are_those_of_the_weights(name):
    ours, theirs = (
        torchvision_table()[name].preparation,
        models.get_model_weights(name).DEFAULT.transforms(),
    )
    assert [ours.resize_to] == theirs.resize_size
    assert [ours.crop] == theirs.crop_size
    assert ours.interpolation == theirs.interpolation.value
    assert theirs.antialias
    assert ours.mean == pytest.approx([255 * value for value in theirs.mean])
    assert ours.scale == pytest.approx([255 * value for value in theirs.std])


@pytest.mark.parametrize("name", ["resnet18", "efficientnet_b3", "inception_v3", "vit_l_16"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pixels_are_those_of_the_transforms(name, size):
    """Few pixels are one of 255 steps apart, by rounding, and hardly any two."""
    random = np.random.default_rng(7)
    coarse = random.integers(0, 256, (size[0] // 6, size[1] // 6, 3), np.uint8)
    image = Image.fromarray(coarse).resize(size[::-1], Image.Resampling.BICUBIC)
    transforms = models.get_model_weights(name).DEFAULT.transforms()
    scale = torch.tensor(transforms.std).reshape(-1, 1, 1)
    ours = torch.from_numpy(prepare(np.asarray(image), torchvision_table()[name].preparation)[0])
    steps = 255 * scale * (ours - transforms(image)).abs()
    assert float(steps.max()) <= 2.001
    assert float((steps > 1.5).float().mean()) < 1e-4
    assert float(steps.mean()) < 0.01
