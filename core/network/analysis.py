"""What a network's layers make of its input: shapes, parameters, multiply-adds, problems."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.network.layers.layer import Shape, ShapeError, Tensor, Weights
from core.network.network import Edge, Network, NetworkError, Node


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a network from working.

    Attributes:
        node: Id of the layer concerned, or "" for the network as a whole.
        what: One sentence.
        fix: What can be done, or "".
    """

    node: str
    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What is known of one layer in its place.

    Attributes:
        node: The layer.
        inputs: Shapes that arrive; None where a source has no shape.
        output: Shape that leaves; None if there is a problem here or before.
        tensors: The layer's state.
        multiply_adds: For one image.
        problem: What is wrong here, if anything.
    """

    node: Node
    inputs: tuple[Shape | None, ...]
    output: Shape | None = None
    tensors: tuple[Tensor, ...] = ()
    multiply_adds: int = 0
    problem: Problem | None = None

    @property
    def parameters(self) -> int:
        """Trainable numbers."""
        return sum(tensor.size for tensor in self.tensors if tensor.trainable)


@dataclass(frozen=True)
class Analysis:
    """The results of all layers, in computing order.

    Attributes:
        network: What was analysed.
        results: By node id.
        problems: What is wrong, in computing order.
    """

    network: Network
    results: dict[str, LayerResult]
    problems: tuple[Problem, ...]

    @cached_property
    def parameters(self) -> int:
        """Parameters of all layers, trained or frozen."""
        return sum(result.parameters for result in self.results.values())

    @cached_property
    def trainable_parameters(self) -> int:
        """Parameters of the layers that are not frozen."""
        return sum(r.parameters for r in self.results.values() if not r.node.frozen)

    @cached_property
    def multiply_adds(self) -> int:
        """Multiply-adds of all layers for one image."""
        return sum(result.multiply_adds for result in self.results.values())

    def require_sound(self) -> None:
        """Raise `NetworkError` with the first problem, if there is one."""
        if self.problems:
            problem = self.problems[0]
            node = self.network.by_id.get(problem.node)
            raise NetworkError(problem.what, f"layer {node.name}" if node else "", problem.fix)


def analyse(network: Network, previous: Analysis | None = None) -> Analysis:
    """Compute every layer's result.

    Never raises on a bad design: what is wrong comes back as problems.

    Args:
        network: The design.
        previous: An earlier analysis; layers that are the same object and receive the same shapes
            keep their result from it.
    """
    try:
        order = network.order
    except NetworkError as error:
        return Analysis(network, {}, (Problem("", error.what, error.hint),))
    known = previous.results if previous else {}
    results: dict[str, LayerResult] = {}
    for node in order:
        edges = network.incoming[node.id]
        inputs = tuple(results[edge.source].output for edge in edges)
        old = known.get(node.id)
        same = old is not None and old.node is node and old.inputs == inputs
        results[node.id] = old if old and same else _result(node, edges, inputs)
    problems = tuple(result.problem for result in results.values() if result.problem)
    return Analysis(network, results, problems)


def check_weights(analysis: Analysis, weights: Weights) -> None:
    """Raise unless every tensor of every layer is there in its shape.

    Raises:
        NetworkError: Which tensor is missing or of another shape.
    """
    for result in analysis.results.values():
        for tensor in result.tensors:
            name = f"{result.node.name}.{tensor.name}"
            present: npt.NDArray[np.generic] | None = weights.get(name)
            if present is None:
                raise NetworkError(f"The weights have no tensor “{name}”")
            if present.shape != tensor.shape:
                raise NetworkError(
                    f"The tensor “{name}” has shape {list(present.shape)} "
                    f"where the layer needs {list(tensor.shape)}"
                )


def _result(node: Node, edges: tuple[Edge, ...], inputs: tuple[Shape | None, ...]) -> LayerResult:
    problem = _wiring_problem(node, edges)
    if problem:
        return LayerResult(node, inputs, problem=problem)
    shapes = [shape for shape in inputs if shape is not None]
    if len(shapes) < len(inputs):  # the problem lies before this layer
        return LayerResult(node, inputs)
    try:
        return LayerResult(
            node,
            inputs,
            node.layer.output_shape(*shapes),
            node.layer.tensors(*shapes),
            node.layer.multiply_adds(*shapes),
        )
    except ShapeError as error:
        return LayerResult(node, inputs, problem=Problem(node.id, error.what, error.hint))


def _wiring_problem(node: Node, edges: tuple[Edge, ...]) -> Problem | None:
    wanted, ports = node.layer.input_count, [edge.target_port for edge in edges]
    if len(set(ports)) < len(ports):
        return Problem(node.id, f"Two wires lead to one input of {node.name}", "Take one away.")
    if (wanted is None and len(ports) >= 2) or len(ports) == wanted:
        return None
    need = "two inputs or more" if wanted is None else f"{wanted} input{'' if wanted == 1 else 's'}"
    return Problem(node.id, f"{node.name} takes {need} but has {len(ports)}", "Connect it.")
