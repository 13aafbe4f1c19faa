"""What is measured of a finished run: its size, its loss, its speed."""

from __future__ import annotations

import time
from math import log
from pathlib import Path
from statistics import fmean, median

import msgspec
import numpy as np

from core.atomic import write_atomically
from core.decoding import decode
from core.network.analysis import analyse
from core.network.network import read_network
from core.runs.runs import Run

MEASURES = "measures.json"

LEAST_SHARE = 1e-12
"""Probability below which the loss does not grow further."""

TIMED, WARM_UP = 15, 3
"""Images that a run is timed with, and those before them that are not counted."""

TIMED_SIZE = (480, 640)
"""Height and width in pixels of the picture a run is timed with, preparation included."""


class RunMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured of a finished run.

    Attributes:
        parameters: Of all layers.
        multiply_adds: For one image.
        loss: Mean cross-entropy of its answers on the images its accuracy is about.
        milliseconds: From pixels to probabilities on one core, the median of several images; None
            where it was not measured yet.
    """

    parameters: int
    multiply_adds: int
    loss: float
    milliseconds: float | None = None


def read_measures(run_folder: Path) -> RunMeasures | None:
    """Return what is kept of a run's measures, or None."""
    try:
        return decode((run_folder / MEASURES).read_bytes(), RunMeasures)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def measure_run(run: Run, *, timed: bool) -> RunMeasures:
    """Return a run's measures, taken if they are not kept yet, and keep them.

    Args:
        run: A finished run.
        timed: Whether to measure the time too; on a machine that trains it would say nothing.

    Raises:
        LayerloomError: A file of the run is damaged or cannot be written.
    """
    kept = read_measures(run.folder)
    if kept and (kept.milliseconds is not None or not timed):
        return kept
    measures = _measured(run, timed=timed)
    write_atomically(run.folder / MEASURES, msgspec.json.encode(measures))
    return measures


def _measured(run: Run, *, timed: bool) -> RunMeasures:
    analysis = analyse(read_network(run.folder / "network.json"))
    return RunMeasures(
        parameters=analysis.parameters,
        multiply_adds=analysis.multiply_adds,
        loss=_loss(run),
        milliseconds=_milliseconds(run) if timed else None,
    )


def _loss(run: Run) -> float:
    """Return the mean of −ln of the probability that the true class was given."""
    split = "test" if run.result.test else "validation"
    number = {name: i for i, name in enumerate(run.result.labels)}
    given = [
        answer.probabilities[number[answer.class_name]]
        for answer in run.predictions()
        if answer.split == split and answer.class_name in number
    ]
    return fmean(-log(max(share, LEAST_SHARE)) for share in given) if given else 0.0


def _milliseconds(run: Run) -> float:
    from core.runs.classifiers import run_classifier  # imports ONNX Runtime

    classifier = run_classifier(run, one_at_a_time=False)  # one core
    pixels = np.random.default_rng(0).integers(0, 256, (*TIMED_SIZE, 3), np.uint8)
    times = []
    for _ in range(WARM_UP + TIMED):
        began = time.perf_counter()
        classifier.predict(pixels)
        times.append(1000 * (time.perf_counter() - began))
    return median(times[WARM_UP:])
