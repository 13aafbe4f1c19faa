"""What is wrong with a network as a whole: its ends, circles, ids and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.network.layers.ends import Input, Output
from core.network.network import Network, NetworkError, Node
from core.network.problems import Problem
from core.network.results import LayerResult

REASONS = {
    "image input": "It sets the size of the image; all other sizes follow from it.",
    "classifier output": "It marks the scores of the classes.",
}
"""Why a network has one of each."""


def network_problems(network: Network, results: Mapping[str, LayerResult]) -> Iterator[Problem]:
    """Yield what is wrong with the network as a whole."""
    for kind, what in ((Input, "image input"), (Output, "classifier output")):
        count = sum(type(node.layer) is kind for node in network.nodes)
        if count != 1:
            number = "no" if not count else str(count)
            text = f"The network has {number} {what}{'s' if count > 1 else ''}"
            yield Problem("", text, REASONS[what], f"Keep exactly one {what}.")
    if len(network.sortable) < len(network.by_id):
        try:
            _ = network.order
        except NetworkError as error:
            why = "Each of them would need its own result before it could compute it."
            yield Problem(network.circle()[0], error.what, why, error.hint)
    if len(network.by_id) < len(network.nodes):
        why = "Wires refer to layers by their id: it is unclear which one is meant."
        yield Problem("", "Two layers have the same id", why, "Delete one of them.")
    if sum(map(len, network.incoming.values())) < len(network.edges):
        names = sorted(
            {id_ for edge in network.edges for id_ in (edge.source, edge.target)}
            - network.by_id.keys()
        )
        why = f"There is no layer with the id {names[0]}."
        what = "A wire leads from or to a layer that does not exist"
        yield Problem("", what, why, "Delete it.")
    yield from _name_problems(network, results)


def _name_problems(network: Network, results: Mapping[str, LayerResult]) -> Iterator[Problem]:
    """Yield names that cannot be: layers of one name are one module, so they must be alike."""
    first: dict[str, Node] = {}
    for node in network.nodes:
        other = first.setdefault(node.name, node)
        if other is node:
            if not all(node.name.split(".")):
                why = "Dots separate the nested modules of PyTorch: each part names one."
                yield Problem(node.id, f"“{node.name}” has an empty part", why, "Rename it.")
        elif other.layer != node.layer or not _alike(results.get(other.id), results.get(node.id)):
            yield Problem(
                node.id,
                f"Two layers are called {node.name} but differ",
                why="Layers of one name share their weights.",
                hint="Rename one of them, or give both the same settings.",
            )


def _alike(one: LayerResult | None, other: LayerResult | None) -> bool:
    return (
        not one
        or not other
        or not one.measures
        or not other.measures
        or (one.tensors == other.tensors)
    )
