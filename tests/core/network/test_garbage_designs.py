"""Whatever the design: problems, never an exception; and fixes that hold what they say."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect
from msgspec.structs import replace

from core.network.analysis import analyse
from core.network.explanation import explain
from core.network.layers import LAYER_KINDS
from core.network.network import Edge, Network, Node, decode_network, encode_network
from core.network.review.advice import advise
from core.network.review.fixes import fixes
from core.network.templates import TEMPLATES


def of_range(lowest: float | None, highest: float | None) -> tuple[float, float]:
    return -9 if lowest is None else lowest, 10**9 if highest is None else highest


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Yield values of a setting's type, at the corners of its range and small ones."""
    if isinstance(kind, inspect.Metadata):
        return values_of(kind.type)
    if isinstance(kind, inspect.IntType):
        low, high = of_range(kind.ge, kind.le if kind.lt is None else kind.lt - 1)
        return st.sampled_from([low, high]) | st.integers(int(low), min(int(high), int(low) + 7))
    if isinstance(kind, inspect.FloatType):
        low, high = of_range(kind.ge if kind.gt is None else 1e-9, kind.le)
        return st.sampled_from([float(low), float(high)]) | st.floats(low, high)
    if isinstance(kind, inspect.TupleType):
        return st.tuples(*map(values_of, kind.item_types))
    if isinstance(kind, inspect.VarTupleType):
        most = min(kind.max_length or 3, 4)
        items = st.lists(values_of(kind.item_type), min_size=kind.min_length or 0, max_size=most)
        return items.map(tuple)
    if isinstance(kind, inspect.UnionType):
        return st.one_of([values_of(part) for part in kind.types])
    if isinstance(kind, inspect.LiteralType):
        return st.sampled_from(kind.values)
    if isinstance(kind, inspect.StructType):
        return settings_values(kind.cls)
    simple = {inspect.BoolType: st.booleans(), inspect.NoneType: st.none()}
    return simple.get(type(kind), st.sampled_from(["", "a", "#0", "#7", "torch.nn.ReLU"]))


def settings_values(kind: type) -> st.SearchStrategy[Any]:
    fields = {field.name: values_of(field.type) for field in inspect.type_info(kind).fields}
    required = {f.name for f in inspect.type_info(kind).fields if f.required}
    must = {name: values for name, values in fields.items() if name in required}
    may = {name: values for name, values in fields.items() if name not in required}
    return st.fixed_dictionaries(must, optional=may).map(lambda found: kind(**found))


ids = st.sampled_from([f"n{number}" for number in range(7)])
layers = st.one_of([settings_values(kind) for kind in LAYER_KINDS.values()])
names = ids | st.sampled_from(["a.b", "a..b", "a", ".", "forward"])
nodes = st.builds(Node, id=ids, name=names, layer=layers, frozen=st.booleans())
ports = st.integers(0, 3)
edges = st.builds(Edge, source=ids, target=ids, target_port=ports, source_port=ports)
networks = st.builds(
    Network,
    nodes=st.lists(nodes, max_size=7).map(tuple),
    edges=st.lists(edges, max_size=10).map(tuple),
)
slow = settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(networks)
@slow
def test_any_design_can_be_analysed_and_explained(network: Network) -> None:
    analysis = analyse(network)
    assert set(analysis.results) == {node.id for node in network.nodes}
    for id_, result in analysis.results.items():
        explain(analysis, id_)
        assert result.flops >= 0
    for problem in (*analysis.problems, *advise(analysis)):
        assert problem.what
        assert problem.why
        assert problem.hint
    assert analysis.inference_bytes <= analysis.activation_bytes
    assert analysis.training_bytes(1) >= analysis.depth >= 0


@st.composite
def spoiled(draw: Any) -> Network:
    """Yield a classic network with some layers and wires replaced by others."""
    network = TEMPLATES[draw(st.sampled_from(["lenet5", "squeezenet1_1", "resnet18"]))].build(10)
    for _ in range(draw(st.integers(1, 4))):
        node = draw(st.sampled_from(network.nodes))
        network = network.with_node(replace(node, layer=draw(layers)))
    kept = draw(st.sets(st.integers(0, len(network.edges) - 1), max_size=3))
    edges = tuple(edge for number, edge in enumerate(network.edges) if number not in kept)
    ends = st.sampled_from([node.id for node in network.nodes])
    extra = draw(st.lists(st.builds(Edge, ends, ends, ports, ports), max_size=2))
    return replace(network, edges=(*edges, *extra))


@given(spoiled())
@settings(slow, max_examples=300)
def test_a_spoiled_classic_has_problems_with_fixes_that_help(network: Network) -> None:
    analysis = analyse(network)
    for id_ in analysis.results:
        explain(analysis, id_)
    advise(analysis)
    for problem in analysis.problems[:1]:
        assert problem.what
        for fix in fixes(analysis, problem):
            left = analyse(fix.network).problems
            assert (problem.node, problem.what) not in {(p.node, p.what) for p in left}


@given(networks, networks)
@slow
def test_what_was_known_before_changes_nothing(network: Network, other: Network) -> None:
    assert analyse(network, analyse(other)).results == analyse(network).results


@given(networks)
@settings(slow, max_examples=200)
def test_every_fix_solves_its_problem(network: Network) -> None:
    analysis = analyse(network)
    for problem in (*analysis.problems[:2], *advise(analysis)[:1]):
        for fix in fixes(analysis, problem):
            after = analyse(fix.network)
            found = advise(after) if problem.advice else after.problems
            assert (problem.node, problem.what) not in {(p.node, p.what) for p in found}


@given(networks)
@settings(slow, max_examples=200)
def test_a_design_without_doubles_comes_back_from_its_file(network: Network) -> None:
    if len(network.by_id) == len(network.nodes):
        assert decode_network(encode_network(network)) == network
