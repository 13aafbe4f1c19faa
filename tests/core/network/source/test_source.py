"""The source text is the network: same tensors, same shapes, same answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from core.network.layers.activation import ReLU
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import Input
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add, Concatenate
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.rearrangement import Split
from core.network.network import Builder, Network, NetworkError
from core.network.running.module import NetworkModule
from core.network.source.attribute_names import KEPT
from core.network.source.line_breaking import WIDTH
from core.network.source.source import source_text
from core.network.templates import TEMPLATES
from core.network.templates.template import Template
from tests.core.network.small_templates import small


def module_of(text: str) -> nn.Module:
    space: dict[str, object] = {}
    exec(text, space)
    kinds = [v for v in space.values() if isinstance(v, type) and issubclass(v, nn.Module)]
    return kinds[-1]()


def assert_same(network: Network, *, run: bool = True) -> None:
    with torch.device("cpu" if run else "meta"):
        ours, theirs = NetworkModule(network).eval(), module_of(source_text(network)).eval()
    shapes = {name: value.shape for name, value in ours.state_dict().items()}
    assert {name: value.shape for name, value in theirs.state_dict().items()} == shapes
    if not run:
        return
    theirs.load_state_dict(ours.state_dict())
    image = torch.randn(1, *network.only(Input).layer.output_shape())
    with torch.no_grad():
        torch.testing.assert_close(theirs(image), ours(image), rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_as_source(name: str) -> None:
    assert_same(TEMPLATES[name].build(10), run=False)
    assert_same(small(name))


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.name)
def test_lines_of_templates_fit(template: Template) -> None:
    text = source_text(template.build(template.classes), template.title)
    assert max(map(len, text.splitlines())) <= WIDTH


def test_sources_are_formatted(tmp_path: Path) -> None:
    for name, template in TEMPLATES.items():
        text = source_text(template.build(template.classes), template.title)
        (tmp_path / f"{name}.py").write_text(text)
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", str(WIDTH)]
    shown = subprocess.run([*ruff, "--diff", tmp_path], check=False, capture_output=True, text=True)
    assert shown.stdout == ""


def test_resnet_reads_like_one() -> None:
    text = source_text(TEMPLATES["resnet50"].build(1000), "ResNet-50")
    assert "class ResNet50(nn.Module):" in text
    assert "for _ in range(5))" in text  # layer3 has six blocks; the first is another
    assert "# 2048 × 7 × 7" in text
    assert text.count("\nclass ") <= 4


def test_densenet_reads_like_one() -> None:
    text = source_text(TEMPLATES["densenet121"].build(1000), "DenseNet-121")
    assert text.count("class DenseLayer") == 2  # the first of a block has nothing to concatenate
    assert "def forward(self, *features):" in text
    assert "features.append(self.denselayer12(*features))" in text
    assert len(text.splitlines()) < 300


def test_an_inception_module_is_told_its_filters_by_branch() -> None:
    text = source_text(TEMPLATES["googlenet-2014"].build(1000), "GoogLeNet")
    head = text[text.index("class Inception") :]
    order = ("in_channels", "one_channels", "three_reduce_channels", "three_channels")
    places = [head.index(f"        {name},\n") for name in order]
    assert places == sorted(places)


def test_what_is_all_concatenated_may_hold_a_sum() -> None:
    """A list of all that was made stands for modules alone: a sum has no place in it."""
    b = Builder()
    x = b.input(3, 8, 8)
    y = b.add("block.conv", Conv2d(out_channels=3, padding="same"), x)
    z = b.add("block.add", Add(), x, y)
    joined = b.add("block.cat", Concatenate(), x, y, z)
    again = b.add("next.conv", Conv2d(out_channels=4), joined)
    flat = b.add("flatten", Flatten(), again)
    assert_same(b.network(b.add("fc", Linear(out_features=3), flat)))


@st.composite
def small_networks(draw: st.DrawFn) -> Network:
    """Make a network of random branches, merges, prefixes and odd names."""
    b = Builder()
    live = [(b.input(3, 8, 8), 3)]
    prefixes = ["", "a.", "a.0.", "a.1.", "b.c.", "b.d.", "stem.0."]
    for number in range(draw(st.integers(1, 14))):
        word = draw(st.sampled_from(["n", "conv 1", "class", ""]))
        name = f"{draw(st.sampled_from(prefixes))}{word}{20 + number}"  # no name is a prefix too
        source, channels = live[draw(st.integers(0, len(live) - 1))]
        kind = draw(st.sampled_from(["conv", "norm", "relu", "add", "concatenate", "split"]))
        if kind == "conv":
            out = draw(st.sampled_from([2, 4]))
            layer = Conv2d(out_channels=out, kernel_size=(3, 3), padding=(1, 1, 1, 1))
            live.append((b.add(name, layer, source), out))
        elif kind == "norm":
            live.append((b.add(name, BatchNorm2d(), source), channels))
        elif kind == "relu":
            live.append((b.add(name, ReLU(), source), channels))
        elif kind == "split":
            live.append((b.add(name, Split(sizes=(1, channels - 1)), source), 1))
        else:
            other, more = live[draw(st.integers(0, len(live) - 1))]
            add = kind == "add" and more == channels
            total = channels if add else channels + more
            live.append((b.add(name, Add() if add else Concatenate(), source, other), total))
    if len(live) > 2:
        live.append((b.add("join", Concatenate(), *(source for source, _ in live)), 0))
    x = b.add("flatten", Flatten(), live[-1][0])
    return b.network(b.add("fc", Linear(out_features=3), x))


@settings(max_examples=30, deadline=None)
@given(small_networks())
def test_any_network_as_source(network: Network) -> None:
    assert_same(network)


def test_layers_of_one_name_are_one_module() -> None:
    b = Builder()
    x = b.input(3, 8, 8)
    network = b.network(b.add("flatten", Flatten(), b.add("conv", Conv2d(out_channels=3), x)))
    conv = network.named("conv")
    again = conv.__class__(id="again", name="conv", layer=conv.layer)
    (into,) = network.incoming["flatten"]
    edges = (network.edges[0], type(into)("conv", "again"), type(into)("again", "flatten"))
    twice = Network(nodes=(*network.nodes, again), edges=(*edges, network.edges[-1]))
    assert_same(twice)
    assert len(NetworkModule(twice).state_dict()) == 2


@pytest.mark.parametrize("name", ["train", "a.forward", "__class__", "_modules", "half.conv"])
def test_names_that_torch_keeps_for_itself_are_a_sentence(name: str) -> None:
    b = Builder()
    network = b.network(b.add(name, Conv2d(out_channels=2), b.input(3, 8, 8)))
    with pytest.raises(NetworkError, match="A layer cannot be called"):
        source_text(network)


def test_the_names_are_those_of_the_installed_torch() -> None:
    assert {name for name in dir(nn.Module()) if not name.startswith("__")} <= KEPT
