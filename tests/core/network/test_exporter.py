"""The written ONNX held against PyTorch's own exporter."""

import io
import warnings

import numpy as np
import onnxruntime
import pytest
import torch

from core.network.analysis import analyse
from core.network.layers.ends import Input
from core.network.module import NetworkModule
from core.network.onnx_graph import network_as_onnx
from core.network.templates import TEMPLATES

SMALL = [
    "lenet5",
    "lenet5-1998",
    "squeezenet1_1",
    "resnet18",
    "googlenet",
    "googlenet-2014",
    "mobilenet_v2",
    "densenet121",
    "efficientnet_b0",
    "efficientnet-lite0",
]


def answer(model: bytes, image: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: image})[0]


@pytest.mark.parametrize("name", SMALL)
def test_our_file_answers_as_that_of_torchs_exporter(name):
    template = TEMPLATES[name]
    network = template.build(template.classes)
    torch.manual_seed(0)
    module = NetworkModule(network).eval()
    weights = {key: value.numpy() for key, value in module.state_dict().items()}
    shape = analyse(network).results[network.only(Input).id].output
    image = np.random.default_rng(0).normal(size=(1, *shape)).astype(np.float32)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called old
        torch.onnx.export(module, torch.from_numpy(image), buffer, dynamo=False, opset_version=17)
    theirs = answer(buffer.getvalue(), image)
    ours = answer(network_as_onnx(network, weights), image)
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 1e-4 * max(1.0, np.abs(theirs).max())
