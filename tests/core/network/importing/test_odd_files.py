"""ONNX files that say things in unusual ways: the same answers or a sentence, never others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from core.errors import LayerloomError
from core.network.analysis import analyse
from core.network.importing import onnx_values
from core.network.importing.onnx_file import ImportedNetwork, read_onnx
from core.network.layers.opaque import OnnxOperation
from core.network.network import decode_network, encode_network
from tests.core.network.importing.test_onnx_file import assert_same_answers, write

RANDOM = np.random.default_rng(1)
make = helper.make_node


def numbers(*shape: int) -> np.ndarray:
    return RANDOM.standard_normal(shape).astype(np.float32)


def ending(value: str) -> list[onnx.NodeProto]:
    return [make("GlobalAveragePool", [value], ["mean"]), make("Flatten", ["mean"], ["scores"])]


def kinds(imported: ImportedNetwork) -> list[str]:
    layers = [node.layer for node in imported.network.nodes[1:-1]]
    return [
        layer.operation if isinstance(layer, OnnxOperation) else type(layer).__name__
        for layer in layers
    ]


@pytest.mark.parametrize("shape", [(8,), (8, 1), (8, 8), (1, 8, 1, 1), (8, 1, 1), (1, 1, 1), ()])
@pytest.mark.parametrize("operator", ["Add", "Sub", "Mul", "Div"])
def test_constants_are_laid_along_the_axes_that_onnx_lays_them(
    operator: str, shape: tuple[int, ...], tmp_path: Path
) -> None:
    """Eight channels, rows and columns: only the shape says which the eight numbers belong to."""
    nodes = [make("Conv", ["image", "w"], ["a"]), make(operator, ["a", "c"], ["b"]), *ending("b")]
    tensors = {"w": numbers(8, 3, 1, 1), "c": np.asarray(numbers(*shape), np.float32) + 2}
    nodes.insert(2, make("Relu", ["b"], ["r"]))  # so that the mean does not hide the order
    nodes[3].input[0] = "r"
    assert_same_answers(write(tmp_path / "constant.onnx", nodes, tensors, 13))


def test_sums_of_several_constants(tmp_path: Path) -> None:
    nodes = [
        make("Sum", ["image", "c", "d"], ["a"]),
        make("Relu", ["a"], ["b"]),
        make("Sum", ["a", "b", "c"], ["e"]),
        *ending("e"),
    ]
    tensors = {"c": numbers(3, 1, 1), "d": numbers(3, 1, 1)}
    assert_same_answers(write(tmp_path / "sum.onnx", nodes, tensors, 13))


@pytest.mark.parametrize("shape", [(), (1,), (1, 5), (5,)])
def test_bias_of_a_gemm(shape: tuple[int, ...], tmp_path: Path) -> None:
    nodes = [make("Flatten", ["image"], ["a"]), make("Gemm", ["a", "w", "b"], ["scores"])]
    tensors = {"w": numbers(192, 5), "b": np.asarray(numbers(*shape), np.float32)}
    imported = assert_same_answers(write(tmp_path / "gemm.onnx", nodes, tensors, 13))
    assert kinds(imported) == ["Flatten", "Linear"]


@pytest.mark.parametrize(
    ("node", "opset"),
    [
        (make("AveragePool", ["image"], ["a"], kernel_shape=[2, 2], dilations=[2, 2]), 19),
        (
            make(
                "AveragePool",
                ["image"],
                ["a"],
                kernel_shape=[2, 2],
                strides=[4, 4],
                dilations=[2, 2],
            ),
            19,
        ),
        (
            make(
                "MaxPool",
                ["image"],
                ["a"],
                kernel_shape=[3, 3],
                strides=[2, 2],
                pads=[0, 0, 1, 1],
                ceil_mode=1,
            ),
            13,
        ),
        (make("BatchNormalization", ["image", *"sbmv"], ["a"], epsilon=0.0), 13),
        (make("Conv", ["image", "w"], ["a"], strides=[5000, 5000]), 13),
        (make("LRN", ["image"], ["a"], size=3333), 13),
    ],
    ids=["dilated", "dilated same size", "uneven ceil", "no epsilon", "long stride", "wide LRN"],
)
def test_settings_that_no_layer_has_stay_closed(
    node: onnx.NodeProto, opset: int, tmp_path: Path
) -> None:
    tensors = {name: np.abs(numbers(3)) for name in "sbmv"} | {"w": numbers(4, 3, 3, 3)}
    imported = assert_same_answers(
        write(tmp_path / "odd.onnx", [node, *ending("a")], tensors, opset)
    )
    assert kinds(imported)[0] == node.op_type
    assert decode_network(encode_network(imported.network)) == imported.network


@pytest.mark.parametrize("padding", [[0, 0, 0, 0], [1, 1, 1, 1]])
@pytest.mark.parametrize("operator", ["MaxPool", "AveragePool"])
@pytest.mark.parametrize("opset", [11, 22])
def test_the_size_in_ceil_mode_is_that_of_onnx_runtime(
    operator: str, padding: list[int], opset: int, tmp_path: Path
) -> None:
    """Up to opset 21 onnx counts a window that begins behind the map; nothing computes it."""
    kernel = 1 if not any(padding) else 3
    settings = {"kernel_shape": [kernel] * 2, "strides": [3, 3], "pads": padding, "ceil_mode": 1}
    side = 3 if kernel == 1 else 4
    nodes = [
        make(operator, ["image"], ["a"], **settings),
        make("Erf", ["a"], ["b"]),
        make("Shape", ["b"], ["shape"]),
        make("Gather", ["shape", "zero"], ["batch"]),
        make("Concat", ["batch", "rest"], ["flat"], axis=0),
        make("Reshape", ["b", "flat"], ["c"]),
        make("Gemm", ["c", "w"], ["scores"]),
    ]
    size = 3 if padding[0] or side == 3 else side
    tensors = {"w": numbers(3 * size * size, 5), "zero": np.int64([0]), "rest": np.int64([-1])}
    imported = assert_same_answers(write(tmp_path / "ceil.onnx", nodes, tensors, opset))
    assert kinds(imported)[0] in ("MaxPool2d", "AvgPool2d")


@pytest.mark.parametrize(("opset", "size"), [(18, 2), (21, 8)])
def test_group_norm_of_either_opset(opset: int, size: int, tmp_path: Path) -> None:
    nodes = [
        make("Conv", ["image", "w"], ["a"]),
        make("GroupNormalization", ["a", "s", "b"], ["c"], num_groups=2),
        *ending("c"),
    ]
    tensors = {"w": numbers(8, 3, 3, 3), "s": numbers(size), "b": numbers(size)}
    imported = assert_same_answers(write(tmp_path / "norm.onnx", nodes, tensors, opset))
    assert kinds(imported)[:2] == ["Conv2d", "GroupNorm"]


def test_instance_norm_is_a_group_norm_of_single_channels(tmp_path: Path) -> None:
    nodes = [make("InstanceNormalization", ["image", "s", "b"], ["a"]), *ending("a")]
    tensors = {"s": numbers(3), "b": numbers(3)}
    imported = assert_same_answers(write(tmp_path / "norm.onnx", nodes, tensors, 13))
    assert kinds(imported)[0] == "GroupNorm"


@pytest.mark.parametrize("kind", [TensorProto.FLOAT16, TensorProto.DOUBLE])
def test_numbers_of_16_or_64_bits_become_32(kind: int, tmp_path: Path) -> None:
    """The casts in between go; ONNX Runtime's own answer has the error of the 16 bits."""
    weights = numbers(4, 3, 3, 3).astype(helper.tensor_dtype_to_np_dtype(kind))
    nodes = [
        make("Cast", ["image"], ["a"], to=kind),
        make("Mul", ["a", "two"], ["b"]),
        make("Cast", ["b"], ["c"], to=TensorProto.FLOAT),
        make("Conv", ["c", "w"], ["d"]),
        *ending("d"),
    ]
    tensors = {"w": weights.astype(np.float32), "two": np.asarray(2, weights.dtype)}
    path = write(tmp_path / "bits.onnx", nodes, tensors, 13)
    imported = read_onnx(path)
    assert kinds(imported) == ["Rescale", "Conv2d", "GlobalAvgPool2d", "Flatten"]
    assert not analyse(imported.network).problems


