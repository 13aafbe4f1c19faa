"""What is wrong with a network's wires, whatever its layers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from core.network.layers.base.layer import Shape
from core.network.layers.ends import Input, Output
from core.network.network import Edge, Network, NetworkError, Node
from core.network.problems import Problem

if TYPE_CHECKING:
    from core.network.results import LayerResult


REASONS = {
    "image input": "It sets the size of the image; all other sizes follow from it.",
    "classifier output": "It marks the scores of the classes.",
}
"""Why a network has one of each."""


def wiring_problem(
    node: Node, edges: tuple[Edge, ...], arriving: Sequence[tuple[Shape, ...]]
) -> Problem | None:
    """Return what is wrong with the wires into one layer.

    Args:
        node: The layer.
        edges: Its wires, by port.
        arriving: The shapes at all outputs of each wire's source; none where it has a problem.
    """
    wanted, ports = node.layer.input_count, [edge.target_port for edge in edges]
    if len(set(ports)) < len(ports):
        what = f"Two wires lead to one input of {node.name}"
        why = "An input takes one map; with two it is unclear which."
        return Problem(node.id, what, why, "Remove one.")
    for edge, outputs in zip(edges, arriving, strict=True):
        if outputs and edge.source_port >= len(outputs):
            what = (
                f"{node.name} is connected to output {edge.source_port + 1} of a layer that has "
                f"{len(outputs)}"
            )
            why = f"Outputs are counted from 1; the last is {len(outputs)}."
            return Problem(node.id, what, why, "Connect it to another output.")
    if (wanted is None and len(ports) >= 2) or len(ports) == wanted:
        return None
    need = "two inputs or more" if wanted is None else f"{wanted} input{'' if wanted == 1 else 's'}"
    few = wanted is None or len(ports) < wanted
    hint = "Connect it to the layer before it." if few else "Remove wires."
    why = "It computes nothing until all of its inputs are connected."
    if wanted is not None and len(ports) > wanted:
        why = f"{node.layer.title} cannot use more; Add or Concatenate combine several wires."
    return Problem(node.id, f"{node.name} takes {need} but has {len(ports)}", why, hint)


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
