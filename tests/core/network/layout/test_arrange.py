"""The layout: no card on another, wires lead down, what was placed by hand stays."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.network.analysis import analyse
from core.network.editing.grouping import fold_all, group, set_folded, unfold_all
from core.network.editing.layer_edits import add_layer
from core.network.editing.wire_edits import insert_on_wire
from core.network.layers.convolution import Conv2d
from core.network.layout.arrange import arrange, arranged
from core.network.layout.crossings import crossings
from core.network.layout.layering import rows_of
from core.network.layout.opening_view import readable
from core.network.layout.routing import Obstacles
from core.network.network import Network, decode_network, encode_network
from core.network.templates import TEMPLATES
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH, GAP, Position
from core.network.view.cards import View, cards
from core.network.view.placing import align, distribute, make_room, move, place, places

WIDE, HIGH = CARD_WIDTH / 2, CARD_HEIGHT / 2


def built(name: str) -> Network:
    return readable(TEMPLATES[name].build(10))


def seen(network: Network, inside: str = "") -> dict[str, Position]:
    found = {p.card: p.position for p in places(network, inside)}
    assert None not in found.values()
    return found  # type: ignore[return-value]


def overlaps(
    positions: dict[str, Position], width: float = CARD_WIDTH, height: float = CARD_HEIGHT
) -> list[tuple[str, str]]:
    rows = sorted(positions.items(), key=lambda item: item[1][1])
    found = []
    for number, (card, (x, y)) in enumerate(rows):
        for other, (left, top) in rows[number + 1 :]:
            if top - y >= height - 1e-6:
                break
            if abs(left - x) < width - 1e-6:
                found.append((card, other))
    return found


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, str]]]:
    count = draw(st.integers(1, 40))
    ids = [f"c{number}" for number in range(count)]
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    return ids, draw(st.lists(ends, max_size=80))


@given(graphs())
@settings(max_examples=300, deadline=None)
def test_cards_never_overlap_and_keep_their_gap(
    graph: tuple[list[str], list[tuple[str, str]]],
) -> None:
    ids, wires = graph
    found = arrange(ids, wires)
    assert list(found) == sorted(found, key=list(found).index)
    assert set(found) == set(ids)
    assert not overlaps(found, CARD_WIDTH + GAP, CARD_HEIGHT + GAP)
    assert arrange(ids, wires) == found  # the same again
    assert not overlaps(arrange(ids, wires, previous=found), CARD_WIDTH + GAP, CARD_HEIGHT + GAP)


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_wires_lead_down_where_there_is_no_circle(
    graph: tuple[list[str], list[tuple[str, str]]],
) -> None:
    ids, ends = graph
    wires = [(s, t) for s, t in ends if int(s[1:]) < int(t[1:])]
    found = arrange(ids, wires)
    for source, target in wires:
        assert found[target][1] - found[source][1] >= CARD_HEIGHT + GAP


@given(graphs(), st.data())
@settings(max_examples=60, deadline=None)
def test_cards_of_several_sizes_do_not_overlap(
    graph: tuple[list[str], list[tuple[str, str]]], data: st.DataObject
) -> None:
    ids, wires = graph
    size = st.tuples(st.floats(20, 500), st.floats(20, 300))
    sizes = {card: data.draw(size) for card in ids}
    found = arrange(ids, wires, sizes)
    for (one, (x, y)), (other, (left, top)) in combinations(found.items(), 2):
        across = abs(x - left) - (sizes[one][0] + sizes[other][0]) / 2
        down = abs(y - top) - (sizes[one][1] + sizes[other][1]) / 2
        assert max(across, down) >= GAP - 1e-6


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_every_classic_is_arranged_folded_and_unfolded(name: str) -> None:
    network = built(name)
    assert not overlaps(seen(network))
    for record in network.groups:
        assert not overlaps(seen(network, record.name))
    whole = arranged(TEMPLATES[name].build(10))
    assert not overlaps(seen(whole))
    assert wires_through_cards(cards(whole, analyse(whole))) == 0


def wires_through_cards(view: View) -> int:
    """Return how many parts of routed wires lead through a card."""
    middles = [card.position or (0.0, 0.0) for card in view.cards]
    boxes = [(x - WIDE, y - HIGH, x + WIDE, y + HIGH) for x, y in middles]
    at = {card.id: middle for card, middle in zip(view.cards, middles, strict=True)}
    ends = [
        ((at[w.source][0], at[w.source][1] + HIGH), (at[w.target][0], at[w.target][1] - HIGH))
        for w in view.wires
    ]
    hits = 0
    for (start, end), bends in zip(ends, Obstacles(boxes).routes(ends), strict=True):
        if not bends and start[0] != end[0]:
            assert end[1] - start[1] < 2 * CARD_HEIGHT  # one curve within the gap between rows
            continue
        way = [start, *bends, end]
        for (x1, y1), (x2, y2) in pairwise(way):
            left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            hits += any(
                b[0] < right and b[2] > left and b[1] < bottom and b[3] > top for b in boxes
            )
    return hits


def test_the_main_path_is_straight_and_skips_lie_beside() -> None:
    network = arranged(TEMPLATES["resnet50"].build(10))
    main = [n for n in network.nodes if ".downsample." not in n.name]
    assert {node.position[0] for node in main if node.position} == {0.0}
    beside = [n.position[0] for n in network.nodes if ".downsample." in n.name and n.position]
    assert all(abs(x) >= CARD_WIDTH + GAP for x in beside)


def test_inception_has_no_crossing_and_its_branches_in_order() -> None:
    network = TEMPLATES["googlenet"].build(10)
    number = {node.id: n for n, node in enumerate(network.nodes)}
    wires = [(number[e.source], number[e.target]) for e in network.edges]
    rows = rows_of(len(number), wires, [None] * len(number))
    assert crossings(rows, rows.rows) == 0
    at = seen(arranged(network))
    branches = [
        at[f"inception4a.branch{n}.{end}"][0]
        for n, end in enumerate(("conv", "0.conv", "0.conv", "0"), start=1)
    ]
    assert branches == sorted(branches)


def test_equal_branches_lie_on_both_sides() -> None:
    wires = [("in", f"b{n}") for n in range(3)] + [(f"b{n}", "out") for n in range(3)]
    found = arrange(["in", "b0", "b1", "b2", "out"], wires)
    step = CARD_WIDTH + GAP
    assert [found[card][0] for card in ("b0", "b1", "b2")] == [-step, 0.0, step]
    assert found["in"][0] == found["out"][0] == 0.0


def test_a_small_change_moves_little() -> None:
    network = built("googlenet")
    edge = next(e for e in network.edges if e.source == "maxpool1")
    changed, new = insert_on_wire(network, edge, Conv2d(out_channels=64))
    before, after = seen(network), seen(arranged(changed))
    assert all(before[card][0] == after[card][0] for card in before)
    order = sorted(before, key=lambda card: before[card][1])
    assert [c for c in sorted(after, key=lambda card: after[card][1]) if c != new] == order


@pytest.mark.parametrize("name", ["resnet50", "googlenet", "densenet121", "efficientnet_b0"])
def test_unfolding_pushes_what_is_below_down_and_folding_brings_it_back(name: str) -> None:
    network = built(name)
    for card in [p for p in places(network) if p.group][:6]:
        opened = set_folded(network, card.group or "", False)
        assert not overlaps(seen(opened))
        assert set(seen(opened)) > set(seen(network)) - {card.card}
        closed = set_folded(opened, card.group or "", True)
        assert encode_network(closed) == encode_network(network)


def test_a_place_chosen_by_hand_is_kept_when_something_else_unfolds() -> None:
    network = place(built("resnet50"), {"fc": (500.0, 1000.0), "input": (-300.0, -40.0)})
    opened = set_folded(network, "layer1", False)
    assert opened.by_id["input"].position == (-300.0, -40.0)
    grown = opened.by_id["avgpool"].position[1] - network.by_id["avgpool"].position[1]
    assert grown > 0
    assert opened.by_id["fc"].position == (500.0, 1000.0 + grown)


def test_all_folded_and_all_unfolded_do_not_overlap() -> None:
    for name in ("googlenet", "resnet18", "efficientnet_b0"):
        network = unfold_all(built(name))
        assert not overlaps(seen(network))
        assert not any(p.group for p in places(network))
        folded = fold_all(network)
        assert not overlaps(seen(folded))


def test_branches_unfold_and_fold_in_any_order_without_covering_each_other() -> None:
    network = set_folded(built("googlenet"), "inception4a", False)
    branches = [f"inception4a.branch{number}" for number in (2, 3, 4)]
    for seed in range(20):
        random, changed = Random(seed), network
        for name in random.sample(branches, 3) + random.sample(branches, 3):
            folded = next(g.folded for g in changed.groups if g.name == name)
            changed = set_folded(changed, name, not folded)
            assert not overlaps(seen(changed)), (seed, name)


def test_a_folded_group_moves_with_all_in_it() -> None:
    network = built("resnet18")
    ids = [node.id for node in network.nodes if node.name.startswith("layer1.")]
    moved = move(network, ids, 40, -8)
    at, now = seen(network)["layer1."], seen(moved)["layer1."]
    assert now == (at[0] + 40, at[1] - 8)
    inner, later = seen(network, "layer1"), seen(moved, "layer1")
    assert all(later[c] == (x + 40, y - 8) for c, (x, y) in inner.items())
    assert place(network, {"layer1.": now}) == moved
    assert decode_network(encode_network(moved)) == moved


@given(st.integers(0, 10**9))
@settings(max_examples=100, deadline=None)
def test_room_is_made_below_in_the_order_that_was(seed: int) -> None:
    random, network = Random(seed), Network()
    ids = []
    for number in range(random.randint(1, 12)):
        column, row = random.randint(-1, 1) * (CARD_WIDTH + GAP), number * 80.0
        network, id_ = add_layer(network, Conv2d(out_channels=1), (column, row))
        ids.append(id_)
    at = random.choice(seen(network).copy().popitem()[1:] or [(0.0, 0.0)])
    place_ = (at[0] + random.randint(-60, 60), at[1] - random.randint(0, 300))
    network, new = add_layer(network, Conv2d(out_channels=1), place_)
    before, after = seen(network), seen(make_room(network, new))
    assert after[new] == place_
    assert all(after[i][0] == before[i][0] and after[i][1] >= before[i][1] for i in ids)
    assert not [pair for pair in overlaps(after) if all(before[c][1] >= place_[1] for c in pair)]
    column = [i for i in ids if before[i][0] == before[ids[0]][0]]
    assert sorted(column, key=lambda i: after[i][1]) == sorted(column, key=lambda i: before[i][1])


def test_aligning_and_distributing_cards() -> None:
    network = built("lenet5")
    network = place(network, {"c1": (10.0, 80.0), "s2": (50.0, 300.0), "c3": (-30.0, 700.0)})
    ids = ["c1", "s2", "c3"]
    for side, value in (("left", -30.0), ("right", 50.0), ("centre", 10.0)):
        assert {seen(align(network, ids, side))[i][0] for i in ids} == {value}
    rows = [seen(distribute(network, ids, "vertical"))[i][1] for i in ids]
    assert rows == [80.0, 390.0, 700.0]
    folded, name = group(network, ["c1", "c1_tanh"], "stem")
    lined = align(folded, ["c1", "s2"], "left")
    assert seen(lined)[f"{name}."][0] == seen(lined)["s2"][0]


def test_only_the_chosen_cards_are_arranged() -> None:
    network = place(built("lenet5"), {"c1": (400.0, 80.0), "s2": (900.0, 90.0)})
    tidy = arranged(network, only=["c1", "c1_tanh", "s2"])
    at = seen(tidy)
    assert len({at[i][0] for i in ("c1", "c1_tanh", "s2")}) == 1
    assert all(at[c] == p for c, p in seen(network).items() if c not in {"c1", "c1_tanh", "s2"})
