import msgspec
import numpy as np
import pytest
import torch
from torch.nn import functional

from core.images.preparation import Interpolation, Preparation
from core.jobs.job import Reporter
from core.network.layers.regularisation import Dropout
from core.network.network import encode_network
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from core.onnx.onnx_session import open_session
from core.pretrained.efficientnet_lite_weights import LITE0
from core.recipes.recipes import RECIPES
from core.training.features.frozen_prefix import PIXELS, boundary_of, frozen_prefix
from core.training.learning.learner import Learner
from core.training.starting_point import (
    StartingPoint,
    frozen_by_default,
    starting_point,
    with_frozen,
)
from tests.core.conftest import small_network

SIDE = 96
PREPARATION = Preparation(resize_to=SIDE, crop=SIDE, interpolation=Interpolation.BILINEAR)

SHARE = RECIPES["balanced"].frozen_share


def frozen_before(network, layer):
    """Freeze what comes before a layer, in computing order."""
    ids = [node.id for node in network.order]
    return with_frozen(network, set(ids[: ids.index(network.named(layer).id)]))


def built(name, before):
    """Return a network without dropout, the layers before one frozen, and lively weights."""
    network = TEMPLATES[name].build(1000, size=SIDE)
    nodes = tuple(
        msgspec.structs.replace(n, layer=Dropout(probability=0.0))
        if isinstance(n.layer, Dropout)
        else n
        for n in network.nodes
    )
    network = frozen_before(msgspec.structs.replace(network, nodes=nodes), before)
    if name == "efficientnet-lite0":
        return network, LITE0.load_weights()
    torch.manual_seed(0)
    module = NetworkModule(network)
    for key, value in module.named_buffers():  # stored statistics other than 0 and 1
        if "running" in key:
            value.uniform_(0.5, 1.5)
    return network, {k: v.numpy().copy() for k, v in module.state_dict().items()}


CUTS = {
    "after a block": ("resnet18", "layer3.0.conv1"),
    "within a residual block": ("resnet18", "layer3.0.conv2"),
    "within a dense block": ("densenet121", "features.denseblock4.denselayer16.conv2"),
    "the sixth stage": ("efficientnet-lite0", "stages.5.0.expand.conv"),
}


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize("cut", CUTS)
def test_the_gradients_are_those_with_the_prefix_in_place(cut):
    """The whole network in torch against the prefix by ONNX Runtime and the rest in torch."""
    name, layer = CUTS[cut]
    network, weights = built(name, layer)
    prefix = frozen_prefix(network, weights, PREPARATION)
    assert (len(prefix.boundary) > 1) == ("within" in cut)
    pixels = np.random.default_rng(0).integers(0, 256, (4, 3, SIDE, SIDE), np.uint8)
    labels = torch.tensor([0, 1, 2, 3])
    whole = Learner(network, weights, (), PREPARATION).train()
    rest = Learner(network, weights, prefix.boundary, PREPARATION).train()
    functional.cross_entropy(whole(torch.from_numpy(pixels))[0], labels).backward()
    values = open_session(prefix.file).run(None, {PIXELS: pixels})
    functional.cross_entropy(rest(*map(torch.from_numpy, values))[0], labels).backward()
    expected = {k: p.grad for k, p in whole.named_parameters() if p.requires_grad}
    found = {k: p.grad for k, p in rest.named_parameters() if p.requires_grad}
    assert found.keys() == expected.keys()
    assert len(found) > 0
    for key, gradient in expected.items():
        assert float((found[key] - gradient).norm()) <= 2e-3 * float(gradient.norm()) + 1e-6, key


@pytest.mark.usefixtures("weights")
def test_float16_keeps_the_direction_of_the_gradient():
    network, weights = built("efficientnet-lite0", "stages.5.0.expand.conv")
    prefix = frozen_prefix(network, weights, PREPARATION)
    pixels = np.random.default_rng(0).integers(0, 256, (4, 3, SIDE, SIDE), np.uint8)
    values = open_session(prefix.file).run(None, {PIXELS: pixels})
    gradients = []
    for kept in (values, [value.astype(np.float16).astype(np.float32) for value in values]):
        rest = Learner(network, weights, prefix.boundary, PREPARATION).train()
        (scores,) = rest(*map(torch.from_numpy, kept))
        functional.cross_entropy(scores, torch.tensor([0, 1, 2, 3])).backward()
        gradients.append(
            torch.cat([p.grad.flatten() for p in rest.parameters() if p.requires_grad])
        )
    assert float(functional.cosine_similarity(*gradients, dim=0)) > 0.998


def test_dropout_behind_the_last_frozen_layer_stays_in_training():
    network = frozen_before(small_network(), "classifier")
    (point,) = boundary_of(network)
    assert network.by_id[point[0]].name == "flatten"


def test_a_frozen_layer_behind_a_free_one_is_not_in_the_prefix():
    network = small_network()
    last = with_frozen(network, {"block1.conv", "block2.conv", "block2.norm"})
    assert boundary_of(last) == (("input", 0),)


@pytest.mark.parametrize(
    ("name", "first_free"),
    [("efficientnet-lite0", "stages.5.0.expand.conv"), ("resnet18", "layer3.1.conv1")],
)
def test_by_default_about_the_last_third_learns_and_blocks_stay_whole(name, first_free):
    network = TEMPLATES[name].build(5)
    start = StartingPoint(name, name, network, {}, PREPARATION, (), "classifier")
    start = frozen_by_default(start, SHARE)
    free = [node.name for node in start.network.order if not node.frozen]
    weighted = [n for n in free if n.endswith(("conv", "conv1", "conv2"))]
    assert weighted[0] == first_free
    assert len(boundary_of(start.network)) == 1


def test_the_frozen_flags_of_a_design_count(tmp_path):
    network = with_frozen(small_network(), {"block0.conv", "block0.norm"})
    (tmp_path / "own.json").write_bytes(encode_network(network))
    start = starting_point(str(tmp_path / "own.json"), ["a", "b"], Reporter())
    assert frozen_by_default(start, SHARE) is start
    (point,) = boundary_of(start.network)
    assert point[0] == "block0.pool"
