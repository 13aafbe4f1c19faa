"""A network alone as an ONNX file, to hold its layers against other programs."""

from __future__ import annotations

import onnx

from core.network.analysis import analyse
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Input, Output
from core.network.network import Network
from core.network.running.onnx_graph import write_network
from core.onnx.graph_writer import GraphWriter


def network_as_onnx(network: Network, weights: Weights) -> bytes:
    """Return a network alone as an ONNX file: float32 "input" (batch, C, H, W) to "output".

    Raises:
        NetworkError: The network has problems, or a tensor is missing.
    """
    graph = GraphWriter()
    value = write_network(graph, network, weights, "input")
    shapes = analyse(network).results
    entering = shapes[network.only(Input).id].output or ()
    leaving = shapes[network.only(Output).id].output or ()
    return graph.model(
        {"input": (onnx.TensorProto.FLOAT, ["batch", *entering])},
        {"output": value},
        {"output": ["batch", *leaving]},
    )
