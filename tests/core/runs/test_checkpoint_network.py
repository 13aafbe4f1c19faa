"""A training that is not finished answers with its best weights, as torch would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import Paused, StorageError
from core.images.reading import read_image
from core.jobs.job import Reporter
from core.jobs.messages import Metric, Wish
from core.network.network import read_network
from core.network.running.module import NetworkModule
from core.project.project import create_project
from core.runs.checkpoint import newest_record, read_best, read_checkpoint
from core.runs.checkpoint_network import newest_network
from core.runs.classifiers import best_classifier
from core.runs.curve import EpochPoint
from core.runs.unfinished import list_unfinished
from core.training.inside.inside_job import InsideJob
from core.training.train_job import TrainJob


def test_the_best_weights_so_far_answer(images: Path, tmp_path: Path) -> None:
    project = create_project(tmp_path / "project", images)
    seen: list[EpochPoint] = []

    def hear(message: object) -> None:
        if isinstance(message, Metric) and isinstance(message.point, EpochPoint):
            seen.append(message.point)

    reporter = Reporter(hear, lambda: Wish.PAUSE if len(seen) >= 3 else None)
    job = TrainJob(project.folder, "scratch", "lenet5", options={"epochs": 50, "patience": 0})
    with pytest.raises(Paused):
        job.run(reporter)
    (run,) = list_unfinished(project.runs_folder)
    classifier, epoch = best_classifier(run.folder)
    assert epoch == newest_record(run.folder).best.epoch
    assert classifier.labels == ["blue", "red"]
    pixels = read_image(next((images / "blue").iterdir()))
    answer = classifier.predict(pixels)
    expected = torch_answer(run.folder, epoch, pixels)
    np.testing.assert_allclose(answer, expected, atol=1e-4)
    check_inside(run.folder, next((images / "blue").iterdir()))


def check_inside(folder: Path, image: Path) -> None:
    """Look into the newest checkpoint, whose averaged weights are those that are watched."""
    record, tensors = read_checkpoint(folder)
    early = newest_network(folder)
    assert early.epochs == record.epochs_done >= 3
    np.testing.assert_array_equal(early.weights["c1.weight"], tensors["average/c1.weight"])
    view = InsideJob(folder, image, "c1", "blue").run(Reporter())
    assert view.epochs == record.epochs_done
    np.testing.assert_array_equal(view.filters, tensors["average/c1.weight"])
    assert view.convolution.difference < 1e-4
    assert view.class_name == "blue"


def torch_answer(folder: Path, epoch: int, pixels: np.ndarray) -> np.ndarray:
    """Return the probabilities that PyTorch computes with the best weights."""
    import msgspec
    import onnx

    from core.images.preparation import Preparation
    from core.onnx.graph_writer import GraphWriter
    from core.onnx.onnx_session import open_session

    preparation = msgspec.json.decode((folder / "preparation.json").read_bytes(), type=Preparation)
    graph, side = GraphWriter(), preparation.crop
    prepared = preparation.write(graph, "image")
    session = open_session(
        graph.model(
            {"image": (onnx.TensorProto.UINT8, ["height", "width", 3])},
            {"prepared": prepared},
            {"prepared": [1, preparation.channels, side, side]},
        )
    )
    module = NetworkModule(read_network(folder / "network.json"), read_best(folder, epoch)).eval()
    with torch.inference_mode():
        scores = module(torch.from_numpy(session.run(None, {"image": pixels})[0]))
        return torch.softmax(scores, 1)[0].numpy()


def test_before_the_first_epoch_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no weights to try yet"):
        best_classifier(tmp_path)
    with pytest.raises(StorageError, match="not saved any weights yet"):
        newest_network(tmp_path)
