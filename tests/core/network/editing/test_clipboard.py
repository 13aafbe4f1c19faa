"""Layers as text: what is pasted equals what was copied up to names, and garbage is refused."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.network.analysis import analyse
from core.network.editing.clipboard import (
    copy_fragment,
    decode_fragment,
    duplicate,
    is_fragment,
    paste_fragment,
)
from core.network.layout.opening_view import readable
from core.network.network import Edge, Network, NetworkError
from core.network.templates import TEMPLATES
from core.network.view.card_size import PITCH_ACROSS
from core.network.view.cards import cards
from tests.core.network.editing.walks import some


def resnet() -> Network:
    return readable(TEMPLATES["resnet18"].build(10))


def structure(network: Network, ids: list[str]) -> object:
    """Return layers and wires up to names and places."""
    number = {id_: n for n, id_ in enumerate(ids)}
    layers = [(n.layer, n.frozen, n.note) for n in map(network.by_id.__getitem__, ids)]
    wires = {
        (number[e.source], number[e.target], e.target_port, e.source_port)
        for e in network.edges
        if e.source in number and e.target in number
    }
    return layers, wires


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_what_is_pasted_equals_what_was_copied(seed: int) -> None:
    network = resnet()
    chosen = set(some(Random(seed), network, 30))
    ids = [node.id for node in network.nodes if node.id in chosen]
    pasted, new = paste_fragment(network, copy_fragment(network, ids), (10.0, 20.0))
    assert structure(pasted, list(new)) == structure(network, ids)
    assert (
        structure(pasted, [n.id for n in network.nodes])[0]
        == structure(network, [n.id for n in network.nodes])[0]
    )
    assert not set(new) & network.by_id.keys()
    names = {node.name for node in network.nodes}
    assert not {pasted.by_id[id_].name for id_ in new} & names


def test_a_folded_group_is_pasted_as_one_beside_the_first() -> None:
    network = resnet()
    ids = [node.id for node in network.nodes if node.name.startswith("layer1.")]
    pasted, new = paste_fragment(network, copy_fragment(network, ids), (500.0, 40.0), True)
    assert {pasted.by_id[id_].name.split(".")[0] for id_ in new} == {"layer5"}
    view = cards(pasted, analyse(pasted))
    assert view.by_id["layer5."].position == (500.0, 40.0)
    assert view.by_id["layer5."].kind == "2 × BasicBlock"
    assert Edge("maxpool", new[0]) in pasted.edges


def test_what_is_copied_in_a_group_is_seen_where_it_is_pasted() -> None:
    network = resnet()
    outside, new = paste_fragment(network, copy_fragment(network, ["layer1.0.conv1"]))
    assert outside.by_id[new[0]].name == "conv2"
    within, new = paste_fragment(network, copy_fragment(network, ["conv1"]), inside="layer1")
    assert within.by_id[new[0]].name == "layer1.conv1"


def test_an_empty_window_takes_all() -> None:
    network = resnet()
    ids = [node.id for node in network.nodes]
    copy, new = paste_fragment(Network(), copy_fragment(network, ids))
    assert [node.name for node in copy.nodes] == [node.name for node in network.nodes]
    assert analyse(copy).parameters == analyse(network).parameters
    assert copy.groups != ()
    assert list(new) == ids


def test_duplicates_lie_beside() -> None:
    network = resnet()
    twice, (new,) = duplicate(network, ["conv1"])
    x, y = network.by_id["conv1"].position
    assert twice.by_id[new].position == (x + PITCH_ACROSS, y)
    thrice, (newest,) = duplicate(twice, ["conv1"])
    assert thrice.by_id[newest].position == (x + 2 * PITCH_ACROSS, y)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"hello",
        b"{}",
        b'{"layerloom":"layers 1"}',
        b'{"layerloom":"layers 2","nodes":[]}',
        b'{"layerloom":"layers 1","nodes":[{"id":"a","name":"a","layer":{"kind":"Evil"}}]}',
        b'{"layerloom":"layers 1","nodes":[{"id":"a","name":"a","layer":{"kind":"ReLU"},'
        b'"position":[1e308,0]}]}',
        b"[" * 100_000,
    ],
)
def test_garbage_is_refused_in_a_sentence(data: bytes) -> None:
    assert not is_fragment(data)
    with pytest.raises(NetworkError, match="clipboard contains no layers"):
        paste_fragment(Network(), data)


def test_wires_of_the_text_that_lead_nowhere_are_left_out() -> None:
    data = copy_fragment(resnet(), ["conv1"]).replace(b'"edges": []', b'"edges": [["x", "y"]]')
    fragment = decode_fragment(
        data.replace(b'[["x", "y"]]', b'[{"source": "x", "target": "conv1"}]')
    )
    assert fragment.edges
    pasted, _ = paste_fragment(
        Network(), data.replace(b'[["x", "y"]]', b'[{"source": "x", "target": "conv1"}]')
    )
    assert pasted.edges == ()
