"""Views and changes of designs that no person would draw: a result or a sentence, no exception."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.network.analysis import analyse
from core.network.drawing.block_picture import block_picture
from core.network.drawing.card_picture import card_picture
from core.network.editing.repeats import repeats
from core.network.layout.arrange import arranged
from core.network.layout.opening_view import readable
from core.network.naming import prefixes
from core.network.network import Group, Network, NetworkError, decode_network, encode_network
from core.network.review.compare import compare
from core.network.review.network_report import layers_as_csv
from core.network.view.cards import cards
from tests.core.network.editing.walks import changed
from tests.core.network.test_garbage_designs import networks, slow


def loadable(network: Network) -> Network:
    """Return what a file of the network would be read as: without layers of the same id."""
    return decode_network(encode_network(replace(network, nodes=tuple(network.by_id.values()))))


@st.composite
def grouped(draw: st.DrawFn) -> Network:
    network = loadable(draw(networks))
    names = [*sorted(prefixes(network)), "nothing"]
    groups = draw(st.lists(st.builds(Group, name=st.sampled_from(names), folded=st.booleans())))
    return replace(network, groups=tuple({group.name: group for group in groups}.values()))


@given(grouped(), st.integers(0, 10**9))
@settings(slow, max_examples=300)
def test_any_design_can_be_seen_arranged_and_changed(network: Network, seed: int) -> None:
    random = Random(seed)
    for _ in range(6):
        analysis = analyse(network)
        view = cards(network, analysis)
        assert sorted(view.card_of) == sorted(network.by_id)
        for name in prefixes(network):
            cards(network, analysis, name)
        assert arranged(readable(network)).by_id.keys() == network.by_id.keys()
        repeats(network)
        layers_as_csv(analysis)
        _, network = changed(random, network)


@given(grouped(), grouped())
@settings(slow, max_examples=150)
def test_any_designs_can_be_compared_and_drawn(one: Network, other: Network) -> None:
    first, second = analyse(one), analyse(other)
    found = compare(first, second)
    assert len(found.added) + len(found.pairs) == len(other.nodes)
    assert len(found.removed) + len(found.pairs) == len(one.nodes)
    assert len(set(found.pairs.values())) == len(found.pairs)
    for picture in (card_picture, block_picture):
        with suppress(NetworkError):  # nothing in it has a size
            assert picture(one, first).endswith("</svg>\n")
