"""The end of a training: what the best weights answer, as the exported file will."""

from __future__ import annotations

import numpy as np
import onnx

from core.evaluation.metrics import Probabilities
from core.images.folders import Split
from core.images.preparation import Preparation
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.network.layers.base.layer import Weights
from core.network.network import Network
from core.network.running.batch_norm_folding import fold_batch_norms
from core.network.running.onnx_graph import write_network
from core.onnx.graph_writer import GraphWriter
from core.onnx.onnx_session import open_session
from core.parallel import map_in_order
from core.runs.image_set import ImageSet
from core.runs.runs import RunResult, Seconds
from core.training.features.frozen_prefix import PIXELS
from core.training.features.pixel_cache import PixelCache


def answers(
    network: Network,
    weights: Weights,
    preparation: Preparation,
    data: ImageSet,
    cache: PixelCache,
    report: Reporter,
) -> Probabilities:
    """Return the probabilities (images, classes) of the images set aside; 0 for the others.

    Raises:
        Stopped: The user asked to stop.
    """
    graph = GraphWriter()
    prepared = preparation.write_normalising(graph, PIXELS)
    scores = write_network(graph, *fold_batch_norms(network, weights), prepared)
    side = preparation.crop
    model = graph.model(
        {PIXELS: (onnx.TensorProto.UINT8, ["batch", 3, side, side])},
        {"probabilities": graph.add("Softmax", [scores], axis=1)},
        {"probabilities": ["batch", len(data.names)]},
    )
    session = open_session(model)

    def answer(place: int) -> Probabilities:
        pixels = np.ascontiguousarray(cache.centre(data.images[place].content_hash))
        result: Probabilities = session.run(None, {PIXELS: pixels[None]})[0][0]
        return result

    chosen = [int(place) for place in data.kept_aside()]
    probabilities = np.zeros((len(data.images), len(data.names)), np.float32)
    for done, (place, row) in enumerate(zip(chosen, map_in_order(answer, chosen), strict=True), 1):
        probabilities[place] = row
        report.progress(Phase.TESTING_BEST_EPOCH, done, len(chosen))
    return probabilities


def result_of(
    data: ImageSet,
    preparation: Preparation,
    probabilities: Probabilities,
    seconds: Seconds,
    images_per_second: float,
    notes: list[str],
    network: str,
) -> RunResult:
    """Return the result of a run."""
    return RunResult(
        labels=data.names,
        most_frequent=data.names[data.most_frequent()],
        preparation=preparation,
        validation=data.scores(Split.VALIDATION, probabilities),
        test=data.scores(Split.TEST, probabilities) if data.any_in(Split.TEST) else None,
        images=data.counts(),
        seconds=seconds,
        images_per_second=images_per_second,
        notes=[*data.notes(network), *notes],
    )
