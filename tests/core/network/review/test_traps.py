"""The mistakes people make: each is said with its numbers, and its fixes were checked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.network.analysis import Analysis, analyse
from core.network.bypassing import led_past
from core.network.explanation import explain
from core.network.layers.activation import ReLU, Softmax
from core.network.layers.adaptive_pooling import AdaptiveAvgPool2d
from core.network.layers.base.layer import Layer
from core.network.layers.convolution import Conv2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add, Concatenate
from core.network.layers.normalisation import BatchNorm2d, LayerNorm
from core.network.layers.rearrangement import Permute
from core.network.network import Builder, Edge, Network, NetworkError, Node
from core.network.problems import Problem
from core.network.review import fixes as fixing
from core.network.review.advice import advise
from core.network.review.fixes import fixes
from core.network.running.module import NetworkModule
from core.network.source.source import source_text
from core.network.templates import TEMPLATES
from core.network.templates.short_forms import conv, max_pool


def chained(*layers: Layer, size: int = 32) -> Network:
    b = Builder()
    rows = [(f"{type(layer).__name__.lower()}{i}", layer) for i, layer in enumerate(layers, 1)]
    return b.network(b.chain(b.input(64, size, size), *rows))


def only_problem(network: Network) -> Problem:
    (problem,) = analyse(network).problems
    return problem


def offered(network: Network, problem: Problem) -> dict[str, Network]:
    found = {fix.text: fix.network for fix in fixes(analyse(network), problem)}
    for fixed in found.values():
        after = analyse(fixed)
        remaining = advise(after) if problem.advice else after.problems
        assert (problem.node, problem.what) not in {(p.node, p.what) for p in remaining}
    return found


def note_of(network: Network, node_id: str) -> str:
    return str(explain(analyse(network), node_id)[1])


def test_stride_that_leaves_a_remainder() -> None:
    network = TEMPLATES["zfnet"].build(10)
    text = "(224 − 7 + 2·1) / 2 + 1 = 110.5 → 110: one pixel column is not used"
    assert note_of(network, "conv1") == f"{text}; it is in the padding"
    plain = chained(conv(8, 3, stride=4))
    assert note_of(plain, "conv2d1").endswith("8.25 → 8: one pixel column is not used")


def test_ceil_mode() -> None:
    network = chained(max_pool(3, 2, ceil=True))
    assert analyse(network).results["maxpool2d1"].output == (64, 16, 16)
    assert note_of(network, "maxpool2d1").endswith(
        "the last window extends one pixel column past the edge"
    )


def test_same_with_stride() -> None:
    network = chained(Conv2d(out_channels=8, padding="same", stride=(2, 2)))
    problem = only_problem(network)
    assert "“same”" in problem.what
    found = offered(network, problem)
    assert {"Set the stride to 1", "Set the padding to 1 px"} <= found.keys()


def test_pooling_padding_over_half_the_window() -> None:
    network = chained(max_pool(3, 2, padding=2))
    problem = only_problem(network)
    assert problem.what == "A padding of 2 px is more than half of the 3 px window"
    assert "Set the padding to 1 px" in offered(network, problem)


def test_groups_that_do_not_divide() -> None:
    network = chained(conv(96, 3, groups=48))
    problem = only_problem(network)
    assert problem.what == "64 input channels cannot be divided into 48 groups"
    assert "Set the groups to 16" in offered(network, problem)


def test_adaptive_pooling_takes_any_size() -> None:
    for size in (7, 13, 224):
        result = analyse(chained(AdaptiveAvgPool2d(output_size=(6, 6)), size=size))
        assert result.results["adaptiveavgpool2d1"].output == (64, 6, 6)


def test_dilation_widens_the_kernel() -> None:
    result = analyse(chained(Conv2d(out_channels=8, dilation=(4, 4)))).results["conv2d1"]
    assert result.output == (8, 24, 24)
    assert result.field.size == (9, 9)


def test_linear_after_a_changed_map() -> None:
    network = chained(Flatten(), Linear(out_features=10, in_features=128))
    problem = only_problem(network)
    assert problem.what == "Linear expects 128 input features but receives 65536"
    assert next(iter(offered(network, problem))) == "Set the inputs to 65536"


def test_missing_flatten() -> None:
    network = chained(max_pool(32, 32), Linear(out_features=10, in_features=64))
    problem = only_problem(network)
    assert "64 × 1 × 1" in problem.what
    assert next(iter(offered(network, problem))) == "Insert Flatten"


def test_linear_on_the_last_axis_is_advice() -> None:
    network = chained(Linear(out_features=10))
    analysis = analyse(network)
    assert analysis.problems == ()
    advice = [a for a in advise(analysis) if a.node == "linear1"]
    assert "64 × 32 × 32" in advice[0].what
    assert "Insert Flatten" in offered(network, advice[0])


def test_a_map_with_its_channels_last_needs_no_flatten() -> None:
    layers = (Permute(order=(1, 2, 0)), LayerNorm(), Linear(out_features=64), ReLU())
    analysis = analyse(chained(conv(64, 3), *layers, Permute(order=(2, 0, 1)), conv(8, 1)))
    assert not [a for a in advise(analysis) if "flatten" in a.why]
    turned_back = chained(*layers, Permute(order=(2, 0, 1)), conv(8, 1), Linear(out_features=10))
    assert [a.node for a in advise(analyse(turned_back)) if "flatten" in a.why] == ["linear7"]


def branched(join: Layer, *layers: Layer) -> Network:
    b = Builder()
    x = b.add("stem", conv(64, 3, padding=1), b.input(3, 32, 32))
    names = [b.add(f"branch{i}", layer, x) for i, layer in enumerate(layers)]
    return b.network(b.add("join", join, *names))


def test_add_with_unequal_shapes() -> None:
    network = branched(Add(), conv(256, 3, stride=2, padding=1), conv(64, 1))
    problem = only_problem(network)
    assert "256 × 16 × 16 and 64 × 32 × 32" in problem.what
    found = offered(network, problem)
    fixed = found["1 × 1 convolution 64 → 256 after branch1"]
    assert analyse(fixed).problems == ()


def test_concatenate_with_unequal_height() -> None:
    network = branched(Concatenate(), conv(8, 5), conv(8, 1))
    problem = only_problem(network)
    assert "28 × 28" in problem.what
    assert "Set the padding to 2 px in branch0" in offered(network, problem)


def test_image_too_small() -> None:
    network = TEMPLATES["alexnet"].build(10, size=32)
    problem = only_problem(network)
    assert problem.node == "features.12"
    fixed = offered(network, problem)["Set the image to 63 × 63 px"]
    assert analyse(fixed).problems == ()


def test_ceil_mode_is_offered_where_it_helps() -> None:
    network = chained(max_pool(2, 2), max_pool(2, 2), max_pool(2, 2), size=7)
    problem = only_problem(network)
    assert any("Use ceil mode" in text for text in offered(network, problem))


def test_redundant_bias() -> None:
    network = chained(conv(8, 3), BatchNorm2d(), ReLU())
    (advice,) = (a for a in advise(analyse(network)) if a.node == "conv2d1")
    fixed = offered(network, advice)["Turn the bias off"]
    assert analyse(fixed).parameters == analyse(network).parameters - 8


def test_doubled_softmax() -> None:
    network = chained(Flatten(), Linear(out_features=3), Softmax())
    (advice,) = advise(analyse(network))
    assert advice.what == "The softmax of softmax3 is applied twice"
    assert "Delete softmax3" in offered(network, advice)


def test_circle() -> None:
    network = chained(ReLU(), ReLU())
    edges = tuple(e for e in network.edges if e.target != "relu1")
    network = replace(network, edges=(*edges, Edge("relu2", "relu1")))
    problem = only_problem(network)
    assert "cycle: relu2 → relu1 → relu2" in problem.what
    assert offered(network, problem)


def test_a_layer_without_wires_is_no_part_of_the_network() -> None:
    network = chained(conv(4, 3), ReLU())
    whole, alone = led_past(network, ["relu2"]), analyse(led_past(network, ["relu2"]))
    assert "relu2" in whole.by_id
    assert not alone.problems
    advice = advise(alone)[-1]
    assert advice.what == "relu2 is not connected to the network"
    assert "Delete relu2" in offered(whole, advice)
    assert "relu2" not in source_text(whole)
    assert [name for name, _ in NetworkModule(whole).named_children()] == ["conv2d1", "output"]
    used = whole.with_edge(Edge("relu2", "output", 1))  # it becomes a part again
    assert "relu2 takes 1 input but has 0" in [p.what for p in analyse(used, alone).problems]


def test_unconnected_and_doubly_connected() -> None:
    network = chained(ReLU(), ReLU())
    cut = replace(network, edges=tuple(e for e in network.edges if e.target != "relu2"))
    problem = only_problem(cut)
    assert problem.what == "relu2 takes 1 input but has 0"
    assert "Connect it to relu1" in offered(cut, problem)
    doubled = network.with_edge(Edge("input", "relu2"))
    problem = only_problem(doubled)
    assert "Remove the wire from input" in offered(doubled, problem)


def test_no_input_or_output() -> None:
    whole = chained(ReLU())
    for end, text in (("input", "Add an image input"), ("output", "classifier output after")):
        nodes = tuple(node for node in whole.nodes if node.id != end)
        edges = tuple(e for e in whole.edges if end not in {e.source, e.target})
        network = replace(whole, nodes=nodes, edges=edges)
        problem = next(p for p in analyse(network).problems if not p.node)
        assert any(text in offer for offer in offered(network, problem))


def test_two_different_layers_of_one_name() -> None:
    network = chained(conv(64, 3, padding=1), conv(64, 3, padding=1))
    node = replace(network.named("conv2d2"), name="conv2d1")
    assert analyse(network.with_node(node)).problems == ()  # one module, used twice
    other = replace(node, layer=conv(64, 1))
    problem = only_problem(network.with_node(other))
    assert problem.what == "Two layers are called conv2d1 but differ"
    assert "Rename it to conv2d12" in offered(network.with_node(other), problem)


def test_fixes_leave_the_design_as_it_was() -> None:
    network = chained(conv(96, 3, groups=48))
    copy = replace(network)
    fixes(analyse(network), only_problem(network))
    assert network == copy
    assert isinstance(network.nodes[0], Node)


@pytest.mark.parametrize("names", [("train", "b"), ("a.b", "a"), ("a", "a.b")])
def test_names_that_torch_keeps_for_itself_are_a_sentence(names: tuple[str, str]) -> None:
    builder = Builder()
    x = builder.add(names[0], ReLU(), builder.input(3, 8, 8))
    x = builder.add(names[1], Conv2d(out_channels=2), x)
    with pytest.raises(NetworkError, match="A layer cannot be called"):
        NetworkModule(builder.network(x))


def test_a_long_circle_is_said_in_short() -> None:
    network = chained(*[ReLU() for _ in range(500)])
    edges = tuple(e for e in network.edges if e.target != "relu1")
    circle = replace(network, edges=(*edges, Edge("relu500", "relu1")))
    (problem,) = analyse(circle).problems
    assert len(problem.what) < 120
    assert "→ … →" in problem.what


def test_on_a_large_network_fewer_changes_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is analysed whole: 60 of 50,000 layers would take minutes."""
    builder = Builder()
    rows = ((f"relu{number}", ReLU()) for number in range(3 * fixing.LARGE))
    x = builder.chain(builder.input(3, 8, 8), *rows)
    network = builder.network(builder.add("fc", Linear(out_features=5, in_features=3), x))
    tried: list[Network] = []

    def counting(network: Network, previous: Analysis | None = None) -> Analysis:
        tried.append(network)
        return analyse(network, previous)

    monkeypatch.setattr(fixing, "analyse", counting)
    analysis = analyse(network)
    assert "Insert Flatten. Set the inputs to 192" in [
        fix.text for fix in fixing.fixes(analysis, analysis.problems[0])
    ]
    assert 0 < len(tried) <= fixing.MOST_TRIED // 3
