"""What is wrong with the wires into a layer, whatever its kind is."""

from __future__ import annotations

from collections.abc import Sequence

from core.network.layers.base.layer import Shape
from core.network.network import Edge, Node
from core.network.problems import Problem


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
