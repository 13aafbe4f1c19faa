"""The trained part of a network with all that training keeps of it. Imports torch."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import torch
from torch import nn

from core.images.preparation import LUMA, Preparation
from core.network.analysis import analyse
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Output
from core.network.network import Network
from core.network.running.module import NetworkModule
from core.training.features.auxiliary import learnt_through, teaching_heads


class Learner(nn.Module):
    """The trained part, from a batch's inputs to scores; frozen layers compute as in use.

    Args:
        network: The whole network, with its frozen flags.
        weights: All its tensors.
        given: What the part begins with; none: pixels.
        preparation: For pixels.
        channels_last: Memory format of feature maps.
        stored: Names of layers that, though they learn, normalise by their stored statistics.

    Attributes:
        names: Of the part's layers, in computing order.
        all_names: Of all layers of the network with parameters.
        trunk: Names of the layers that lead to the scores, auxiliary heads left out.
        loss_weights: Of each of the scores in the loss: 1 and those of the auxiliary heads.
    """

    mean: torch.Tensor
    scale: torch.Tensor
    luma: torch.Tensor

    def __init__(
        self,
        network: Network,
        weights: Weights,
        given: Sequence[tuple[str, int]],
        preparation: Preparation,
        *,
        channels_last: bool = False,
        stored: Collection[str] = (),
    ) -> None:
        super().__init__()
        heads = teaching_heads(network)
        self.part = NetworkModule(network, weights, given, tuple(heads))
        self.loss_weights = (1.0, *heads.values())
        self.from_pixels = not given
        self.channels_last = channels_last
        for name, values in (
            ("mean", preparation.mean),
            ("scale", preparation.scale),
            ("luma", LUMA),
        ):
            numbers = torch.tensor(values, dtype=torch.float32).reshape(1, -1, 1, 1)
            self.register_buffer(name, numbers, persistent=False)
        free = {node.name for node in network.nodes if not node.frozen}
        free &= {network.by_id[id_].name for id_ in learnt_through(network)}
        trunk = network.leading_to([network.only(Output).id])
        self.trunk = {network.by_id[id_].name for id_ in trunk}
        self.names = self._names(network)
        self.all_names = [r.node.name for r in analyse(network).own if r.parameters]
        self._still = [self.part.get_submodule(n) for n in self.names if n not in free]
        for module in self._still:
            module.requires_grad_(False)
        known = [self.part.get_submodule(n) for n in self.names if n in stored]
        self._settled = [m for m in known if isinstance(m, nn.modules.batchnorm._BatchNorm)]
        if channels_last:
            self.part.to(memory_format=torch.channels_last)

    def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return the scores (images, classes), in training also those of auxiliary heads."""
        if self.from_pixels:
            inputs = (self._normalised(inputs[0]),)
        if self.channels_last:
            inputs = tuple(
                x.contiguous(memory_format=torch.channels_last) if x.ndim == 4 else x
                for x in inputs
            )
        scores = self.part(*inputs)
        several = scores if isinstance(scores, tuple) else (scores,)
        return tuple(one.float() for one in several)

    def train(self, mode: bool = True) -> Learner:
        """Switch to training; frozen layers stay as in use, and so do stored statistics."""
        super().train(mode)
        for module in (*self._still, *self._settled):
            module.eval()
        return self

    def trainable(self) -> dict[str, list[nn.Parameter]]:
        """Return the parameters that learn, by layer, in computing order."""
        layers = {
            name: [p for p in self.part.get_submodule(name).parameters() if p.requires_grad]
            for name in self.names
        }
        return {name: parameters for name, parameters in layers.items() if parameters}

    def _names(self, network: Network) -> list[str]:
        """Return the names of the part's layers, each once, in computing order."""
        held = dict(self.part.named_modules())
        return [name for name in dict.fromkeys(n.name for n in network.order) if name in held]

    def _normalised(self, pixels: torch.Tensor) -> torch.Tensor:
        x = pixels.float()
        if self.mean.shape[1] == 1:
            x = (x * self.luma).sum(1, keepdim=True)
        return (x - self.mean) / self.scale
