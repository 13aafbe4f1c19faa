"""The written ONNX held against PyTorch's own exporter."""

import io
import warnings

import numpy as np
import onnxruntime
import pytest
import torch
from msgspec.structs import replace

from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.ends import Input
from core.network.layers.fully_connected import Flatten
from core.network.network import Builder
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from tests.core.network.as_onnx import network_as_onnx
from tests.core.network.small_templates import exportable

REPEATING = {"resnet101", "resnet152", "wide_resnet50_2"}
"""Networks that have nothing but more, or wider, of the blocks of ResNet-50."""


def answer(model: bytes, image: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: image})[0]


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in REPEATING])
def test_our_file_answers_as_that_of_torchs_exporter(name):
    network = exportable(name)
    torch.manual_seed(0)
    module = NetworkModule(network).eval()
    weights = {key: value.numpy() for key, value in module.state_dict().items()}
    shape = network.only(Input).layer.output_shape()
    image = np.random.default_rng(0).normal(size=(1, *shape)).astype(np.float32)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called old
        torch.onnx.export(module, torch.from_numpy(image), buffer, dynamo=False, opset_version=17)
    theirs = answer(buffer.getvalue(), image)
    ours = answer(network_as_onnx(network, weights), image)
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 1e-4 * max(1.0, np.abs(theirs).max())


@pytest.mark.parametrize("name", ["input", "output", "image"])
def test_a_layer_may_be_called_as_the_files_own_input_and_output(name):
    builder = Builder()
    rows = (("first", ReLU()), ("second", GlobalAvgPool2d()), ("third", Flatten()))
    network = builder.network(builder.chain(builder.input(3, 4, 4), *rows))
    names = {"second": name, "input": "start", "output": "end"}
    nodes = tuple(replace(node, name=names.get(node.id, node.id)) for node in network.nodes)
    file = network_as_onnx(replace(network, nodes=nodes), {})
    image = np.random.default_rng(0).normal(size=(1, 3, 4, 4)).astype(np.float32)
    assert answer(file, image) == pytest.approx(np.maximum(image, 0).mean((2, 3)), rel=1e-5)
