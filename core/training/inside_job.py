"""The job that looks into a run's network for one image and one layer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import LayerloomError
from core.jobs.job import Reporter
from core.training.inside_view import LayerView
from core.training.runs import Run, open_run

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from core.training.inside import Inside


class InsideError(LayerloomError):
    """A network that cannot be looked into."""


@dataclass(frozen=True, slots=True)
class InsideJob:
    """Send an image through a run's network and its loss back, and keep what passes a layer.

    Attributes:
        run_folder: A finished run.
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

        report.progress("Reading the network", 0, 1)
        run = open_run(self.run_folder)
        changed = (self.run_folder / "weights.safetensors").stat().st_mtime_ns
        network, inside, preparation = _opened(self.run_folder, changed)
        if self.layer not in network:
            raise InsideError(f"The network has no layer “{self.layer}”", self.run_folder)
        report.progress("Computing", 0, 1)
        prepared = preparation.run(None, {"image": read_image(self.image)})[0]
        labels = run.result.labels
        target = labels.index(self.class_name) if self.class_name in labels else None
        return inside.look(self.layer, prepared, target, labels)


@lru_cache(maxsize=1)
def _opened(folder: Path, changed: int) -> tuple[frozenset[str], Inside, InferenceSession]:
    """Open a run's network; kept, because one looks at many layers of the same.

    Args:
        folder: The run's.
        changed: When its weights were written: others are opened anew.
    """
    try:
        from core.network.module import NetworkModule
        from core.training.inside import Inside
    except ImportError as error:
        raise InsideError(
            "Looking inside needs PyTorch, which is not installed",
            hint="Install it (pip install torch), then start Layerloom again.",
        ) from error
    run = open_run(folder)
    network, weights = run.network()
    names = frozenset(node.name for node in network.nodes)
    return names, Inside(network, NetworkModule(network, weights)), _preparation(run)


def _preparation(run: Run) -> InferenceSession:
    import onnx

    from core.inference.session import open_session
    from core.network.onnx_graph import GraphWriter

    graph = GraphWriter()
    prepared = run.result.preparation.write(graph, "image")
    side, channels = run.result.preparation.crop, run.result.preparation.channels
    pixels: dict[str, tuple[int, list[int | str]]] = {
        "image": (onnx.TensorProto.UINT8, ["height", "width", 3])
    }
    return open_session(
        graph.model(pixels, {"prepared": prepared}, {"prepared": [1, channels, side, side]})
    )
