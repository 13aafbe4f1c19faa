"""Networks that the worker opens for the window: their weights stay in a file."""

import numpy as np
import pytest
from safetensors.numpy import load_file

from core.jobs.job import Reporter
from core.network.analysis import analyse, check_weights
from core.network.network import NetworkError
from core.network.templates import TEMPLATES
from core.opening.open_job import OpenNetworkJob
from tests.core.network.as_onnx import network_as_onnx


def test_an_onnx_file_comes_with_the_shapes_of_its_weights(tmp_path):
    network = TEMPLATES["lenet5"].build(10)
    generator = np.random.default_rng(0)
    weights = {
        f"{result.node.name}.{tensor.name}": generator.normal(size=tensor.shape).astype("float32")
        for result in analyse(network).own
        for tensor in result.tensors
    }
    file = tmp_path / "Ziffern ü.onnx"
    file.write_bytes(network_as_onnx(network, weights))
    opened = OpenNetworkJob(str(file)).run(Reporter())
    assert opened.title == "Ziffern ü"
    assert analyse(opened.network).parameters == 61_706
    held = load_file(opened.weights.path)
    assert {name: value.shape for name, value in held.items()} == opened.weights.shapes
    check_weights(analyse(opened.network), held)


def test_a_network_of_torchvision_needs_no_weights():
    opened = OpenNetworkJob("shufflenet_v2_x1_0").run(Reporter())
    assert analyse(opened.network).parameters == 2_278_604
    assert opened.weights is None


def test_a_network_of_torchvision_is_called_as_its_card():
    assert OpenNetworkJob("regnet_y_400mf").run(Reporter()).title == "RegNetY 400 MF"


def test_a_pretrained_network_comes_with_its_weights(weights):
    opened = OpenNetworkJob("efficientnet-lite0", with_weights=True).run(Reporter())
    assert opened.title == TEMPLATES["efficientnet-lite0"].title
    check_weights(analyse(opened.network), load_file(opened.weights.path))


def test_what_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(NetworkError, match="no template or torchvision network"):
        OpenNetworkJob("resnet18000").run(Reporter())
