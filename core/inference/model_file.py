"""The ONNX file of a trained network: image in, probabilities out, all it needs to know inside."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import onnx

from core.images.preparation import Preparation
from core.network.analysis import analyse
from core.network.layers.base.layer import Weights
from core.network.layers.ends import Output
from core.network.network import Network
from core.network.running.batch_norm_folding import fold_batch_norms
from core.network.running.onnx_graph import write_network
from core.onnx.graph_writer import GraphWriter

INPUT, OUTPUT = "image", "probabilities"
FEATURES = "features"

# Keys of the file's metadata. Their names are part of the format: exported files live long.
FORMAT_KEY, FORMAT = "layerloom.format", "1"
LABELS_KEY = "layerloom.labels"
PREPARATION_KEY = "layerloom.preparation"
PROVENANCE_KEY = "layerloom.provenance"

MOST_FREQUENT = "most_frequent_class"
"""In the provenance: the class with the most training images, the trivial answer."""


def classifier_file(
    network: Network,
    weights: Weights,
    preparation: Preparation,
    labels: list[str],
    provenance: Mapping[str, str] | None = None,
) -> bytes:
    """Return the ONNX file of a classifier.

    Input "image": uint8 RGB (height, width, 3) of any size. Output "probabilities": float32
    (classes,), in the order of the labels. Labels (a JSON list), preparation and provenance (JSON
    objects) are in the metadata.

    Raises:
        NetworkError: The network has problems, or a tensor is missing.
    """
    graph = GraphWriter()
    scores = _prepared_network(graph, network, weights, preparation)
    graph.begin("softmax")
    answer = graph.add("Squeeze", [graph.add("Softmax", [scores], axis=1), graph.constant([0])])
    metadata = {
        FORMAT_KEY: FORMAT,
        LABELS_KEY: msgspec.json.encode(labels).decode(),
        PREPARATION_KEY: msgspec.json.encode(preparation).decode(),
        PROVENANCE_KEY: msgspec.json.encode(dict(provenance or {})).decode(),
    }
    return graph.model(_image_input(), {OUTPUT: answer}, {OUTPUT: [len(labels)]}, metadata)


def feature_extractor_file(network: Network, weights: Weights, preparation: Preparation) -> bytes:
    """Return the ONNX file of a frozen part: image as above to "features", float32 (1, n).

    Raises:
        NetworkError: The network has problems, or a tensor is missing.
    """
    graph = GraphWriter()
    features = _prepared_network(graph, network, weights, preparation)
    shape = analyse(network).results[network.only(Output).id].output or ()
    return graph.model(_image_input(), {FEATURES: features}, {FEATURES: [1, *shape]})


def _prepared_network(
    graph: GraphWriter, network: Network, weights: Weights, preparation: Preparation
) -> str:
    prepared = preparation.write(graph, INPUT)
    return write_network(graph, *fold_batch_norms(network, weights), prepared)


def _image_input() -> dict[str, tuple[int, list[int | str]]]:
    return {INPUT: (onnx.TensorProto.UINT8, ["height", "width", 3])}
