"""Batch normalisation that learns its scale and shift, and keeps its mean and variance."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from core.images.preparation import Preparation
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from core.training.learning.learner import Learner

SIDE = 64
PREPARATION = Preparation(resize_to=SIDE, crop=SIDE)


@pytest.fixture
def learner() -> Learner:
    network = TEMPLATES["resnet18"].build(3, size=SIDE)
    torch.manual_seed(0)
    module = NetworkModule(network)
    weights = {k: v.numpy().copy() for k, v in module.state_dict().items()}
    names = {node.name for node in network.nodes} - {"layer4.1.bn2"}  # that one begins anew
    return Learner(network, weights, (), PREPARATION, stored=names).train()


def gradients(learner: Learner, images: torch.Tensor, labels: torch.Tensor, piece: int):
    learner.zero_grad()
    for begin in range(0, len(labels), piece):
        (scores,) = learner(images[begin : begin + piece])
        part = labels[begin : begin + piece]
        functional.cross_entropy(scores, part, reduction="sum").backward()
    return {name: p.grad.clone() for name, p in learner.named_parameters()}


def test_the_statistics_stay_and_all_else_learns(learner):
    before = {name: value.clone() for name, value in learner.named_buffers()}
    images = torch.randint(0, 256, (6, 3, SIDE, SIDE), dtype=torch.uint8)
    found = gradients(learner, images, torch.tensor([0, 1, 2, 0, 1, 2]), 6)
    assert all(float(gradient.abs().sum()) > 0 for gradient in found.values())
    moved = {n for n, value in learner.named_buffers() if not torch.equal(value, before[n])}
    assert {name.rpartition(".")[0] for name in moved} == {"part.layer4.1.bn2"}


def test_pieces_of_a_batch_have_the_gradients_of_the_whole(learner):
    images = torch.randint(0, 256, (6, 3, SIDE, SIDE), dtype=torch.uint8)
    labels = torch.tensor([0, 1, 2, 0, 1, 2])
    settled = learner.part.get_submodule("layer4.1.bn2")
    assert isinstance(settled, nn.BatchNorm2d)
    settled.eval()
    whole, pieces = (gradients(learner, images, labels, size) for size in (6, 2))
    for name, gradient in whole.items():
        assert torch.allclose(pieces[name], gradient, rtol=1e-3, atol=1e-4), name
