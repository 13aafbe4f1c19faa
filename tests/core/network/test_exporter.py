"""The written ONNX held against PyTorch's own exporter."""

import io
import warnings

import numpy as np
import onnxruntime
import pytest
import torch

from core.network.layers.ends import Input
from core.network.module import NetworkModule
from core.network.onnx_graph import network_as_onnx
from core.network.templates import TEMPLATES
from tests.core.network.small_templates import exportable


def answer(model: bytes, image: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: image})[0]


@pytest.mark.parametrize("name", TEMPLATES)
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
