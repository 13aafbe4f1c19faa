"""The folded view: what a card says is what its layers come to."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.network.analysis import analyse
from core.network.editing.freezing import set_frozen
from core.network.editing.grouping import group, set_folded, ungroup
from core.network.editing.layer_edits import remove, with_settings
from core.network.layout.opening_view import readable
from core.network.network import Network, NetworkError
from core.network.templates import TEMPLATES
from core.network.view.cards import Frozen, View, cards


def built(name: str, classes: int = 1000) -> Network:
    return readable(TEMPLATES[name].build(classes))


def view_of(network: Network, inside: str = "", previous: View | None = None) -> View:
    return cards(network, analyse(network), inside, previous)


OPENED = {
    "lenet5": (14, []),
    "alexnet": (24, []),
    "vgg16": (42, []),
    "vgg19_bn": (64, []),
    "resnet18": (13, ["layer1 · 2 × BasicBlock", "layer4 · 2 × BasicBlock"]),
    "resnet152": (13, ["layer1 · 3 × Bottleneck", "layer3 · 36 × Bottleneck"]),
    "googlenet": (22, ["conv1 · ConvBlock", "inception5b · Inception"]),
    "squeezenet1_1": (17, ["features.3 · Fire", "classifier · Conv 2D"]),
    "densenet121": (18, ["features.denseblock1 · 6 × DenseLayer"]),
    "efficientnet_b0": (15, ["features.2 · 2 × MBConv", "features.8 · ConvBlock"]),
    "mobilenet_v2": (25, ["features.1 · InvertedResidual"]),
}


@pytest.mark.parametrize("name", list(OPENED))
def test_classics_open_readable(name: str) -> None:
    view = view_of(built(name))
    count, titles = OPENED[name]
    assert len(view.cards) == count
    shown = [f"{card.name} · {card.kind}" for card in view.cards if card.group]
    assert set(titles) <= set(shown)
    assert bool(shown) == bool(titles)


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_cards_add_up_to_the_network(name: str) -> None:
    network = built(name)
    analysis = analyse(network)
    view = cards(network, analysis)
    assert sum(card.parameters for card in view.cards) == analysis.parameters
    assert sum(card.activation_bytes for card in view.cards) == analysis.activation_bytes
    assert sum(card.layers for card in view.cards) == len(network.nodes)
    inner = sum(view.card_of[e.source] == view.card_of[e.target] for e in network.edges)
    assert sum(len(wire.edges) for wire in view.wires) == len(network.edges) - inner


def test_resnets_first_stage_is_as_in_its_paper() -> None:
    card = view_of(built("resnet152")).by_id["layer1."]
    assert (card.layers, card.parameters, card.output) == (32, 215_808, (256, 56, 56))
    assert (card.inputs, card.outputs, card.family) == (1, 1, None)


def test_inside_a_group_its_layers_are_seen_and_where_wires_lead_out() -> None:
    network = built("resnet152")
    view = view_of(network, "layer1")
    shown = [(card.name, card.kind) for card in view.cards]
    assert shown == [(f"layer1.{n}", "Bottleneck") for n in range(3)]
    assert {(s.name, s.incoming) for s in view.stubs} == {
        ("maxpool", True),
        ("layer2", False),
    }
    inner = view_of(network, "layer1.0")
    assert [card.name for card in inner.cards][:2] == ["layer1.0.conv1", "layer1.0.bn1"]
    assert not any(card.group for card in inner.cards)
    assert {(s.name, s.incoming) for s in inner.stubs} == {("maxpool", True), ("layer1.1", False)}


def test_inceptions_branches_are_named_after_what_they_are() -> None:
    kinds = [card.kind for card in view_of(built("googlenet"), "inception4a").cards]
    assert kinds == ["ConvBlock", "2 × ConvBlock", "2 × ConvBlock", "ConvBlock", "Concatenate"]


def test_squeeze_and_excitation_has_its_name() -> None:
    kinds = {card.kind for card in view_of(built("efficientnet_b0"), "features.2.0").cards}
    assert "SqueezeExcitation" in kinds


def test_cards_are_taken_over_where_nothing_changed() -> None:
    network = built("googlenet")
    analysis = analyse(network)
    before = cards(network, analysis)
    again = cards(network, analysis, "", before)
    assert all(card is before.by_id[card.id] for card in again.cards)
    changed = with_settings(network, ["inception4a.branch1.conv"], "bias", True)
    after = cards(changed, analyse(changed, analysis), "", before)
    new = [card.name for card in after.cards if card is not before.by_id.get(card.id)]
    assert new == ["inception4a"]
    assert after == view_of(changed)


def test_frozen_and_wrong_layers_show_on_their_group() -> None:
    network = built("resnet18")
    card = view_of(set_frozen(network, ["layer1.0.conv1"], True)).by_id["layer1."]
    assert card.frozen is Frozen.SOME
    ids = [n.id for n in network.nodes if n.name.startswith("layer1.")]
    assert view_of(set_frozen(network, ids, True)).by_id["layer1."].frozen is Frozen.ALL
    wrong = view_of(with_settings(network, ["layer1.0.conv2"], "out_channels", 7))
    assert wrong.by_id["layer1."].problem is not None
    assert wrong.by_id["layer1."].problem.node in ids
    assert wrong.by_id["layer2."].output is None


def test_grouping_and_ungrouping() -> None:
    network = built("resnet18")
    grouped, name = group(network, ["conv1", "bn1", "relu"], "stem")
    assert name == "stem"
    card = view_of(grouped).by_id["stem."]
    assert (card.kind, card.layers, card.inputs, card.outputs) == ("ConvBlock", 3, 1, 1)
    assert card.position == network.by_id["conv1"].position
    assert analyse(grouped).parameters == analyse(network).parameters
    free = {node.id: node.position for node in ungroup(grouped, "stem").nodes}
    assert free == {node.id: node.position for node in network.nodes}  # all lies where it lay
    again, second = group(grouped, ["maxpool"], "stem")
    assert second == "stem2"
    free = ungroup(again, "stem")
    assert {"conv1", "bn1"} <= {card.id for card in view_of(free).cards}
    assert free.by_id["conv1"].name == "stem.conv1"
    within, inner = group(network, ["layer1.0.conv1", "layer1.0.bn1"], "first")
    assert inner == "layer1.0.first"
    assert within.by_id["layer1.0.bn1"].name == "layer1.0.first.bn1"
    with pytest.raises(NetworkError, match="needs a layer"):
        group(network, [], "a")
    with pytest.raises(NetworkError, match="empty part"):
        group(network, ["conv1"], "a..b")


def test_layers_that_share_weights_are_grouped_together() -> None:
    network = TEMPLATES["lenet5"].build(10)
    twin = replace(network.by_id["c1"], id="twin")
    grouped, _ = group(network.with_node(twin), ["c1"], "stem")
    assert {n.name for n in grouped.nodes if n.id in {"c1", "twin"}} == {"stem.c1"}


def test_a_group_goes_with_its_last_layer() -> None:
    network = built("resnet18")
    ids = [n.id for n in network.nodes if n.name.startswith("layer1.")]
    assert "layer1" not in {g.name for g in remove(network, ids).groups}
    with pytest.raises(NetworkError, match="no group"):
        set_folded(remove(network, ids), "layer1", True)
