"""Bypassed layers: in their place, but without effect on anything that is computed."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch

from core.network.analysis import analyse
from core.network.bypassing import set_bypassed, without_bypassed
from core.network.editing.wire_edits import remove_and_reconnect
from core.network.network import Network, NetworkError, decode_network, encode_network
from core.network.review.advice import advise
from core.network.review.compare import compare
from core.network.running.fit_weights import fit_weights
from core.network.running.module import NetworkModule
from core.network.source.source import source_text
from core.network.templates import TEMPLATES
from tests.core.network.as_onnx import network_as_onnx

CASES = (
    ("lenet5", ["c1_tanh"]),
    ("resnet18", ["layer1.0.relu", "layer1.1.conv2", "layer1.1.bn2"]),
    ("googlenet", ["inception3a.branch2.0.conv", "inception3a.branch2.0.bn"]),
)


def network_of(name: str) -> Network:
    return TEMPLATES[name].build(10)


def some_of(network: Network, wanted: list[str]) -> list[str]:
    return [node.id for node in network.nodes if node.name in wanted]


@pytest.mark.parametrize(("name", "layers"), CASES)
def test_it_computes_what_the_network_without_the_layers_computes(name, layers) -> None:
    network = network_of(name)
    ids = some_of(network, layers)
    assert ids
    bypassed, without = set_bypassed(network, ids, True), remove_and_reconnect(network, ids)
    assert bypassed.edges == network.edges
    first, second = analyse(bypassed), analyse(without)
    assert not second.problems
    assert not first.problems
    for figure in ("parameters", "multiply_adds", "activation_bytes", "inference_bytes", "depth"):
        assert getattr(first, figure) == getattr(second, figure)
    for id_, result in second.results.items():
        assert first.results[id_].outputs == result.outputs
        assert first.results[id_].field == result.field
    assert not [a for a in advise(first) if a.node in ids]
    assert source_text(bypassed) == source_text(without)
    assert set(fit_weights(bypassed, {}).layers) == set(fit_weights(without, {}).layers)


def test_module_and_onnx_leave_it_out() -> None:
    network = network_of("lenet5")
    bypassed = set_bypassed(network, some_of(network, ["c1_tanh"]), True)
    torch.manual_seed(0)
    module = NetworkModule(bypassed).eval()
    weights = {name: tensor.numpy() for name, tensor in module.state_dict().items()}
    shape = analyse(network).results["input"].output
    image = np.random.default_rng(0).random((1, *shape), dtype=np.float32)
    session = onnxruntime.InferenceSession(network_as_onnx(bypassed, weights))
    (scores,) = session.run(None, {session.get_inputs()[0].name: image})
    expected = module(torch.from_numpy(image)).detach().numpy()
    np.testing.assert_allclose(scores, expected, atol=1e-5)
    whole = NetworkModule(network, weights).eval()(torch.from_numpy(image)).detach().numpy()
    assert np.abs(whole - expected).max() > 1e-4


def test_bypassing_is_kept_and_undone() -> None:
    network = network_of("lenet5")
    ids = some_of(network, ["c1_tanh"])
    bypassed = set_bypassed(network, ids, True)
    assert decode_network(encode_network(bypassed)) == bypassed
    assert set_bypassed(bypassed, ids, False) == network
    assert without_bypassed(network) is network
    (change,) = compare(analyse(network), analyse(bypassed)).changed
    assert [difference.title for difference in change.settings] == ["Bypassed"]


def test_a_layer_whose_size_mattered_shows_where_it_is_missed() -> None:
    network = network_of("resnet18")
    (halving,) = some_of(network, ["layer2.0.downsample.0"])
    analysis = analyse(set_bypassed(network, [halving], True))
    result = analysis.results[halving]
    assert result.output == result.inputs[0]
    assert [problem.node for problem in analysis.problems] == ["layer2.0.add"]


def test_a_merge_passes_on_its_first_input() -> None:
    network = network_of("resnet18")
    adding = next(node for node in network.nodes if node.name == "layer2.0.add")
    first = network.incoming[adding.id][0]
    analysis = analyse(set_bypassed(network, [adding.id], True))
    assert analysis.results[adding.id].output == analysis.results[first.source].output
    downsample = next(n.id for n in network.nodes if n.name == "layer2.0.downsample.0")
    assert downsample not in {result.node.id for result in analysis.in_use}


def test_the_ends_cannot_be_bypassed() -> None:
    network = network_of("lenet5")
    with pytest.raises(NetworkError, match="input cannot be bypassed"):
        set_bypassed(network, ["input"], True)
    ids = some_of(network, ["input", "c1_tanh"])
    changed = set_bypassed(network, ids, True)
    assert [node.name for node in changed.nodes if node.bypassed] == ["c1_tanh"]


def test_what_is_bypassed_without_a_source_is_a_problem() -> None:
    network = network_of("lenet5")
    tanh = some_of(network, ["c1_tanh"])[0]
    cut = tuple(edge for edge in network.edges if edge.target != tanh)
    lone = set_bypassed(Network(nodes=network.nodes, edges=cut), [tanh], True)
    assert "c1_tanh takes 1 input but has 0" in [p.what for p in analyse(lone).problems]
