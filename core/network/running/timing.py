"""How long a network takes for one image on this computer, in all and layer by layer."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime

from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.network.analysis import Analysis, analyse
from core.network.bypassing import without_bypassed
from core.network.layers.base.layer import Tensor, Weights
from core.network.layers.ends import Input, Output
from core.network.network import Network, NetworkError
from core.network.results import BYTES_PER_NUMBER
from core.network.running.onnx_graph import COUNTER, write_network
from core.onnx.graph_writer import GraphWriter
from core.onnx.onnx_session import open_session
from core.parallel import core_count

LARGEST = 2**31 - 2**20
"""Bytes of weights up to which a network is timed: an ONNX file in memory holds 2 GB."""

WARM_UPS = 3
MOST_RUNS, SECONDS = 50, 1.0
PROFILED_RUNS = 5

RUNTIME_ERRORS = tuple(
    getattr(onnxruntime.capi.onnxruntime_pybind11_state, name)
    for name in ("Fail", "InvalidArgument", "InvalidGraph", "NotImplemented", "RuntimeException")
)
"""What ONNX Runtime raises for a network it cannot run; they have no base of their own."""


@dataclass(frozen=True, slots=True)
class NetworkTiming:
    """Measured times in milliseconds for one image, with ONNX Runtime on all cores.

    Attributes:
        median: Of the runs of the whole network, as it is used.
        low: The fastest of them.
        high: The slowest of them.
        runs: How many there were.
        cores: How many cores it used.
        layers: Of each layer by its name, measured one by one: ONNX Runtime joins layers where
            it can, so these add up to more than `median`.
    """

    median: float
    low: float
    high: float
    runs: int
    cores: int
    layers: dict[str, float]


def time_network(network: Network, report: Reporter) -> NetworkTiming:
    """Run a network with random weights and measure it.

    Args:
        network: Sound, with one input and one output.
        report: Told how far it is.

    Raises:
        NetworkError: The network has problems, is too large, or ONNX Runtime cannot run it.
        Stopped: The user asked to stop.
    """
    analysis = analyse(without_bypassed(network))
    analysis.require_sound()
    size = BYTES_PER_NUMBER * (analysis.parameters + analysis.buffers)
    if size > LARGEST:
        raise NetworkError(
            f"A network with {size / 1e9:.1f} GB of weights is too large to be timed",
            hint="Up to 2 GB can be.",
        )
    report.progress(Phase.MAKING_NETWORK, 0, 1)
    model, layers, image = _model(analysis)
    try:
        times = _whole(model, image, report)
        return NetworkTiming(
            statistics.median(times),
            min(times),
            max(times),
            len(times),
            core_count(),
            _by_layer(model, layers, image, report),
        )
    except RUNTIME_ERRORS as error:
        raise NetworkError(f"ONNX Runtime cannot run this network ({error})") from error


class _TracingWriter(GraphWriter):
    """Remembers which layer each ONNX node was written for."""

    def __init__(self) -> None:
        super().__init__()
        self.layers: dict[str, str] = {}
        self._layer = ""

    def begin(self, prefix: str) -> None:
        """Name what follows after a layer."""
        super().begin(prefix)
        self._layer = prefix

    def add_several(
        self, operator: str, inputs: Sequence[str], count: int, **attributes: Any
    ) -> list[str]:
        """Add a node and note its layer."""
        values = super().add_several(operator, inputs, count, **attributes)
        self.layers[values[0].removesuffix(":0")] = self._layer
        return values


def _model(analysis: Analysis) -> tuple[bytes, dict[str, str], npt.NDArray[np.float32]]:
    """Return the network as an ONNX file, the layer of each of its nodes, and an image."""
    network, graph = analysis.network, _TracingWriter()
    value = write_network(graph, network, _random_weights(analysis), "input")
    entering = analysis.results[network.only(Input).id].output or ()
    leaving = analysis.results[network.only(Output).id].output or ()
    model = graph.model(
        {"input": (onnx.TensorProto.FLOAT, [1, *entering])},
        {"output": value},
        {"output": [1, *leaving]},
    )
    image = np.random.default_rng(0).standard_normal((1, *entering), np.float32)
    return model, graph.layers, image


def _random_weights(analysis: Analysis) -> Weights:
    """Return weights whose activations stay in the usual range: zeros would run faster."""
    numbers = np.random.default_rng(0).standard_normal(2**16, np.float32)
    return {
        f"{result.node.name}.{tensor.name}": _random(tensor, numbers)
        for result in analysis.own
        for tensor in result.tensors
    }


def _random(tensor: Tensor, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.generic]:
    if tensor.name == COUNTER:
        return np.zeros(tensor.shape, np.int64)
    if len(tensor.shape) < 2:  # scales and variances are 1, shifts, means and biases 0
        fill = np.ones if tensor.name in {"weight", "running_var"} else np.zeros
        return fill(tensor.shape, np.float32)
    spread = np.float32(np.sqrt(2 / prod(tensor.shape[1:])))
    return np.resize(numbers * spread, tensor.shape)


def _whole(model: bytes, image: npt.NDArray[np.float32], report: Reporter) -> list[float]:
    """Return the milliseconds of runs of the whole network."""
    session = open_session(model, one_at_a_time=True)
    for _ in range(WARM_UPS):
        session.run(None, {"input": image})
        report.check()
    times: list[float] = []
    while len(times) < MOST_RUNS and sum(times) < 1000 * SECONDS:
        began = time.perf_counter()
        session.run(None, {"input": image})
        times.append(1000 * (time.perf_counter() - began))
        report.progress(Phase.TIMING_NETWORK, len(times), MOST_RUNS)
    return times


def _by_layer(
    model: bytes, layers: Mapping[str, str], image: npt.NDArray[np.float32], report: Reporter
) -> dict[str, float]:
    """Return the milliseconds of each layer, by ONNX Runtime's own profile."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = core_count(), 1
    options.log_severity_level = 3
    # Joined layers would have one time for several.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_profiling = True
    with tempfile.TemporaryDirectory(prefix="layerloom-") as folder:
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        for number in range(PROFILED_RUNS):
            report.progress(Phase.TIMING_LAYERS, number, PROFILED_RUNS)
            session.run(None, {"input": image})
        events = msgspec.json.decode(Path(session.end_profiling()).read_bytes())
    return _sums(events, layers)


def _sums(events: list[dict[str, Any]], layers: Mapping[str, str]) -> dict[str, float]:
    """Return milliseconds for one run by layer; of runs, the median, as others disturb some."""
    runs: dict[str, list[float]] = {}
    for event in events:
        node = str(event.get("name", "")).removesuffix("_kernel_time")
        if event.get("cat") == "Node" and node in layers and node != event["name"]:
            runs.setdefault(node, []).append(event["dur"] / 1000)
    sums = dict.fromkeys(layers.values(), 0.0)
    for node, times in runs.items():
        sums[layers[node]] += statistics.median(times)
    return sums
