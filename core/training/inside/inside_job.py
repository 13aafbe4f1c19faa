"""The job that looks into a run's network for one image and one layer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import LayerloomError
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.runs.checkpoint import newest_record
from core.runs.checkpoint_network import newest_network
from core.runs.runs import open_run
from core.training.inside.inside_view import LayerView

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from core.images.preparation import Preparation
    from core.training.inside.inside import Inside


class InsideError(LayerloomError):
    """A network that cannot be looked into."""


@dataclass(frozen=True, slots=True)
class InsideJob:
    """Send an image through a run's network and its loss back, and keep what passes a layer.

    Attributes:
        run_folder: Of a run; of one that is not finished, its newest checkpoint is looked into.
        image: The image's file.
        layer: Name of the layer.
        class_name: What the image shows; "": the loss is about what the network answers.
    """

    run_folder: Path
    image: Path
    layer: str
    class_name: str = ""

    @property
    def title(self) -> str:
        """Say what the job does."""
        return "Look inside"

    def run(self, report: Reporter) -> LayerView:
        """Look into the network.

        Raises:
            LayerloomError: The run, the image or the layer is not there, or torch is not.
        """
        from core.images.reading import read_image

        report.progress(Phase.READING_NETWORK, 0, 1)
        opened = _opened(self.run_folder, _written(self.run_folder))
        if self.layer not in opened.layers:
            raise InsideError(f"The network has no layer “{self.layer}”", self.run_folder)
        report.progress(Phase.COMPUTING, 0, 1)
        prepared = opened.prepare.run(None, {"image": read_image(self.image)})[0]
        labels = opened.labels
        target = labels.index(self.class_name) if self.class_name in labels else None
        view = opened.inside.look(self.layer, prepared, target, labels)
        return replace(view, epochs=opened.epochs, image=opened.preparation.shown(prepared[0]))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A network that is looked into.

    Attributes:
        layers: Names.
        inside: Computes.
        preparation: How images are prepared.
        prepare: Does it.
        labels: The classes.
        epochs: Of an unfinished run: how many epochs its weights have learnt; None: it is finished.
    """

    layers: frozenset[str]
    inside: Inside
    preparation: Preparation
    prepare: InferenceSession
    labels: list[str]
    epochs: float | None


def _written(folder: Path) -> str:
    """Return which weights are the newest of a run."""
    if (folder / "result.json").exists():
        return "finished"
    record = newest_record(folder)
    return f"step {record.step}" if record else ""


@lru_cache(maxsize=1)
def _opened(folder: Path, written: str) -> _Opened:
    """Open a run's network; kept, because one looks at many layers of the same.

    Args:
        folder: The run's.
        written: Which weights they are: newer ones are opened anew.
    """
    try:
        import torch

        from core.network.running.module import NetworkModule
        from core.training.inside.inside import Inside
    except ImportError as error:
        raise InsideError(
            "Looking inside needs PyTorch, which is not installed",
            hint="Install it (pip install torch), then start Layerloom again.",
        ) from error
    torch.set_num_threads(1)  # one image needs no more, and a training beside it does
    epochs: float | None = None
    if written == "finished":
        run = open_run(folder)
        network, weights = run.network()
        preparation, labels = run.result.preparation, run.result.labels
    else:
        early = newest_network(folder)
        network, weights, epochs = early.network, early.weights, early.epochs
        preparation, labels = early.preparation, early.labels
    return _Opened(
        frozenset(node.name for node in network.nodes),
        Inside(network, NetworkModule(network, weights)),
        preparation,
        _session(preparation),
        labels,
        epochs,
    )


def _session(preparation: Preparation) -> InferenceSession:
    import onnx

    from core.onnx.graph_writer import GraphWriter
    from core.onnx.onnx_session import open_session

    graph = GraphWriter()
    prepared = preparation.write(graph, "image")
    side, channels = preparation.crop, preparation.channels
    pixels: dict[str, tuple[int, list[int | str]]] = {
        "image": (onnx.TensorProto.UINT8, ["height", "width", 3])
    }
    return open_session(
        graph.model(pixels, {"prepared": prepared}, {"prepared": [1, channels, side, side]})
    )
