"""Classifiers of runs, finished or not: ONNX Runtime alone, never torch."""

from __future__ import annotations

from pathlib import Path

from core.inference.classifier import Classifier
from core.inference.model_file import MOST_FREQUENT, classifier_file
from core.runs.checkpoint_network import best_network
from core.runs.runs import Run


def run_classifier(run: Run, *, one_at_a_time: bool = True) -> Classifier:
    """Return a classifier of what a run trained.

    Args:
        run: A finished run.
        one_at_a_time: For a short answer to single images; otherwise for many at once.

    Raises:
        StorageError: A file of the run is missing or damaged.
    """
    network, weights = run.network()
    result = run.result
    provenance = {MOST_FREQUENT: result.most_frequent}
    model = classifier_file(network, weights, result.preparation, result.labels, provenance)
    return Classifier(model, run.folder, one_at_a_time=one_at_a_time)


def best_classifier(run_folder: Path) -> tuple[Classifier, int]:
    """Return a classifier of an unfinished run's best weights, and the epoch they are of.

    It runs on one core, so that a training beside it is hardly disturbed.

    Raises:
        StorageError: No epoch is done yet, or a file is missing or damaged.
    """
    best = best_network(run_folder)
    model = classifier_file(best.network, best.weights, best.preparation, best.labels)
    return Classifier(model, run_folder, one_at_a_time=False), int(best.epochs)