def quantised(value: str, scale: str) -> list[onnx.NodeProto]:
    return [
        make("QuantizeLinear", [value, scale, "zero"], [f"{value}8"]),
        make("DequantizeLinear", [f"{value}8", scale, "zero"], [f"{value}32"]),
    ]


@pytest.mark.parametrize("kind", [np.int8, np.uint8])
def test_quantised_values_stay_closed_and_run_in_torch(kind: type, tmp_path: Path) -> None:
    nodes = [*quantised("image", "fine"), make("Erf", ["image32"], ["a"]), *ending("a")]
    tensors = {"fine": np.float32(0.02), "zero": kind(3)}
    imported = assert_same_answers(write(tmp_path / "q.onnx", nodes, tensors, 13))
    assert kinds(imported)[:2] == ["QuantizeLinear", "DequantizeLinear"]


def test_quantised_weights_are_read_as_the_numbers_they_stand_for(tmp_path: Path) -> None:
    nodes = [
        make("DequantizeLinear", ["w8", "scales", "zeros"], ["w"], axis=0),
        make("Conv", ["image", "w"], ["a"]),
        *ending("a"),
    ]
    tensors = {
        "w8": RANDOM.integers(-100, 100, (4, 3, 3, 3)).astype(np.int8),
        "scales": np.abs(numbers(4)) / 100,
        "zeros": np.zeros(4, np.int8),
    }
    imported = assert_same_answers(write(tmp_path / "q.onnx", nodes, tensors, 13))
    assert kinds(imported)[0] == "Conv2d"


