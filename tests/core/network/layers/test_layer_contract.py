"""Every layer kind, at the corners of its settings, does what torch does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import msgspec
import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from core.network.family import Family
from core.network.layers import LAYER_KINDS
from core.network.layers.activation import ELU, GELU, LeakyReLU, PReLU, Softmax
from core.network.layers.adaptive_pooling import (
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
)
from core.network.layers.base import torch_layers
from core.network.layers.base.layer import Layer, Shape, ShapeError
from core.network.layers.base.setting_types import settings_of
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.lenet_1998 import PartialConv2d, RadialBasis, Subsampling
from core.network.layers.merge import Add, Concatenate, Multiply
from core.network.layers.normalisation import (
    BatchNorm2d,
    ChannelLayerNorm,
    GroupNorm,
    LayerNorm,
)
from core.network.layers.pooling import AvgPool2d, MaxPool2d
from core.network.layers.rearrangement import (
    ChannelShuffle,
    Mean,
    Permute,
    Reshape,
    Select,
    Split,
)
from core.network.layers.regularisation import Dropout, Identity, StochasticDepth
from core.network.layers.response_normalisation import LocalResponseNorm
from core.network.layers.scaling import ClassToken, LayerScale, PositionEmbedding, Rescale
from core.network.layers.transposed_convolution import ConvTranspose2d
from core.onnx.graph_writer import GraphWriter

# Torch says that an uneven “same” padding takes a copy of the input; that is as it should be.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding=.same. with even kernel")

MAP: Shape = (4, 9, 11)
ROW: Shape = (12,)
TOKENS: Shape = (5, 8)
Case = tuple[Layer, tuple[Shape, ...]]


def convolutions() -> Iterator[Layer]:
    kernels, strides = ((1, 1), (3, 3), (5, 2)), ((1, 1), (2, 3))
    paddings = ((0, 0, 0, 0), (2, 1, 2, 1), (0, 1, 2, 0))
    dilations, groups, biases = ((1, 1), (2, 1)), (1, 2, 4), (True, False)
    for k, s, p, d, g, b in product(kernels, strides, paddings, dilations, groups, biases):
        yield Conv2d(
            out_channels=8, kernel_size=k, stride=s, padding=p, dilation=d, groups=g, bias=b
        )
    for k, d in product(((3, 3), (4, 2), (1, 1)), dilations):
        yield Conv2d(out_channels=4, kernel_size=k, padding="same", dilation=d)


def transposed() -> Iterator[Layer]:
    paddings = (((0, 0), (0, 0)), ((1, 0), (1, 0)), ((1, 1), (0, 1)))
    for s, (p, o), d, g in product(((2, 2), (3, 2)), paddings, ((1, 1), (1, 2)), (1, 2)):
        yield ConvTranspose2d(
            out_channels=6,
            kernel_size=(3, 2),
            stride=s,
            padding=p,
            output_padding=o,
            dilation=d,
            groups=g,
            bias=g == 1,
        )


def pools() -> Iterator[Layer]:
    kernels, strides = ((2, 2), (3, 2)), ((1, 1), (2, 2), (3, 4))
    for k, s, p, ceil in product(kernels, strides, ((0, 0, 0, 0), (1, 1, 1, 1)), (False, True)):
        for dilation in ((1, 1), (2, 1)):
            yield MaxPool2d(kernel_size=k, stride=s, padding=p, ceil_mode=ceil, dilation=dilation)
        for counts in (False, True):
            yield AvgPool2d(
                kernel_size=k, stride=s, padding=p, ceil_mode=ceil, count_include_pad=counts
            )
    for counts in (False, True):
        yield AvgPool2d(kernel_size=(3, 3), padding=(0, 1, 1, 0), count_include_pad=counts)
    yield MaxPool2d(kernel_size=(3, 3), padding=(0, 1, 1, 0))


def on_maps() -> Iterator[Layer]:
    yield from (*convolutions(), *transposed(), *pools())
    for size in ((1, 1), (3, 11), (4, 5), (12, 2)):
        yield from (AdaptiveAvgPool2d(output_size=size), AdaptiveMaxPool2d(output_size=size))
    yield from (GlobalAvgPool2d(), GlobalMaxPool2d(), Subsampling(kernel_size=(2, 3)))
    yield from (BatchNorm2d(epsilon=1e-3), ChannelLayerNorm(), GroupNorm(groups=2), LayerScale())
    yield from (LayerNorm(axes=axes, epsilon=1e-6) for axes in (1, 2, 3))
    yield from (LocalResponseNorm(size=n, alpha=0.5, k=2.0) for n in (1, 2, 3, 4, 5))
    yield from (Flatten(), Dropout(), Identity(), StochasticDepth(), StochasticDepth(mode="batch"))
    yield from (ChannelShuffle(groups=2), Split(sizes=(1, 3)), Linear(out_features=3))
    yield from (Reshape(shape=(-1, 9)), Reshape(shape=(4, 99)), Permute(order=(1, 2, 0)))
    yield from (Mean(axes=(1, 2)), Mean(axes=(0,), keep_axes=True), Select(axis=1, index=3))
    yield PartialConv2d(table=((0, 1), (1, 2, 3), (3,)), kernel_size=(3, 2))
    yield Rescale(factors=(1, 2, 3, 4), offsets=(0, -1, 0.5, 2))
    yield from (Softmax(), Softmax(axis=-1), PReLU(per_channel=True), PReLU(), Output())


def cases() -> Iterator[Case]:
    yield from ((layer, (MAP,)) for layer in on_maps())
    for kind in LAYER_KINDS.values():
        if kind.family is Family.ACTIVATION:
            yield from ((kind(), (MAP,)), (kind(), (ROW,)))
    for layer in (LeakyReLU(negative_slope=0.3), ELU(alpha=0.5), GELU(approximate="tanh")):
        yield layer, (ROW,)
    for bias in (True, False):
        yield Linear(out_features=3, bias=bias), (ROW,)
        yield Linear(out_features=3, bias=bias, in_features=8), (TOKENS,)
    yield from ((RadialBasis(classes=3), (ROW,)), (AuxiliaryOutput(), (ROW,)))
    yield from ((ClassToken(), (TOKENS,)), (PositionEmbedding(), (TOKENS,)))
    yield from ((LayerNorm(), (TOKENS,)), (LayerNorm(), (ROW,)))
    yield from ((Add(), (MAP, MAP)), (Add(), (ROW, ROW, ROW)), (Multiply(), (MAP, (4, 1, 1))))
    yield from ((Concatenate(), (MAP, (2, 9, 11), MAP)), (Concatenate(axis=1), (MAP, (4, 1, 11))))
    yield Mean(axes=(0,)), (TOKENS,)


CASES = list(cases())
CLOSED = {"TorchOperation", "OnnxOperation"}  # what they compute is given: tested where imported


def name_of(case: Case) -> str:
    layer, shapes = case
    settings = ",".join(str(getattr(layer, f)) for f in layer.__struct_fields__)
    return f"{type(layer).__name__}({settings}){'+'.join(map(str, shapes))}".replace(" ", "")


every_case = pytest.mark.parametrize("case", CASES, ids=map(name_of, CASES))


def tensors_of(shapes: tuple[Shape, ...]) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(2, *shape, generator=generator) for shape in shapes]


def fresh_module(layer: Layer, shapes: tuple[Shape, ...]) -> torch.nn.Module:
    torch.manual_seed(0)
    module = layer.module(*shapes).eval()
    for tensor in module.state_dict().values():
        if tensor.is_floating_point():
            tensor.uniform_(0.5, 1.5)
    return module


def as_tuple(value: Any) -> tuple[torch.Tensor, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_every_kind_has_cases() -> None:
    tried = {type(layer).__name__ for layer, _ in CASES}
    assert set(LAYER_KINDS) - tried - CLOSED == {Input.__name__}


def test_every_setting_is_described() -> None:
    for kind in LAYER_KINDS.values():
        assert kind.title
        assert kind.__doc__
        for setting in settings_of(kind):
            assert setting.title, (kind, setting)
            assert setting.description, (kind, setting)


@every_case
def test_shape_and_state_are_torchs(case: Case) -> None:
    layer, shapes = case
    module = fresh_module(layer, shapes)
    outputs = as_tuple(module(*tensors_of(shapes)))
    assert [tuple(o.shape[1:]) for o in outputs] == list(layer.output_shapes(*shapes))
    ours = {tensor.name: tensor.shape for tensor in layer.tensors(*shapes)}
    assert ours == {name: tuple(value.shape) for name, value in module.state_dict().items()}
    trainable = sum(tensor.size for tensor in layer.tensors(*shapes) if tensor.trainable)
    assert trainable == sum(p.numel() for p in module.parameters())


@every_case
def test_onnx_gives_the_modules_output(case: Case) -> None:
    layer, shapes = case
    module, inputs = fresh_module(layer, shapes), tensors_of(shapes)
    expected = [value.detach().numpy() for value in as_tuple(module(*inputs))]
    graph = GraphWriter()
    names = [f"in{port}" for port in range(len(shapes))]
    tensors = {
        name: graph.constant(value.numpy(), name)
        for name, value in module.state_dict().items()
        if value.ndim
    }
    values = layer.write_onnx_outputs(graph, names, tensors, list(shapes))
    outputs = {f"out{port}": value for port, value in enumerate(values)}
    entering = {
        name: (onnx.TensorProto.FLOAT, ["batch", *shape])
        for name, shape in zip(names, shapes, strict=True)
    }
    leaving = zip(outputs, layer.output_shapes(*shapes), strict=True)
    data = graph.model(entering, outputs, {name: ["batch", *shape] for name, shape in leaving})
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    feeds = {name: value.numpy() for name, value in zip(names, inputs, strict=True)}
    for ours, theirs in zip(session.run(None, feeds), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4, rtol=1e-4)


@every_case
def test_source_says_what_the_module_does(case: Case) -> None:
    layer, shapes = case
    names = {**vars(torch_layers), "torch": torch, "nn": torch.nn}
    inputs = tensors_of(shapes)
    expected = as_tuple(fresh_module(layer, shapes)(*inputs))
    if not layer.functional:
        made = eval(str(layer.constructor(*shapes)), names)
        assert repr(made) == repr(layer.module(*shapes))
        return
    values = {f"x{port}": value for port, value in enumerate(inputs)}
    computed = as_tuple(eval(layer.source_call(list(values)), {**names, **values}))
    assert all(map(torch.equal, computed, expected))


@every_case
def test_formulas_give_the_layers_own_numbers(case: Case) -> None:
    layer, shapes = case
    results = {formula.name: formula.result for formula in layer.formulas(*shapes)}
    parameters = sum(tensor.size for tensor in layer.tensors(*shapes) if tensor.trainable)
    if "Parameters" in results:
        assert results["Parameters"] == f"{parameters:,}"
    if "Multiply-adds" in results:
        assert results["Multiply-adds"] == f"{layer.multiply_adds(*shapes):,}"
    if "Output height" in results:
        assert results["Output height"].split()[-1] == str(layer.output_shape(*shapes)[1])


@every_case
def test_a_number_in_a_formula_is_that_which_its_link_leads_to(case: Case) -> None:
    layer, shapes = case
    places = {"input": shapes, "output": layer.output_shapes(*shapes)}
    for formula in layer.formulas(*shapes):
        for term in formula.numbers:
            kind, *path = term.link.split(":")
            if kind in places and len(path) == 2:
                assert term.text == f"{places[kind][int(path[0])][int(path[1])]:,}", formula
            elif kind == "setting":
                value = getattr(layer, path[0])
                if len(path) == 2 and value != "same":
                    value = value[int(path[1])]
                if type(value) is int and value != -1:  # −1 in Reshape stands for what is left
                    assert term.text == f"{value:,}", formula


@every_case
def test_json_form_comes_back_equal(case: Case) -> None:
    layer, _ = case
    decoded = msgspec.json.decode(msgspec.json.encode(layer), type=type(layer))
    assert decoded == layer
    assert hash(decoded) == hash(layer)


REFUSED: list[Case] = [
    (Conv2d(out_channels=8, groups=3), (MAP,)),
    (Conv2d(out_channels=9, groups=2), (MAP,)),
    (Conv2d(out_channels=8, padding="same", stride=(2, 2)), (MAP,)),
    (Conv2d(out_channels=8, kernel_size=(12, 3)), (MAP,)),
    (Conv2d(out_channels=8, dilation=(5, 1)), (MAP,)),
    (ConvTranspose2d(out_channels=8, groups=3), (MAP,)),
    (ConvTranspose2d(out_channels=8, output_padding=(2, 2)), (MAP,)),
    (ConvTranspose2d(out_channels=8, padding=(40, 40)), (MAP,)),
    (MaxPool2d(padding=(2, 2, 2, 2)), (MAP,)),
    (AvgPool2d(padding=(2, 2, 2, 2)), (MAP,)),
    (MaxPool2d(kernel_size=(12, 12)), (MAP,)),
    (MaxPool2d(kernel_size=(5, 5), dilation=(3, 3)), (MAP,)),
    (GroupNorm(groups=3), (MAP,)),
    (ChannelShuffle(groups=3), (MAP,)),
    (Linear(out_features=3, in_features=13), (ROW,)),
    (Linear(out_features=3, in_features=396), (MAP,)),
    (Add(), (MAP, (4, 9, 10))),
    (Multiply(), (MAP, (4, 9, 10))),
    (Concatenate(), (MAP, (4, 9, 10))),
    (Split(sizes=(1, 2)), (MAP,)),
    (Reshape(shape=(5, -1)), (MAP,)),
    (Reshape(shape=(-1, -1)), (MAP,)),
    (Permute(order=(0, 1)), (MAP,)),
    (Permute(order=(0, 1, 1)), (MAP,)),
    (Mean(axes=(3,)), (MAP,)),
    (Select(axis=0, index=4), (MAP,)),
    (Softmax(axis=3), (MAP,)),
]


@pytest.mark.parametrize("case", REFUSED, ids=map(name_of, REFUSED))
def test_refuses_where_torch_refuses(case: Case) -> None:
    layer, shapes = case
    with pytest.raises(ShapeError) as refusal:
        layer.output_shapes(*shapes)
    assert refusal.value.what
    with pytest.raises((RuntimeError, ValueError, IndexError)):
        compute_in_torch(layer, shapes)


def compute_in_torch(layer: Layer, shapes: tuple[Shape, ...]) -> None:
    linear = isinstance(layer, Linear)
    module = torch.nn.Linear(layer.in_features, 3) if linear else layer.module(*shapes)
    module(*tensors_of(shapes))
