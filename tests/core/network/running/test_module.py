"""The network as a PyTorch module: what it keeps in memory while it runs."""

from __future__ import annotations

import weakref

import pytest
import torch

from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES


@pytest.mark.parametrize(
    ("name", "alive"), [("resnet18", 3), ("googlenet", 6), ("densenet121", 27)]
)
def test_feature_maps_are_let_go_of_after_their_last_reader(name, alive):
    module = NetworkModule(TEMPLATES[name].build(3)).eval()
    maps: list[weakref.ref[torch.Tensor]] = []
    most = 0

    def watch(layer, given, made):
        nonlocal most
        most = max(most, sum(one() is not None for one in maps))
        maps.append(weakref.ref(made))

    for layer in module.modules():
        if not list(layer.children()):
            layer.register_forward_hook(watch)
    with torch.inference_mode():
        module(torch.zeros(1, 3, 224, 224))
    assert len(maps) > 60
    assert most <= alive  # DenseNet's blocks read all maps before them once more


def test_letting_go_changes_no_gradient():
    torch.manual_seed(0)
    module = NetworkModule(TEMPLATES["resnet18"].build(3)).eval().double()
    images = torch.rand(2, 3, 64, 64, dtype=torch.float64, requires_grad=True)
    module(images)[:, 0].sum().backward()
    step = 1e-6
    nudged = images.detach().clone()
    nudged[0, 1, 30, 31] += step
    with torch.inference_mode():
        rise = (module(nudged)[:, 0].sum() - module(images)[:, 0].sum()) / step
    assert float(images.grad[0, 1, 30, 31]) == pytest.approx(float(rise), rel=1e-3, abs=1e-9)
