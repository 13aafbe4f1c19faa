"""A run's network computed by PyTorch, to hold the exported file against. Imports torch."""

from __future__ import annotations

import onnx
import torch

from core.images.preparation import Preparation
from core.images.reading import Pixels
from core.inference.classifier import Probabilities
from core.inference.model_file import INPUT
from core.network.layers.base.layer import Weights
from core.network.network import Network
from core.network.running.module import NetworkModule
from core.onnx.graph_writer import GraphWriter
from core.onnx.onnx_session import open_session


class TorchReference:
    """The preparation by ONNX Runtime, the layers, unfolded, and the softmax by PyTorch."""

    def __init__(self, network: Network, weights: Weights, preparation: Preparation) -> None:
        self._module = NetworkModule(network, weights).eval()
        graph = GraphWriter()
        prepared = preparation.write(graph, INPUT)
        side = preparation.crop
        self._preparation = open_session(
            graph.model(
                {INPUT: (onnx.TensorProto.UINT8, ["height", "width", 3])},
                {"prepared": prepared},
                {"prepared": [1, preparation.channels, side, side]},
            )
        )

    def predict(self, pixels: Pixels) -> Probabilities:
        """Return the probability of each class for an image (height, width, 3), uint8."""
        prepared = self._preparation.run(None, {INPUT: pixels})[0]
        with torch.inference_mode():
            scores = self._module(torch.from_numpy(prepared))
            answer: Probabilities = torch.softmax(scores, dim=1)[0].numpy()
        return answer
