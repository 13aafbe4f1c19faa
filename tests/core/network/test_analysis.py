"""Analysis: what it says of a network, again and again as it is changed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.network.analysis import Analysis, LayerResult, analyse
from core.network.editing.layer_edits import remove
from core.network.explanation import explain
from core.network.layers.activation import ReLU
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Linear
from core.network.layers.rearrangement import Split
from core.network.network import Builder, Edge, Network
from core.network.templates import TEMPLATES
from core.network.templates.short_forms import conv


@pytest.fixture(scope="module")
def resnet() -> Analysis:
    return analyse(TEMPLATES["resnet50"].build(1000))


def kept(before: Analysis, after: Analysis) -> int:
    return sum(before.results.get(id_) is result for id_, result in after.results.items())


def test_a_change_analyses_only_what_lies_behind_it(resnet: Analysis) -> None:
    changed = resnet.network.with_setting("layer4.2.conv2", "kernel_size", (1, 1))
    changed = changed.with_setting("layer4.2.conv2", "padding", (0, 0, 0, 0))
    after = analyse(changed, resnet)
    assert after.results == analyse(changed).results
    assert len(after.results) - kept(resnet, after) <= 11


def test_a_change_that_shows_nowhere_else_stops_there(resnet: Analysis) -> None:
    after = analyse(resnet.network.with_setting("conv1", "bias", True), resnet)
    assert len(after.results) - kept(resnet, after) == 1
    assert after.parameters == resnet.parameters + 64


def test_another_wire_analyses_only_what_lies_behind_it(resnet: Analysis) -> None:
    network = resnet.network
    changed = network.with_edge(Edge("layer4.1.relu", "layer4.2.add", 2))
    after = analyse(changed, resnet)
    assert after.results == analyse(changed).results
    assert kept(resnet, after) >= len(after.results) - 1


def test_shared_modules_count_once() -> None:
    b = Builder()
    x = b.chain(b.input(8, 16, 16), ("conv", conv(8, 3, padding=1)))
    network = b.network(x)
    again = replace(network.named("conv"), id="again")
    edges = tuple(e for e in network.edges if e.target != "output")
    twice = replace(network, nodes=(*network.nodes, again), edges=edges)
    twice = twice.with_edge(Edge("conv", "again")).with_edge(Edge("again", "output"))
    one, two = analyse(network), analyse(twice)
    assert two.problems == ()
    assert two.parameters == one.parameters
    assert two.multiply_adds == 2 * one.multiply_adds


def test_frozen_layers_are_not_trainable(resnet: Analysis) -> None:
    node = replace(resnet.network.named("fc"), frozen=True)
    after = analyse(resnet.network.with_node(node), resnet)
    assert after.parameters - after.trainable_parameters == 2_049_000


def test_each_output_of_a_split_has_its_shape() -> None:
    b = Builder()
    x = b.add("split", Split(sizes=(2, 6)), b.input(8, 4, 4))
    network = b.network(b.add("relu", ReLU(), x))
    into = network.incoming["relu"][0]
    edges = (*(e for e in network.edges if e != into), replace(into, source_port=1))
    assert analyse(network).results["relu"].output == (2, 4, 4)
    assert analyse(replace(network, edges=edges)).results["relu"].output == (6, 4, 4)


def test_memory(resnet: Analysis) -> None:
    fewest, most = resnet.inference_bytes, resnet.activation_bytes
    assert resnet.results["conv1"].activation_bytes == 4 * 64 * 112 * 112
    assert 4 * 2 * 64 * 112 * 112 <= fewest < most / 5
    grown = resnet.training_bytes(64) - resnet.training_bytes(32)
    assert grown == 32 * most


def test_the_layers_add_up(resnet: Analysis) -> None:
    results = resnet.results.values()
    assert sum(result.parameters for result in results) == resnet.parameters
    assert sum(result.multiply_adds for result in results) == resnet.multiply_adds


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_layer_of_every_template_is_explained(name: str) -> None:
    template = TEMPLATES[name]
    analysis = analyse(template.build(template.classes))
    for id_, result in analysis.results.items():
        formulas = explain(analysis, id_)
        assert formulas, id_
        by_name = {formula.name: formula for formula in formulas}
        if result.inputs:
            assert any(formula.name.startswith("Output") for formula in formulas), id_
        if result.multiply_adds:
            assert by_name["Multiply-adds"].result == f"{result.multiply_adds:,}", id_
        if result.parameters:
            assert by_name["Parameters"].result == f"{result.parameters:,}", id_
        for formula in formulas:
            linked = [t.link for t in formula.symbols if t.link]
            assert linked == [t.link for t in formula.numbers if t.link]


def link_leads_somewhere(result: LayerResult, link: str) -> bool:
    kind, *place = link.split(":")
    if kind == "setting":
        layer = result.node.layer
        if place[0] not in layer.__struct_fields__:
            return False
        value = getattr(layer, place[0])
        return len(place) == 1 or value == "same" or int(place[1]) < len(value)
    if kind in {"input", "output"} and place and place[0].isdecimal():
        shapes = result.inputs if kind == "input" else result.outputs
        return len(place) == 1 or int(place[1]) < len(shapes[int(place[0])])
    return ":".join((kind, *place)) in {
        "input:field",
        "input:jump",
        "output",
        "result:multiply_adds",
        "result:parameters",
        "total",
    }


@pytest.mark.parametrize("name", TEMPLATES)
def test_links_lead_to_settings_and_inputs(name: str) -> None:
    analysis = analyse(TEMPLATES[name].build(10))
    for id_, result in analysis.results.items():
        for formula in explain(analysis, id_):
            for link in (term.link for term in formula.symbols if term.link):
                assert link_leads_somewhere(result, link), (id_, formula.name, link)


def test_where_there_is_one_position_nothing_is_said_of_neighbours() -> None:
    analysis = analyse(TEMPLATES["resnet18"].build())
    before, pooled = (
        {formula.name: formula for formula in explain(analysis, name)}
        for name in ("layer4.1.add", "avgpool")
    )
    assert before["Receptive field"].note == (
        "neighbouring positions are 32 pixels apart in the image; "
        "more than the 224 pixels of the image: the rest is padding"
    )
    assert pooled["Receptive field"].note.startswith("more than the 224 pixels")
    assert "Jump" not in pooled


def test_small_shares_are_not_called_nothing(resnet: Analysis) -> None:
    shares = {formula.name: formula.result for formula in explain(resnet, "conv1")}
    assert shares["Share of parameters"] == "below 0.1 %"


def test_the_numbers_beside_the_parameters_of_a_batch_norm(resnet: Analysis) -> None:
    stored = {formula.name: str(formula) for formula in explain(resnet, "bn1")}["Stored numbers"]
    assert stored.startswith("2 · 64 + 1 = 129: ")


def test_the_issues_own_example(resnet: Analysis) -> None:
    width = explain(resnet, "conv1")[1]
    symbols = "".join(term.text for term in width.symbols)
    assert symbols == "⌊(W − K + 2·P) / S⌋ + 1"
    assert str(width).startswith(
        "(224 − 7 + 2·3) / 2 + 1 = 112.5 → 112: one pixel column is not used"
    )


def test_a_design_of_absurd_size_is_counted() -> None:
    b = Builder()
    x = b.input(1, 4096, 4096)
    for number in range(4):
        x = b.add(f"conv{number}", Conv2d(out_channels=1_000_000, kernel_size=(1, 1)), x)
    x = b.add("fc", Linear(out_features=1_000_000), x)
    analysis = analyse(b.network(x))
    assert analysis.multiply_adds == 4096 * 4096 * (10**6 + 4 * 10**12)


def test_no_result_is_lost_in_a_network_without_nodes() -> None:
    analysis = analyse(Network())
    assert {problem.what for problem in analysis.problems} == {
        "The network has no image input",
        "The network has no classifier output",
    }


def test_what_stood_in_a_circle_is_looked_at_again_when_it_is_opened() -> None:
    b = Builder()
    x = b.chain(b.input(3, 8, 8), ("first", ReLU()), ("second", ReLU()), ("third", ReLU()))
    network = b.network(x)
    cut = replace(network, edges=tuple(e for e in network.edges if e.source != "input"))
    opened = cut.with_edge(Edge("first", "third"))  # two wires lead to one input of third
    circle = analyse(opened.with_edge(Edge("third", "first")))
    again = analyse(opened, circle)
    assert again.results == analyse(opened).results
    assert again.problems == analyse(opened).problems


def test_squeeze_and_excitation_leaves_the_distance_of_positions() -> None:
    results = analyse(TEMPLATES["efficientnet_b0"].build(1000)).results
    assert results["features.1.0.block.1.multiply"].field.jump == (2, 2)
    assert results["features.8.2"].field.jump == (32, 32)


def test_fields_worked_out_by_hand() -> None:
    """1 + Σ (K − 1) · jump over the convolutions of the main path that are larger than 1 × 1."""
    kernels_at_jump = {1: 1, 2: 2, 4: 2, 8: 3, 16: 7, 32: 3}
    assert 1 + sum(2 * jump * count for jump, count in kernels_at_jump.items()) == 491
    field = analyse(TEMPLATES["mobilenet_v2"].build(1000)).results["features.18.2"].field
    assert (field.size, field.jump) == ((491, 491), (32, 32))


def test_depth_is_that_of_the_papers() -> None:
    depths = {"lenet5-1998": 7, "alexnet-2012": 8, "vgg16": 16, "googlenet-2014": 22}
    depths |= {f"resnet{depth}": depth for depth in (18, 34, 50, 101, 152)}
    for name, depth in depths.items():
        template = TEMPLATES[name]
        assert analyse(template.build(template.classes)).depth == depth, name


def test_sums_of_a_broken_network_are_of_what_is_known(resnet: Analysis) -> None:
    broken = analyse(remove(resnet.network, ["layer4.0.conv1"]))
    assert resnet.complete
    assert not broken.complete
    known = [result for result in broken.results.values() if result.measures]
    assert 0 < broken.parameters < resnet.parameters
    assert broken.multiply_adds == sum(result.multiply_adds for result in known) > 0
    assert broken.depth == max(result.depth for result in known) > 30
