"""The palette: what it holds, how it is found, and what adding it makes of a design."""

import pytest

from core.network.analysis import analyse
from core.network.editing.adding import Spot, add_entry, outcome_of, spot_after
from core.network.editing.palette import BLOCK, PALETTE, SECTIONS, matching, new_layer
from core.network.layers import LAYER_KINDS
from core.network.layers.activation import ReLU
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Linear
from core.network.layers.pooling import MaxPool2d
from core.network.network import Builder
from core.network.templates import TEMPLATES


def chain():
    b = Builder()
    x = b.chain(
        b.input(3, 32, 32),
        ("conv1", Conv2d(out_channels=64, padding=(1,) * 4)),
        ("relu1", ReLU()),
    )
    return b.network(x)


def names(network):
    return {node.name for node in network.nodes}


def test_every_layer_kind_is_in_a_section():
    kinds = {name for name, kind in LAYER_KINDS.items() if not kind.imported}
    assert kinds < PALETTE.keys()
    assert {entry.section for entry in PALETTE.values()} <= set(SECTIONS)
    places = [SECTIONS.index(entry.section) for entry in PALETTE.values()]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pool", "MaxPool2d"),
        ("max po", "MaxPool2d"),
        ("conv", "Conv2d"),
        ("linear", "Linear"),
        ("bn", "BatchNorm2d"),
        ("fc", "Linear"),
        ("gap", "GlobalAvgPool2d"),
        ("RELU", "ReLU"),
        ("concat", "Concatenate"),
        ("squeeze", "squeeze_excite"),
        ("swish", "SiLU"),
    ],
)
def test_what_one_calls_it_finds_it(text, first):
    assert next(entry.name for entry in matching(text)) == first


def test_dense_also_finds_linear_and_nonsense_nothing():
    assert "Linear" in [entry.name for entry in matching("dense")]
    assert matching("xyzzy") == []
    assert len(matching("")) == len(PALETTE)


@pytest.mark.parametrize("name", PALETTE)
def test_every_entry_can_be_added_on_its_own(name):
    grown, ids = add_entry(chain(), name, Spot(position=(10, 20)))
    assert len(grown.nodes) == 4 + len(ids)
    assert chain().edges == grown.edges[: len(chain().edges)]


@pytest.mark.parametrize(
    "name",
    [n for n, e in PALETTE.items() if e.section in (BLOCK, "convolution", "activation", "pooling")],
)
def test_what_takes_a_map_works_behind_one(name):
    network = add_entry(chain(), "Conv2d", spot_after(chain(), "conv1"))[0]
    if name == "PartialConv2d":  # LeNet's table is for six maps
        network = network.with_setting("conv1", "out_channels", 6)
    grown, ids = add_entry(network, name, spot_after(network, "conv1"))
    results = analyse(grown).results
    assert all(results[id_].problem is None for id_ in ids), [results[i].problem for i in ids]
    (into,) = grown.incoming["relu1"] if "relu1" in grown.by_id else grown.incoming["output"]
    assert into.source != "conv1"


def test_added_behind_a_layer_it_feeds_what_that_fed():
    grown, (new,) = add_entry(chain(), "MaxPool2d", spot_after(chain(), "conv1"))
    assert [e.source for e in grown.incoming[new]] == ["conv1"]
    assert [e.source for e in grown.incoming["relu1"]] == [new]
    assert analyse(grown).results["relu1"].output == (64, 16, 16)
    assert grown.by_id[new].name == "pool1"


def test_behind_the_output_means_before_it():
    grown, (new,) = add_entry(chain(), "Flatten", spot_after(chain(), "output"))
    assert [e.source for e in grown.incoming["output"]] == [new]


def test_into_a_wire():
    network = chain()
    edge = network.incoming["relu1"][0]
    grown, ids = add_entry(network, "residual", Spot(edge=edge))
    assert {node.name for node in grown.nodes if node.id in ids} == {
        f"residual1.{name}" for name in ("conv1", "bn1", "relu1", "conv2", "bn2", "add", "relu")
    }
    assert [group.name for group in grown.groups] == ["residual1"]
    assert analyse(grown).results["output"].output == (64, 32, 32)
    again, _ = add_entry(grown, "residual", Spot(edge=grown.incoming["relu1"][0]))
    assert [group.name for group in again.groups] == ["residual1", "residual2"]


def test_a_wire_dropped_beside_leaves_the_others():
    network = chain()
    grown, (new,) = add_entry(network, "Conv2d", Spot(source="conv1", take_over=False))
    assert [e.source for e in grown.incoming["relu1"]] == ["conv1"]
    assert [e.source for e in grown.incoming[new]] == ["conv1"]


def test_behind_a_folded_group_it_lies_outside():
    network = add_entry(chain(), "bottleneck", spot_after(chain(), "conv1"))[0]
    tail = network.incoming["relu1"][0].source
    grown, (new,) = add_entry(network, "BatchNorm2d", spot_after(network, tail))
    assert grown.by_id[new].name == "bn1"
    within, (inner,) = add_entry(network, "BatchNorm2d", spot_after(network, tail, "bottleneck1"))
    assert within.by_id[inner].name == "bottleneck1.bn4"


def test_new_layers_go_by_what_arrives():
    assert new_layer("Conv2d", (256, 14, 14)).out_channels == 256
    assert new_layer("depthwise", (96, 14, 14)).groups == 96
    assert new_layer("MaxPool2d") == MaxPool2d()
    assert new_layer("Linear", (4096,)) == Linear(out_features=128)


def test_the_templates_are_what_they_were():
    assert "inception3a.one.conv" in names(TEMPLATES["googlenet-2014"].build(10))
    assert "layer1.0.downsample.0" in names(TEMPLATES["resnet50"].build(10))


@pytest.mark.parametrize(
    ("name", "shape", "output"),
    [
        ("MaxPool2d", (512, 28, 28), (512, 14, 14)),
        ("GlobalAvgPool2d", (512, 28, 28), (512, 1, 1)),
        ("inception", (256, 28, 28), (256, 28, 28)),
        ("Linear", (2048,), (128,)),
        ("LayerNorm", (197, 768), (197, 768)),
    ],
)
def test_the_outcome_is_what_adding_it_gives(name, shape, output):
    assert outcome_of(name, shape).works
    assert outcome_of(name, shape).output == output


def test_what_cannot_take_a_shape_is_said():
    assert not outcome_of("Conv2d", (4096,)).works
    assert not outcome_of("residual", (4096,)).works
    assert not outcome_of("Input", (3, 8, 8)).works
    assert outcome_of("Add", (3, 8, 8)).works
    assert outcome_of("Conv2d", None).works
