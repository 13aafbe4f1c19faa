"""ONNX files become networks that give the same answers; bad ones give a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from core.errors import LayerloomError
from core.network.analysis import analyse
from core.network.importing.onnx_file import ImportedNetwork, read_onnx
from core.network.importing.onnx_graph_reader import dotted
from core.network.importing.onnx_values import OnnxError
from core.network.layers.opaque import OnnxOperation
from core.network.network import Network
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from tests.core.network.as_onnx import network_as_onnx

RANDOM = np.random.default_rng(0)


def run(model: bytes, image: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model)
    return session.run(None, {session.get_inputs()[0].name: image})[0]


def write(
    path: Path,
    nodes: list,
    tensors: dict[str, np.ndarray],
    opset: int,
    domains: Sequence[str] = (),
) -> Path:
    graph = helper.make_graph(
        nodes,
        "classifier",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 8, 8])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in tensors.items()],
    )
    opsets = [helper.make_opsetid("", opset), *(helper.make_opsetid(d, 1) for d in domains)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=4)
    path.write_bytes(model.SerializeToString())
    return path


def assert_same_answers(path: Path) -> ImportedNetwork:
    imported = read_onnx(path)
    assert not [p for p in analyse(imported.network).problems if not p.advice]
    image = RANDOM.standard_normal((1, *imported.network.named("input").layer.output_shape()))
    image = image.astype(np.float32)
    expected = run(path.read_bytes(), image)
    again = run(network_as_onnx(imported.network, imported.weights), image)
    np.testing.assert_allclose(again, expected, rtol=1e-5, atol=1e-5)
    module = NetworkModule(imported.network, imported.weights).eval()
    with torch.no_grad():
        np.testing.assert_allclose(module(torch.from_numpy(image)), expected, rtol=1e-5, atol=1e-5)
    return imported


def old_style(opset: int) -> tuple[list, dict[str, np.ndarray]]:
    """Return a classifier as exporters wrote it: SAME padding, shapes worked out in the graph."""
    make = helper.make_node
    nodes = [
        make("Conv", ["image", "conv.weight"], ["a"], auto_pad="SAME_UPPER", strides=[2, 2]),
        make("Relu", ["a"], ["b"]),
        make("MaxPool", ["b"], ["c"], kernel_shape=[2, 2], strides=[2, 2]),
        make("Shape", ["c"], ["size"]),
        make("Gather", ["size", "zero"], ["n"], axis=0),
        make("Concat", ["n", "rest"], ["shape"], axis=0),
        make("Reshape", ["c", "shape"], ["d"]),
        make("MatMul", ["d", "fc"], ["e"]),
        make("Softmax", ["e"], ["scores"], axis=1),
    ]
    tensors = {
        "conv.weight": RANDOM.standard_normal((4, 3, 3, 3)).astype(np.float32),
        "fc": RANDOM.standard_normal((16, 5)).astype(np.float32),
        "zero": np.array([0], np.int64),
        "rest": np.array([-1], np.int64),
    }
    return nodes, tensors


@pytest.mark.parametrize("opset", [8, 9, 11, 13, 17, 20])
def test_old_opsets(opset: int, tmp_path: Path) -> None:
    imported = assert_same_answers(write(tmp_path / "old.onnx", *old_style(opset), opset))
    names = [node.name for node in imported.network.nodes]
    assert "conv" in names
    assert not [n for n in imported.network.nodes if isinstance(n.layer, OnnxOperation)]


def test_unknown_operators_stay_closed(tmp_path: Path) -> None:
    make = helper.make_node
    nodes = [
        make("Erf", ["image"], ["a"]),
        make("Where", ["mask", "a", "small"], ["b"]),
        make("GlobalAveragePool", ["b"], ["c"]),
        make("Flatten", ["c"], ["scores"]),
    ]
    tensors = {"mask": np.eye(8, dtype=bool), "small": np.float32([[0.25]])}
    imported = assert_same_answers(write(tmp_path / "odd.onnx", nodes, tensors, 13))
    closed = [n.layer for n in imported.network.nodes if isinstance(n.layer, OnnxOperation)]
    assert [layer.operation for layer in closed] == ["Erf", "Where"]


@pytest.mark.parametrize("name", ["squeezenet1_1", "efficientnet-lite0", "lenet5"])
def test_what_was_written_is_read_again(name: str, tmp_path: Path) -> None:
    network = TEMPLATES[name].build(10)
    weights = {k: v.numpy() for k, v in NetworkModule(network).state_dict().items()}
    path = tmp_path / "ours.onnx"
    path.write_bytes(network_as_onnx(network, weights))
    imported = assert_same_answers(path)
    assert analyse(imported.network).parameters == analyse(network).parameters
    for key, value in imported.weights.items():
        if key in weights:
            np.testing.assert_array_equal(value, weights[key])


def test_names_of_pytorchs_exporter() -> None:
    assert dotted("/layer1/layer1.0/relu/Relu", "Relu") == "layer1.0.relu"
    assert dotted("/features/features.1/block/block.0/Conv_2", "Conv") == "features.1.block.0"
    assert dotted("Add_12", "Add") == "Add_12"


def test_truncated_files(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.onnx", *old_style(13), 13).read_bytes()
    for length in (0, 1, 10, len(whole) // 2, len(whole) - 1):
        path = tmp_path / "part.onnx"
        path.write_bytes(whole[:length])
        with pytest.raises(LayerloomError):
            read_onnx(path)


def with_outside_tensor(path: Path, location: str, data: bytes | None = None) -> np.ndarray:
    """Write a classifier one tensor of which lies in another file; return the tensor."""
    write(path, *old_style(13), 13)
    model = onnx.load_model_from_string(path.read_bytes())
    tensor = model.graph.initializer[0]
    values = numpy_helper.to_array(tensor).copy()
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=location)
    tensor.external_data.add(key="offset", value="16")
    tensor.external_data.add(key="length", value=str(values.nbytes))
    path.write_bytes(model.SerializeToString())
    (path.parent / location).write_bytes(bytes(16) + values.tobytes() if data is None else data)
    return values


def test_data_in_another_file_of_the_folder(tmp_path: Path) -> None:
    values = with_outside_tensor(tmp_path / "near.onnx", "near.bin")
    imported = read_onnx(tmp_path / "near.onnx")
    np.testing.assert_array_equal(imported.weights["conv.weight"], values)


def test_data_outside_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "far.onnx"
    with_outside_tensor(path, "../secret")
    with pytest.raises(OnnxError, match="outside its folder"):
        read_onnx(path)
    with_outside_tensor(path, "near.bin")
    (tmp_path / "a" / "near.bin").unlink()
    (tmp_path / "a" / "near.bin").symlink_to(tmp_path / "secret")
    with pytest.raises(OnnxError, match="outside its folder"):
        read_onnx(path)


def test_data_in_another_file_that_is_cut_off_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "near.onnx"
    with_outside_tensor(path, "near.bin", b"short")
    with pytest.raises(OnnxError, match="is incomplete"):
        read_onnx(path)
    (tmp_path / "near.bin").unlink()
    with pytest.raises(OnnxError, match="cannot be read"):
        read_onnx(path)


def test_constants_outside_of_the_folder_are_refused(tmp_path: Path) -> None:
    constant = helper.make_node("Constant", [], ["one"], value=numpy_helper.from_array(np.ones(1)))
    tensor = constant.attribute[0].t
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/hostname")
    path = write(tmp_path / "far.onnx", [constant, *old_style(13)[0]], old_style(13)[1], 13)
    with pytest.raises(OnnxError, match="outside its folder"):
        read_onnx(path)


def test_more_than_2_gb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.onnx"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)  # a hole: takes no room on the disk
    with pytest.raises(OnnxError, match="2 GB at most"):
        read_onnx(path)


def test_huge_constants_are_refused(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("ConstantOfShape", ["sides"], ["big"]),
        helper.make_node("Add", ["image", "big"], ["scores"]),
    ]
    tensors = {"sides": np.array([1, 100_000, 100_000], np.int64)}
    with pytest.raises(OnnxError, match="more constants than a classifier needs"):
        read_onnx(write(tmp_path / "big.onnx", nodes, tensors, 13))


def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    network = TEMPLATES["lenet5"].build(10)
    whole = network_as_onnx(network, {k: v.numpy() for k, v in state(network).items()})
    lying = onnx.load_model_from_string(whole)
    lying.graph.initializer[0].dims[0] = 10**12
    unwired = onnx.load_model_from_string(whole)
    unwired.graph.node[1].input[0] = "nowhere"
    for model in (lying, unwired):
        path = tmp_path / "wrong.onnx"
        path.write_bytes(model.SerializeToString())
        with pytest.raises(OnnxError, match="contradicts itself"):
            read_onnx(path)


def state(network: Network) -> dict[str, torch.Tensor]:
    return NetworkModule(network).state_dict()
