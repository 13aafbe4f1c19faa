"""The files of a run's folder, each named here alone, and what it says that some are there."""

from __future__ import annotations

import os
from pathlib import Path

SETTINGS = "settings.json"
NETWORK = "network.json"
CURVE = "metrics.jsonl"

START_WEIGHTS = "start.safetensors"
PREPARATION = "preparation.json"
CHECKPOINTS = "checkpoints"
"""A folder; like the two files before it, there until the run is finished."""

WEIGHTS = "weights.safetensors"
PREDICTIONS = "predictions.json"
RESULT = "result.json"
"""Written last: a folder without it holds no finished run."""

IMAGES = "images.json"
"""Of a plan written last: a folder without it and without a result is passed over."""

NOTES = "notes.json"
MEASURES = "measures.json"
LOCK = "training.lock"


def is_finished(folder: Path) -> bool:
    """Return whether a folder holds a finished run."""
    return os.path.exists(folder / RESULT)  # noqa: PTH110 - takes a name of any length


def is_planned(folder: Path) -> bool:
    """Return whether a folder holds the images of a run: one without a result can be resumed."""
    return (folder / IMAGES).exists()
