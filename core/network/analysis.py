"""What a network's layers make of its input: shapes, parameters, multiply-adds, problems."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from core.network.bypassing import without_bypassed
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Output
from core.network.network import Edge, Network, NetworkError
from core.network.network_problems import network_problems
from core.network.problems import Problem
from core.network.results import BYTES_PER_NUMBER, LayerResult, result_of

__all__ = ["Analysis", "LayerResult", "analyse", "check_weights"]


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
        """Parameters of all layers, trained or frozen; layers of one name share theirs."""
        return sum(result.parameters for result in self.own)

    @cached_property
    def trainable_parameters(self) -> int:
        """Parameters of the layers that are not frozen."""
        return sum(result.parameters for result in self.own if not result.node.frozen)

    @cached_property
    def buffers(self) -> int:
        """Numbers kept but not trained, such as running means."""
        return sum(t.size for result in self.own for t in result.tensors if not t.trainable)

    @cached_property
    def multiply_adds(self) -> int:
        """Multiply-adds for one image of the layers that lead to the output."""
        return sum(result.multiply_adds for result in self.in_use)

    @property
    def flops(self) -> int:
        """Floating-point operations for one image: a multiply-add is two."""
        return 2 * self.multiply_adds

    @cached_property
    def connections(self) -> int:
        """As the 1998 LeNet-5 paper counts them."""
        return sum(result.connections for result in self.results.values())

    @cached_property
    def depth(self) -> int:
        """Layers with a weight on the longest way to the output."""
        return max((result.depth for result in self.in_use), default=0)

    @cached_property
    def own(self) -> tuple[LayerResult, ...]:
        """One result for each name: layers of one name are one module used several times."""
        return tuple({r.node.name: r for r in reversed(self.results.values())}.values())[::-1]

    @cached_property
    def complete(self) -> bool:
        """Whether every layer has a size; if not, all sums are of those that have one."""
        return all(result.measures for result in self.results.values())

    @cached_property
    def in_use(self) -> tuple[LayerResult, ...]:
        """The layers that lead to an output: auxiliary heads take part in training alone.

        All layers where it cannot be told yet: there is no output, or a layer has no size.
        """
        ends = [node.id for node in self.network.nodes if isinstance(node.layer, Output)]
        if not ends or not self.complete:
            return tuple(self.results.values())
        wanted = self._flow.leading_to(ends)
        return tuple(result for id_, result in self.results.items() if id_ in wanted)

    @cached_property
    def activation_bytes(self) -> int:
        """Memory all layers' outputs take for one image, as training keeps them."""
        return sum(result.activation_bytes for result in self.results.values())

    @cached_property
    def inference_bytes(self) -> int:
        """Most activation memory alive at once for one image, each freed after its last use."""
        last = {e.source: result.node.id for result in self.in_use for e in self._into(result)}
        freed: dict[str, int] = {}
        for source, reader in last.items():
            freed[reader] = freed.get(reader, 0) + self.results[source].activation_bytes
        alive = peak = 0
        for result in self.in_use:
            alive += result.activation_bytes
            peak = max(peak, alive)
            alive -= freed.get(result.node.id, 0)
        return peak

    def training_bytes(self, batch: int) -> int:
        """Memory of a training step: kept activations, weights, gradients, two moments of Adam."""
        state = self.parameters + 3 * self.trainable_parameters + self.buffers
        return batch * self.activation_bytes + state * BYTES_PER_NUMBER

    def require_sound(self) -> None:
        """Raise `NetworkError` with the first problem, if there is one."""
        if self.problems:
            problem = self.problems[0]
            node = self.network.by_id.get(problem.node)
            raise NetworkError(problem.what, f"layer {node.name}" if node else "", problem.hint)

    def _into(self, result: LayerResult) -> tuple[Edge, ...]:
        return self._flow.incoming.get(result.node.id, ())

    @cached_property
    def _flow(self) -> Network:
        """The network without its bypassed layers."""
        return without_bypassed(self.network)


def analyse(network: Network, previous: Analysis | None = None) -> Analysis:
    """Compute every layer's result.

    Never raises on a bad design: what is wrong comes back as problems.

    Args:
        network: The design.
        previous: An earlier analysis; layers that compute the same and receive the same as then
            keep their result from it.
    """
    known = _reusable(previous) if previous else {}
    wires = previous.network.incoming if previous else {}
    results: dict[str, LayerResult] = {}
    changed: set[str] = set()
    by_id, incoming = network.by_id, network.incoming
    for id_ in network.sortable:
        node, old, edges = by_id[id_], known.get(id_), incoming[id_]
        moved = changed and any(edge.source in changed for edge in edges)
        if old is not None and not moved and wires[id_] == edges:
            again = old.again_for(node)
            if again is not None:
                results[id_] = again
                continue
        results[id_] = new = result_of(node, edges, results)
        if old is None or not old.passes_on_the_same(new):
            changed.add(id_)
    for node in network.nodes:  # a circle, and what lies behind it
        if node.id not in results:
            results[node.id] = LayerResult(node, (None,) * len(incoming[node.id]))
    for id_ in network.detached:
        results[id_] = LayerResult(by_id[id_], ())
    own = (result.problem for result in results.values() if result.problem)
    return Analysis(network, results, (*network_problems(network, results), *own))


def _reusable(analysis: Analysis) -> dict[str, LayerResult]:
    """Return the results that were worked out.

    Left out are those of a circle, of what lies behind it, and of layers without wires.
    """
    computed, left = analysis.network.sortable, analysis.network.detached
    if len(computed) == len(analysis.results) and not left:
        return analysis.results
    return {id_: analysis.results[id_] for id_ in computed if id_ not in left}


def check_weights(analysis: Analysis, weights: Weights) -> None:
    """Raise unless every tensor of every layer is there in its shape.

    Raises:
        NetworkError: Which tensor is missing or of another shape.
    """
    for result in analysis.own:
        for tensor in result.tensors:
            name = f"{result.node.name}.{tensor.name}"
            present = weights.get(name)
            if present is None:
                raise NetworkError(f"The weights have no tensor “{name}”")
            if present.shape != tensor.shape:
                raise NetworkError(
                    f"The tensor “{name}” has shape {list(present.shape)} "
                    f"where the layer needs {list(tensor.shape)}"
                )