def test_operators_whose_results_are_whole_numbers(tmp_path: Path) -> None:
    nodes = [
        make("ArgMax", ["image"], ["a"], axis=1),
        make("Cast", ["a"], ["b"], to=TensorProto.FLOAT),
        *ending("b"),
    ]
    assert_same_answers(write(tmp_path / "whole.onnx", nodes, {}, 13))


def test_of_several_outputs_the_scores_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "two.onnx", [make("Relu", ["image"], ["map"]), *ending("map")], {}, 13)
    model = onnx.load(path)
    model.graph.output.insert(0, helper.make_tensor_value_info("map", TensorProto.FLOAT, None))
    onnx.save(model, path)
    assert kinds(read_onnx(path)) == ["ReLU", "GlobalAvgPool2d", "Flatten"]


def test_nodes_called_as_our_ends_are(tmp_path: Path) -> None:
    nodes = [make("Relu", ["image"], ["a"], name="output"), *ending("a")]
    nodes[1].name = "input"
    imported = assert_same_answers(write(tmp_path / "names.onnx", nodes, {}, 13))
    assert len(imported.network.by_id) == len(imported.network.nodes)


def test_constants_larger_than_the_file_are_refused_before_they_are_made(tmp_path: Path) -> None:
    """Their size hangs on a product, which the shape inference of the whole does not know."""
    for operator, first in (("Tile", "one"), ("Expand", "one"), ("ConstantOfShape", "")):
        nodes = [
            make("Mul", ["side", "side"], ["count"]),
            make(operator, [first, "count"] if first else ["count"], ["many"]),
            make("ReduceSum", ["many"], ["all"], keepdims=0),
            make("Add", ["image", "all"], ["a"]),
            *ending("a"),
        ]
        tensors = {"side": np.int64([60_000]), "one": np.float32([1])}
        with pytest.raises(LayerloomError, match="more constants than a classifier needs"):
            read_onnx(write(tmp_path / "large.onnx", nodes, tensors, 13))


