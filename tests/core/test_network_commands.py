"""The commands about networks: what they print, and that bad input gets a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.commands import app
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Builder, encode_network
from core.network.templates import TEMPLATES


def call(*arguments: str) -> tuple[int, dict]:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_analyse() -> None:
    code, said = call("analyse", "resnet18")
    assert code == 0
    assert said["totals"]["parameters"] == 11_689_512
    assert said["totals"]["multiply_adds"] == 1_814_073_344
    assert sum(layer["parameters"] for layer in said["layers"]) == 11_689_512
    assert said["layers"][1]["output_shape"] == [64, 112, 112]


def test_analyse_another_size_and_classes() -> None:
    code, said = call("analyse", "resnet18", "--input", "3x64x96", "--classes", "7")
    assert code == 0
    assert said["layers"][-1]["output_shape"] == [7]
    assert said["layers"][0]["output_shape"] == [3, 64, 96]


def test_analyse_says_what_is_wrong() -> None:
    code, said = call("analyse", "alexnet", "--input", "3x32x32")
    assert code == 0
    assert said["problems"][0]["layer"] == "features.12"
    assert said["problems"][0]["fixes"]


def test_analyse_gives_advice_on_what_works_but_could_be_better(tmp_path: Path) -> None:
    builder = Builder()
    x = builder.input(3, 8, 8)
    x = builder.add("conv", Conv2d(out_channels=4), x)
    x = builder.add("norm", BatchNorm2d(), x)
    x = builder.add("flatten", Flatten(), x)
    x = builder.add("classifier", Linear(out_features=2), x)
    design = tmp_path / "design.json"
    design.write_bytes(encode_network(builder.network(x)))
    code, said = call("analyse", str(design))
    assert code == 0
    (problem,) = said["problems"]
    assert problem["advice"]
    assert "bias" in problem["what"]
    assert problem["fixes"]


def test_source_of_a_design_file(tmp_path: Path) -> None:
    design, out = tmp_path / "design.json", tmp_path / "design.py"
    design.write_bytes(encode_network(TEMPLATES["lenet5"].build(10)))
    code, said = call("source", str(design), "--out", str(out))
    assert code == 0
    assert out.read_text() == said["source"]
    compile(said["source"], "design.py", "exec")


def bad(kind: str) -> bytes:
    node = '{"id":"%s","name":"a","layer":{"kind":"ReLU"}}'
    design = '{"format":1,"nodes":[%s],"edges":[]}'
    return {
        "not json": b"\xff\xfe nothing",
        "newer": b'{"format":99,"nodes":[],"edges":[]}',
        "unknown kind": (design % node.replace("ReLU", "Magic") % "a").encode(),
        "million": (design % ",".join(node % n for n in range(1_000_000))).encode(),
        "many": (design % ",".join(node % n for n in range(60_000))).encode(),
        "kernel": (
            design % '{"id":"a","name":"a","layer":{"kind":"Conv2d","out_channels":1,'
            '"kernel_size":[1000000000,3]}}'
        ).encode(),
    }[kind]


@pytest.mark.parametrize("kind", ["not json", "newer", "unknown kind", "million", "many", "kernel"])
def test_bad_designs(kind: str, tmp_path: Path) -> None:
    design = tmp_path / "bad.json"
    design.write_bytes(bad(kind))
    for command in ("analyse", "source"):
        code, said = call(command, str(design))
        assert code == 1
        assert said["error"]["what"]
        assert said["error"]["where"] == str(design)


@pytest.mark.parametrize("name", ["nothing", "nothing.onnx", "nothing.json", "x" * 300])
def test_what_is_not_there(name: str) -> None:
    code, said = call("analyse", name)
    assert code == 1
    assert said["error"]["what"]


def test_a_size_that_is_none() -> None:
    for size in ("large", "3x224", "0x0x0", "3x99999x99999"):
        assert call("analyse", "lenet5", "--input", size)[0] == 1
