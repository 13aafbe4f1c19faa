"""What PyTorch's exporter writes becomes editable layers with their weights again."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from onnx import helper
from torch import nn
from torchvision import models

from core.network.analysis import analyse
from core.network.importing.onnx_file import ImportedNetwork
from core.network.layers.opaque import OnnxOperation
from core.network.layers.rearrangement import Split
from tests.core.network.importing.test_onnx_file import assert_same_answers, write

EVERY_OPSET = pytest.mark.parametrize("opset", [13, 17, 20])


def exported(module: nn.Module, opset: int, path: Path, side: int = 8) -> ImportedNetwork:
    """Return what is read of a module's export, which gives the same answers once written."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called old
        image = torch.randn(1, 3, side, side)
        torch.onnx.export(module.eval(), image, buffer, dynamo=False, opset_version=opset)
    path.write_bytes(buffer.getvalue())
    return assert_same_answers(path)


def kinds(imported: ImportedNetwork) -> list[str]:
    return [type(node.layer).__name__ for node in imported.network.nodes][1:-1]


class Last(nn.Module):
    """Layers over the last axis, as in ConvNeXt."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Scaled(nn.Module):
    """A learned factor for each channel."""

    def __init__(self) -> None:
        super().__init__()
        self.layer_scale = nn.Parameter(torch.randn(6, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.layer_scale


class Parts(nn.Module):
    """Splits the channels, works on one part alone, and uses the parts in another order."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        one, two, three = x.split([1, 3, 2], 1)
        return torch.cat([three, two.relu(), one], 1)


class Left(nn.Module):
    """Uses some of the channels."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x[:, 1:3], x[:, 3:]], 1)


class Overlapping(nn.Module):
    """Uses some of the channels twice: no division of them."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x[:, :4], x[:, 2:]], 1)


LAYERS = [
    (nn.PReLU(), ["PReLU"]),
    (nn.PReLU(6), ["PReLU"]),
    (nn.GELU(), ["GELU"]),
    (nn.SiLU(), ["SiLU"]),
    (nn.Hardswish(), ["Hardswish"]),
    (nn.ConvTranspose2d(6, 4, 3, 2, 1, output_padding=1), ["ConvTranspose2d"]),
    (nn.ConvTranspose2d(6, 4, (2, 3), bias=False, groups=2, dilation=2), ["ConvTranspose2d"]),
    (Last(nn.Linear(6, 5)), ["Permute", "Linear", "Permute"]),
    (Last(nn.LayerNorm(6, 1e-6)), ["Permute", "LayerNorm", "Permute"]),
    (Scaled(), ["LayerScale"]),
    (Parts(), ["Split", "ReLU", "Concatenate"]),
    (Left(), ["Split", "Concatenate"]),
]


@EVERY_OPSET
@pytest.mark.parametrize(("layer", "expected"), LAYERS)
def test_layers(layer: nn.Module, expected: list[str], opset: int, tmp_path: Path) -> None:
    torch.manual_seed(0)
    for parameter in layer.parameters():
        nn.init.normal_(parameter)
    module = nn.Sequential(nn.Conv2d(3, 6, 3), layer)
    imported = exported(module, opset, tmp_path / "exported.onnx")
    assert kinds(imported) == ["Conv2d", *expected]
    parameters = sum(parameter.numel() for parameter in module.parameters())
    assert analyse(imported.network).parameters == parameters


def test_the_parts_of_a_split(tmp_path: Path) -> None:
    imported = exported(nn.Sequential(nn.Conv2d(3, 6, 3), Left()), 17, tmp_path / "exported.onnx")
    (split,) = [n.layer for n in imported.network.nodes if isinstance(n.layer, Split)]
    assert split.sizes == (1, 2, 3)


def test_parts_that_overlap_stay_closed(tmp_path: Path) -> None:
    module = nn.Sequential(nn.Conv2d(3, 6, 3), Overlapping())
    imported = exported(module, 17, tmp_path / "exported.onnx")
    assert kinds(imported) == ["Conv2d", "OnnxOperation", "OnnxOperation", "Concatenate"]


def test_a_gate_whose_value_is_used_elsewhere_stays(tmp_path: Path) -> None:
    make = helper.make_node
    nodes = [
        make("Sigmoid", ["image"], ["a"]),
        make("Mul", ["image", "a"], ["b"]),
        make("Add", ["a", "b"], ["c"]),
        make("GlobalAveragePool", ["c"], ["scores"]),
    ]
    imported = assert_same_answers(write(tmp_path / "gate.onnx", nodes, {}, 17))
    assert kinds(imported) == ["Sigmoid", "Multiply", "Add", "GlobalAvgPool2d"]


def test_matmul_and_a_constant_are_one_linear(tmp_path: Path) -> None:
    make = helper.make_node
    nodes = [
        make("GlobalAveragePool", ["image"], ["a"]),
        make("Flatten", ["a"], ["b"]),
        make("MatMul", ["b", "weight"], ["c"]),
        make("Add", ["bias", "c"], ["scores"]),
    ]
    numbers = np.random.default_rng(0).standard_normal((4, 5)).astype(np.float32)
    tensors = {"weight": numbers[:3], "bias": numbers[3]}
    imported = assert_same_answers(write(tmp_path / "linear.onnx", nodes, tensors, 11))
    assert kinds(imported) == ["GlobalAvgPool2d", "Flatten", "Linear"]
    (name,) = [name for name in imported.weights if name.endswith(".bias")]
    np.testing.assert_array_equal(imported.weights[name], numbers[3])


def test_microsofts_gelu(tmp_path: Path) -> None:
    nodes = [helper.make_node("Gelu", ["image"], ["scores"], domain="com.microsoft")]
    path = write(tmp_path / "gelu.onnx", nodes, {}, 13, domains=["com.microsoft"])
    assert kinds(assert_same_answers(path)) == ["GELU"]


@EVERY_OPSET
@pytest.mark.parametrize("name", ["shufflenet_v2_x0_5", "mobilenet_v3_small"])
def test_convolutional_networks_are_open(name: str, opset: int, tmp_path: Path) -> None:
    torch.manual_seed(0)
    module = models.get_model(name, weights=None)
    imported = exported(module, opset, tmp_path / "exported.onnx", side=64)
    assert not [n for n in imported.network.nodes if isinstance(n.layer, OnnxOperation)]


def test_convnext_has_all_its_parameters(tmp_path: Path) -> None:
    setting = [models.convnext.CNBlockConfig(6, 8, 2), models.convnext.CNBlockConfig(8, None, 1)]
    torch.manual_seed(0)
    module = models.convnext.ConvNeXt(setting, num_classes=5)
    for parameter in module.parameters():
        nn.init.normal_(parameter, std=0.3)
    for opset in (13, 17, 20):
        imported = exported(module, opset, tmp_path / "exported.onnx", side=32)
        assert not [n for n in imported.network.nodes if isinstance(n.layer, OnnxOperation)]
        parameters = sum(parameter.numel() for parameter in module.parameters())
        assert analyse(imported.network).parameters == parameters
