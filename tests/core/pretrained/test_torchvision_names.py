"""The names read from torchvision's source are those that torchvision tells of itself."""

from __future__ import annotations

from core.network.importing.torchvision import model_names
from core.pretrained.torchvision_names import torchvision_names


def test_they_are_those_that_torchvision_lists() -> None:
    assert torchvision_names() == sorted(model_names())
