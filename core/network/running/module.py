"""The network as a `torch.nn.Module`. Imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn

from core.network.analysis import analyse
from core.network.bypassing import without_bypassed
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Input, Output
from core.network.network import Network, NetworkError

_Value = tuple[str, int]
"""What flows through a wire: a node's id, and which of its outputs."""


@dataclass(slots=True)
class _Step:
    """A layer's turn.

    Attributes:
        node: Its id.
        name: Of its module.
        sources: What it reads.
        read_last: What of it no later layer reads.
    """

    node: str
    name: str
    sources: list[_Value]
    read_last: list[_Value] = field(default_factory=list)


class NetworkModule(nn.Module):
    """Runs a network's layers in order; its `state_dict` has the network's tensor names.

    Args:
        network: Sound, with one input and one output.
        weights: Loaded if given; otherwise the weights are torch's fresh ones. May hold tensors of
            layers that are not in the part.
        given: For a part of the network: the values it begins with, each a node's id and which of
            its outputs. `forward` then takes these, and the layers before them are left out.
        auxiliary: Ids of auxiliary outputs whose scores come too while the module trains.

    Raises:
        NetworkError: The network has problems, or a name that PyTorch keeps for itself.
    """

    def __init__(
        self,
        network: Network,
        weights: Weights | None = None,
        given: Sequence[tuple[str, int]] = (),
        auxiliary: Sequence[str] = (),
    ) -> None:
        super().__init__()
        network = without_bypassed(network)
        analysis = analyse(network)
        analysis.require_sound()
        self._given = tuple(given) or ((network.only(Input).id, 0),)
        self._ends = (network.only(Output).id, *auxiliary)
        left_out = {id_ for id_, _ in self._given} | network.detached
        if given:
            left_out |= set(network.by_id) - _behind(network, self._given, self._ends)
        self._steps: list[_Step] = []
        self._training_alone = network.leading_to(auxiliary) - network.leading_to(self._ends[:1])
        placed: set[str] = set()
        for result in analysis.results.values():
            node = result.node
            if node.id in left_out:
                continue
            shapes = [shape for shape in result.inputs if shape is not None]
            if node.name not in placed:  # layers of one name are one module, used again
                self._place(node.name, node.layer.module(*shapes))
                placed.add(node.name)
            sources = [(edge.source, edge.source_port) for edge in network.incoming[node.id]]
            self._steps.append(_Step(node.id, node.name, sources))
        last = {source: step for step in self._steps for source in step.sources}
        for source, step in last.items():
            step.read_last.append(source)
        if weights is not None:
            own = self.state_dict() if given else weights
            self.load_state_dict({k: torch.from_numpy(np.array(weights[k])) for k in own})

    def forward(self, *given: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        """Compute the scores (batch, classes) of prepared images (batch, C, H, W).

        In training with auxiliary outputs theirs follow. A value is let go of once its last reader
        has it: without gradients, a few feature maps are in memory at a time.
        """
        values: dict[_Value, torch.Tensor] = dict(zip(self._given, given, strict=True))
        for step in self._steps:
            if not self.training and step.node in self._training_alone:
                continue
            result = self.get_submodule(step.name)(*(values[source] for source in step.sources))
            several = result if isinstance(result, tuple | list) else [result]
            values |= {(step.node, port): value for port, value in enumerate(several)}
            del result, several
            for source in step.read_last:
                del values[source]
        scores = tuple(values[end, 0] for end in self._ends if (end, 0) in values)
        return scores if len(scores) > 1 else scores[0]

    def _place(self, name: str, module: nn.Module) -> None:
        """Put a module where its dotted name says.

        Raises:
            NetworkError: PyTorch cannot have a module of this name here.
        """
        *path, last = name.split(".")
        parent: nn.Module = self
        try:
            for part in path:
                if part not in parent._modules:
                    parent.add_module(part, nn.Module())
                parent = parent.get_submodule(part)
                if type(parent) is not nn.Module:
                    raise KeyError(part)
            if last in parent._modules:
                raise KeyError(last)
            parent.add_module(last, module)
        except KeyError as error:
            raise NetworkError(
                f"A layer cannot be called “{name}” in PyTorch: the name has another meaning there",
                hint="Give it another name.",
            ) from error


def _behind(network: Network, given: Sequence[tuple[str, int]], ends: Sequence[str]) -> set[str]:
    """Return the ids of the nodes between the given values and the ends."""
    wanted, waiting = set(ends), list(ends)
    while waiting:
        for edge in network.incoming[waiting.pop()]:
            point = (edge.source, edge.source_port)
            if point not in given and edge.source not in wanted:
                wanted.add(edge.source)
                waiting.append(edge.source)
    return wanted