def test_large_weights_may_be_transposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exporters that fold nothing write each Linear's weight with a Transpose behind it."""
    monkeypatch.setattr(onnx_values, "FOLDED", 10)
    nodes = [
        make("Transpose", ["weight"], ["w"], perm=[1, 0]),
        make("Flatten", ["image"], ["a"]),
        make("MatMul", ["a", "w"], ["scores"]),
    ]
    tensors = {"weight": numbers(50, 192)}
    imported = assert_same_answers(write(tmp_path / "t.onnx", nodes, tensors, 13))
    assert kinds(imported) == ["Flatten", "Linear"]


def test_loops_are_not_run(tmp_path: Path) -> None:
    """One over constants would be computed on opening: a thousand million times round."""
    information = helper.make_tensor_value_info
    body = helper.make_graph(
        [make("Identity", ["going"], ["on"]), make("Add", ["sum", "sum"], ["more"])],
        "body",
        [
            information("number", TensorProto.INT64, []),
            information("going", TensorProto.BOOL, []),
            information("sum", TensorProto.FLOAT, []),
        ],
        [information("on", TensorProto.BOOL, []), information("more", TensorProto.FLOAT, [])],
    )
    nodes = [
        make("Loop", ["times", "yes", "start"], ["c"], body=body),
        make("Add", ["image", "c"], ["a"]),
        *ending("a"),
    ]
    tensors = {"times": np.int64(10**9), "yes": np.array(True), "start": np.float32(1)}
    with pytest.raises(LayerloomError, match="branches or loops"):
        read_onnx(write(tmp_path / "loop.onnx", nodes, tensors, 13))


@pytest.mark.parametrize(
    ("nodes", "opset", "sentence"),
    [
        ([make("Relu", ["image"], ["a"], domain="of.mine"), *ending("a")], 13, "of “of.mine”"),
        ([make("Swish", ["image"], ["a"]), *ending("a")], 24, "opset 20"),
        ([make("GRU", ["image", "w", "w"], ["a"], hidden_size=3), *ending("a")], 6, "opset 6"),
        ([make("MaxPool", ["image"], ["a"]), *ending("a")], 13, "Download the file again"),
    ],
)
def test_what_cannot_be_held_is_a_sentence(
    nodes: list[onnx.NodeProto], opset: int, sentence: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "no.onnx", nodes, {"w": numbers(1, 9, 3)}, opset, ["of.mine"])
    with pytest.raises(LayerloomError, match=sentence):
        read_onnx(path)


def test_texts_that_are_none(tmp_path: Path) -> None:
    path = write(tmp_path / "text.onnx", ending("image"), {}, 13)
    path.write_bytes(path.read_bytes().replace(b"Flatten", b"Fl\xd4tten"))
    with pytest.raises(LayerloomError, match=r"text\.onnx"):
        read_onnx(path)


def test_more_tensors_than_any_classifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.network.importing.onnx_file.MAX_TENSORS", 3)
    path = write(tmp_path / "many.onnx", ending("image"), {n: numbers(1) for n in "abcd"}, 13)
    with pytest.raises(LayerloomError, match="4 tensors"):
        read_onnx(path)


@pytest.mark.parametrize("settings", [{"group": 0}, {"group": 1}])
def test_a_convolution_that_contradicts_its_weights(
    settings: dict[str, int], tmp_path: Path
) -> None:
    """It must not become a layer that the rest of the program divides by nothing with."""
    nodes = [make("Conv", ["image", "w", "b"], ["a"], **settings), *ending("a")]
    tensors = {"w": numbers(6, 3, 3, 3), "b": numbers(7)}
    imported = read_onnx(write(tmp_path / "w.onnx", nodes, tensors, 13))
    assert kinds(imported)[0] == "Conv"
    assert not analyse(imported.network).problems
