"""The network as a `torch.nn.Module`. Imports torch."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from core.network.analysis import analyse
from core.network.layers.ends import Input, Output
from core.network.layers.layer import Weights
from core.network.network import Network, NetworkError


class NetworkModule(nn.Module):
    """Runs a network's layers in order; its `state_dict` has the network's tensor names.

    Args:
        network: Sound, with one input and one output.
        weights: Loaded if given; otherwise the weights are torch's fresh ones.

    Raises:
        NetworkError: The network has problems, or a name that PyTorch keeps for itself.
    """

    def __init__(self, network: Network, weights: Weights | None = None) -> None:
        super().__init__()
        analysis = analyse(network)
        analysis.require_sound()
        self._begin, self._end = network.only(Input).id, network.only(Output).id
        self._steps: list[tuple[str, str, list[tuple[str, int]]]] = []
        placed: set[str] = set()
        for result in analysis.results.values():
            node = result.node
            if node.id == self._begin:
                continue
            shapes = [shape for shape in result.inputs if shape is not None]
            if node.name not in placed:  # layers of one name are one module, used again
                self._place(node.name, node.layer.module(*shapes))
                placed.add(node.name)
            sources = [(edge.source, edge.source_port) for edge in network.incoming[node.id]]
            self._steps.append((node.id, node.name, sources))
        if weights is not None:
            self.load_state_dict({k: torch.from_numpy(np.array(v)) for k, v in weights.items()})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the scores (batch, classes) of prepared images (batch, C, H, W)."""
        values = {(self._begin, 0): x}
        for node, name, sources in self._steps:
            result = self.get_submodule(name)(*(values[source] for source in sources))
            several = result if isinstance(result, tuple | list) else [result]
            values.update({(node, port): value for port, value in enumerate(several)})
        return values[self._end, 0]

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
                f"A layer cannot be called “{name}” in PyTorch: it names something else there",
                hint="Give it another name.",
            ) from error
