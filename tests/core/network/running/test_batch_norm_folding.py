"""Folding batch normalisation into convolutions changes the file, not the answers."""

from __future__ import annotations

import pytest
import torch
from msgspec.structs import replace

from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Builder, Edge, Network
from core.network.running.batch_norm_folding import fold_batch_norms
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from core.network.templates.short_forms import conv


def trained(network: Network) -> NetworkModule:
    """Return a module whose normalisations have numbers of their own."""
    torch.manual_seed(0)
    module = NetworkModule(network)
    with torch.no_grad():
        for _ in range(2):
            module(torch.randn(4, *network.nodes[0].layer.output_shape()))
        for name, value in module.state_dict().items():
            if value.ndim == 1 and value.is_floating_point() and "running" not in name:
                value.uniform_(0.8, 1.2)
    return module.eval()


def assert_same_answers(network: Network, left: int) -> None:
    module = trained(network)
    weights = {name: value.numpy() for name, value in module.state_dict().items()}
    folded, kept = fold_batch_norms(network, weights)
    assert sum(isinstance(node.layer, BatchNorm2d) for node in folded.nodes) == left
    x = torch.randn(2, *network.nodes[0].layer.output_shape())
    with torch.no_grad():
        expected, ours = module(x), NetworkModule(folded, kept).eval()(x)
    assert expected.std() > 0
    torch.testing.assert_close(ours, expected, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize(
    ("name", "left"), [("resnet18", 0), ("googlenet", 0), ("mobilenet_v2", 0), ("densenet121", 62)]
)
def test_classic_networks(name: str, left: int) -> None:
    assert_same_answers(TEMPLATES[name].build(5, size=64), left)


def test_shared_layers_keep_their_normalisation() -> None:
    b = Builder()
    rows = (("conv", conv(4, 3, padding=1)), ("norm", BatchNorm2d()))
    network = b.network(b.chain(b.input(4, 8, 8), *rows))
    again = [replace(network.named(name), id=f"{name}2") for name in ("conv", "norm")]
    edges = (
        *(edge for edge in network.edges if edge.target != "output"),
        Edge("norm", "conv2"),
        Edge("conv2", "norm2"),
        Edge("norm2", "output"),
    )
    assert_same_answers(replace(network, nodes=(*network.nodes, *again), edges=edges), 2)
