"""Changes of designs: each is a value, is refused with a sentence, and leaves a sound design."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.network.analysis import analyse
from core.network.bypassing import led_past
from core.network.editing.freezing import freeze_up_to, set_frozen
from core.network.editing.layer_edits import add_layer, common_settings, remove, with_settings
from core.network.editing.repeats import counterparts, repeats
from core.network.editing.wire_edits import (
    connect,
    disconnect,
    insert_on_wire,
    remove_and_reconnect,
    splice,
    why_not,
)
from core.network.layers.activation import ReLU
from core.network.layers.convolution import Conv2d
from core.network.layers.merge import Add, Concatenate
from core.network.layout.opening_view import readable
from core.network.naming import rename, rename_group
from core.network.network import Edge, Network, NetworkError, decode_network, encode_network
from core.network.templates import TEMPLATES
from core.network.view.cards import cards
from core.network.view.placing import places
from tests.core.network.editing.walks import changed

CONVOLUTION = Conv2d(out_channels=8, kernel_size=(3, 3))


def lenet() -> Network:
    return readable(TEMPLATES["lenet5"].build(10))


def resnet() -> Network:
    return readable(TEMPLATES["resnet50"].build(10))


def wires(network: Network) -> set[Edge]:
    return set(network.edges)


@example("squeezenet1_1", 11836)  # a wire more out of a folded group
@given(st.sampled_from(["lenet5", "squeezenet1_1", "resnet18"]), st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_any_changes_leave_a_design_that_is_analysed_seen_and_saved(name: str, seed: int) -> None:
    random = Random(seed)
    network = readable(TEMPLATES[name].build(10))
    known, view = analyse(network), None
    for _ in range(25):
        before = encode_network(network)
        _, after = changed(random, network)
        assert encode_network(network) == before  # a change makes a new value
        network = after
        assert len(network.by_id) == len(network.nodes)
        assert sum(map(len, network.incoming.values())) == len(network.edges)
        assert not network.circle()
        known = analyse(network, known)
        assert known.results == analyse(network).results
        view = cards(network, known, previous=view)
        assert view == cards(network, known)
        assert sorted(view.card_of) == sorted(network.by_id)
        assert decode_network(encode_network(network)) == network


@given(st.integers(0, 10**9))
@settings(max_examples=10, deadline=None)
def test_the_same_changes_make_the_same_bytes(seed: int) -> None:
    ends = []
    for _ in range(2):
        random, network = Random(seed), lenet()
        for _ in range(30):
            network = changed(random, network)[1]
        ends.append(encode_network(network))
    assert ends[0] == ends[1]


def test_new_layers_are_called_as_the_field_does() -> None:
    network, first = add_layer(Network(), CONVOLUTION)
    network, second = add_layer(network, CONVOLUTION, inside="stem")
    network, third = add_layer(network, CONVOLUTION)
    network, fourth = add_layer(network, ReLU())
    names = [network.by_id[id_].name for id_ in (first, second, third, fourth)]
    assert names == ["conv1", "stem.conv1", "conv2", "relu1"]


def test_a_wire_takes_the_place_of_another_and_merges_take_further_ones() -> None:
    network, add = add_layer(lenet(), Add())
    for source in ("c1", "s2", "c3"):
        network = connect(network, source, add)
    assert [edge.target_port for edge in network.incoming[add]] == [0, 1, 2]
    network = disconnect(network, network.incoming[add][0])
    assert [(e.source, e.target_port) for e in network.incoming[add]] == [("s2", 0), ("c3", 1)]
    network = connect(network, "input", "c3")
    assert [edge.source for edge in network.incoming["c3"]] == ["input"]


def test_a_circle_is_refused_in_a_sentence() -> None:
    network = lenet()
    with pytest.raises(NetworkError, match="would close a cycle"):
        connect(network, "c3", "c1")
    with pytest.raises(NetworkError, match="would close a cycle"):
        connect(network, "c1", "c1")
    assert "takes no input" in why_not(network, "c1", "input")
    assert "Nothing can come after" in why_not(network, "output", "c1")
    assert why_not(network, "c1", "f6") == ""


def test_a_layer_put_into_a_wire_makes_room() -> None:
    network, before = resnet(), resnet().by_id
    edge = next(e for e in network.edges if e.target == "bn1")
    after, new = insert_on_wire(network, edge, CONVOLUTION)
    assert wires(after) - wires(network) == {Edge("conv1", new), Edge(new, "bn1")}
    assert after.by_id[new].position == (0.0, 160.0)
    assert after.by_id["bn1"].position == (0.0, 240.0)
    assert after.by_id["conv1"] is before["conv1"] or after.by_id["conv1"] == before["conv1"]
    assert {group.name: group.position for group in after.groups}["layer1"] == (0.0, 480.0)


def test_room_is_made_within_the_group_where_the_layer_is_put() -> None:
    network = resnet()
    edge = next(e for e in network.edges if e.target == "layer1.0.bn1")
    after, new = insert_on_wire(network, edge, CONVOLUTION)
    assert after.by_id[new].name == "layer1.0.conv4"
    before = positions(network, "")
    assert positions(after, "") == before
    inner, now = positions(network, "layer1.0"), positions(after, "layer1.0")
    assert now["layer1.0.bn1"][1] == inner["layer1.0.bn1"][1] + 80
    assert now["layer1.0.conv1"] == inner["layer1.0.conv1"]


def positions(network: Network, inside: str) -> dict[str, tuple[float, float]]:
    return {p.card: p.position for p in places(network, inside) if p.position}


def test_a_layer_drawn_to_another_wire_leaves_its_old_one_closed() -> None:
    network = lenet()
    edge = next(e for e in network.edges if e.source == "s4")
    after = splice(network, edge, "c1_tanh")
    assert {Edge("c1", "s2"), Edge("s4", "c1_tanh"), Edge("c1_tanh", edge.target)} <= wires(after)
    assert len(after.edges) == len(network.edges)
    with pytest.raises(NetworkError, match="end of the network"):
        splice(network, edge, "input")


def test_removing_reconnecting_and_leading_past() -> None:
    network = lenet()
    gone = remove(network, ["c1_tanh"])
    assert len(gone.edges) == len(network.edges) - 2
    joined = remove_and_reconnect(network, ["c1_tanh", "s2"])
    assert Edge("c1", "c3") in joined.edges
    analyse(joined)
    beside = led_past(network, ["c1_tanh"])
    assert Edge("c1", "s2") in beside.edges
    assert "c1_tanh" in beside.by_id
    assert not beside.incoming["c1_tanh"]
    assert not beside.outgoing["c1_tanh"]


def test_names_are_refused_that_could_not_be() -> None:
    network = resnet()
    with pytest.raises(NetworkError, match="empty part"):
        rename(network, "conv1", "a..b")
    with pytest.raises(NetworkError, match="cannot be empty"):
        rename(network, "conv1", " ")
    with pytest.raises(NetworkError, match="differs from this one"):
        rename(network, "conv1", "bn1")
    with pytest.raises(NetworkError, match="name of a group"):
        rename(network, "conv1", "layer1")
    with pytest.raises(NetworkError, match="cannot contain others"):
        rename(network, "conv1", "bn1.conv")
    with pytest.raises(NetworkError, match="already"):
        rename_group(network, "layer1", "layer2")
    assert rename(network, "relu", "layer1.1.relu1").by_id["relu"].name == "layer1.1.relu1"
    other = rename_group(network, "layer1", "étage")
    assert other.by_id["layer1.0.conv1"].name == "étage.0.conv1"
    assert {"étage", "étage.0"} <= {group.name for group in other.groups}
    assert analyse(other).parameters == analyse(network).parameters


def test_freezing_up_to_a_layer_lets_the_rest_learn() -> None:
    network = freeze_up_to(set_frozen(resnet(), ["fc"], True), "layer2.0.conv1")
    frozen = {node.id for node in network.nodes if node.frozen}
    assert frozen == network.leading_to(["layer2.0.conv1"])
    assert "layer2.0.downsample.0" not in frozen


def test_a_setting_changes_in_all_layers_that_have_it_and_in_all_repeats() -> None:
    network = resnet()
    ids = ["layer1.0.conv1", "layer1.0.bn1", "layer1.0.conv2"]
    assert {s.name for s in common_settings(network, [ids[0], ids[2]])} >= {"out_channels", "bias"}
    assert "out_channels" not in {s.name for s in common_settings(network, ids)}
    changed_ = with_settings(network, ids, "bias", True)
    assert [changed_.by_id[id_].layer.bias for id_ in (ids[0], ids[2])] == [True, True]
    with pytest.raises(NetworkError, match="out_channels"):
        with_settings(network, ids, "out_channels", 0)
    assert ("layer3.1", "layer3.2", "layer3.3", "layer3.4", "layer3.5") in repeats(network)
    assert not any("layer3.0" in same for same in repeats(network))
    alike, others = counterparts(network, ["layer3.2.conv2"])
    assert (len(alike), others) == (5, 4)
    together = with_settings(network, alike, "kernel_size", (5, 5))
    sizes = [together.by_id[f"layer3.{n}.conv2"].layer.kernel_size for n in range(6)]
    assert sizes == [(3, 3)] + 5 * [(5, 5)]


def test_concatenations_keep_their_inputs_in_order_when_one_goes() -> None:
    network, cat = add_layer(lenet(), Concatenate())
    for source in ("c1", "s2", "c3"):
        network = connect(network, source, cat)
    network = remove(network, ["s2"])
    assert [(e.source, e.target_port) for e in network.incoming[cat]] == [("c1", 0), ("c3", 1)]
