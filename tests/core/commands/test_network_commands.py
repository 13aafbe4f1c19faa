"""The commands about networks: what they print, and that bad input gets a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
import torch
from torchvision import models
from typer.testing import CliRunner

from core.commands.command_line import app
from core.network.analysis import analyse
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.normalisation import BatchNorm2d
from core.network.network import Builder, encode_network
from core.network.templates import TEMPLATES
from core.pretrained.torchvision_table import torchvision_table
from tests.core.network.as_onnx import network_as_onnx


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
        "newer": b'{"format":99,"nodes":[],"edges":[],"new":1}',
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
        assert ("newer version of Layerloom" in said["error"]["hint"]) == (kind == "newer")


@pytest.mark.parametrize("name", ["nothing", "nothing.onnx", "nothing.json", "x" * 300])
def test_what_is_not_there(name: str) -> None:
    code, said = call("analyse", name)
    assert code == 1
    assert said["error"]["what"]


def test_a_size_that_is_none() -> None:
    for size in ("large", "3x224", "0x0x0", "3x99999x99999"):
        assert call("analyse", "lenet5", "--input", size)[0] == 1


def test_networks() -> None:
    code, said = call("networks")
    assert code == 0
    listed = {network["name"]: network for network in said["networks"]}
    assert len(listed) == len(said["networks"]) == len(set(TEMPLATES) | set(torchvision_table()))
    assert set(TEMPLATES) < set(listed)
    assert listed["convnext_tiny"]["title"] == "ConvNeXt Tiny"
    assert listed["convnext_tiny"]["weights_bytes"] > 4 * listed["convnext_tiny"]["parameters"]


def squeezenet_file(path: Path, classes: int = 1000) -> Path:
    network = TEMPLATES["squeezenet1_1"].build(classes)
    state = {
        f"{r.node.name}.{tensor.name}": np.zeros(tensor.shape, np.float32)
        for r in analyse(network).results.values()
        for tensor in r.tensors
    }
    safetensors.numpy.save_file(state, path)
    return path


def test_which_weights_of_a_file_fit(tmp_path: Path) -> None:
    file = squeezenet_file(tmp_path / "mine.safetensors")
    code, said = call("analyse", "squeezenet1_1", "--weights", str(file))
    assert code == 0
    assert (said["weights"]["kept"], said["weights"]["new"]) == (26, 0)
    code, said = call("analyse", "squeezenet1_1", "--classes", "5", "--weights", str(file))
    assert [layer["name"] for layer in said["weights"]["layers"] if layer["why"]] == [
        "classifier.1"
    ]
    assert said["weights"]["layers"][-1]["fit"] == "new"
    assert "1000 × 512" in said["weights"]["layers"][-1]["why"]


def test_weights_of_another_network_are_all_listed(tmp_path: Path) -> None:
    file = squeezenet_file(tmp_path / "mine.safetensors")
    code, said = call("analyse", "lenet5", "--weights", str(file))
    assert code == 0
    assert said["weights"]["kept"] == 0
    assert said["weights"]["new"] == len(said["weights"]["layers"]) == 5
    assert all("have no" in layer["why"] for layer in said["weights"]["layers"])
    assert len(said["weights"]["unused"]) == 52
    result = CliRunner().invoke(app, ["analyse", "lenet5", "--weights", str(file)])
    assert "0 layers kept, 0 partly, 5 re-initialised; 52 tensors of the file not used." in (
        result.stdout
    )
    assert "c1 is re-initialised. The weights have no “c1.weight”." in result.stdout


def test_imagenet_weights_from_torchs_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    path = torchvision_table()["squeezenet1_1"].path
    path.parent.mkdir(parents=True)
    torch.save(models.squeezenet1_1(weights=None).state_dict(), path)
    code, said = call("analyse", "SqueezeNet1_1", "--weights", "imagenet")
    assert code == 0
    assert said["weights"]["kept"] == 26
    code, said = call("analyse", "lenet5", "--weights", "imagenet")
    assert code == 1
    assert "no ImageNet weights of “lenet5”" in said["error"]["what"]


def test_weights_of_an_onnx_file_that_fit_after_a_change_of_classes(tmp_path: Path) -> None:
    network = TEMPLATES["lenet5"].build(10)
    weights = {
        f"{r.node.name}.{tensor.name}": np.zeros(tensor.shape, np.float32)
        for r in analyse(network).results.values()
        for tensor in r.tensors
    }
    file = tmp_path / "lenet.onnx"
    file.write_bytes(network_as_onnx(network, weights))
    code, said = call("analyse", str(file), "--classes", "3")
    assert code == 0
    assert (said["weights"]["kept"], said["weights"]["new"]) == (4, 1)


@pytest.mark.parametrize("name", ["no.pth", "bad.pth", "bad.safetensors", "bad.txt", ""])
def test_weights_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    for bad_name in ("bad.pth", "bad.safetensors", "bad.txt"):
        (tmp_path / bad_name).write_bytes(b"\x80\x02 nothing")
    code, said = call("analyse", "lenet5", "--weights", str(tmp_path / name))
    assert code == 1
    assert said["error"]["what"]


def test_tables_are_plain_and_never_wrapped(tmp_path: Path) -> None:
    builder = Builder()
    x = builder.input(3, 8, 8)
    x = builder.add("[bold]stem[/bold].blocks[0]" + 60 * "x", Flatten(), x)
    x = builder.add("classifier", Linear(out_features=2), x)
    design = tmp_path / "design.json"
    design.write_bytes(encode_network(builder.network(x)))
    narrow = {"COLUMNS": "40", "FORCE_COLOR": "1"}
    shown = CliRunner().invoke(app, ["analyse", str(design)], env=narrow).stdout.splitlines()
    heading, *layers = shown[:5]
    assert heading.split() == ["Layer", "Kind", "Output", "Parameters", "Multiply-adds"]
    assert [line.split()[0] for line in layers] == [
        "input",
        "[bold]stem[/bold].blocks[0]" + 60 * "x",
        "classifier",
        "output",
    ]
    assert len({len(line) for line in shown[:5]}) == 1
    listed = CliRunner().invoke(app, ["networks"], env=narrow).stdout
    assert len(listed.splitlines()) == 1 + len(call("networks")[1]["networks"])
    assert "\x1b" not in listed
