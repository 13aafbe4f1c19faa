"""Writing a run's exported folder, and the proof that the file gives the same answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from core.atomic import write_atomically
from core.errors import StorageError
from core.export.export_report import (
    REPORT_FILE,
    Accuracies,
    ExportReport,
    Latency,
    Parity,
    TorchCheck,
)
from core.export.folder import (
    FILES,
    MODEL,
    ExportError,
    export_folder,
    percent,
    write_contents,
    write_readme,
)
from core.images.reading import ImageError, Pixels, read_image
from core.inference.classifier import Classifier, Probabilities
from core.inference.model_file import MOST_FREQUENT, classifier_file
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.runs.runs import Prediction, Run, open_run

TORCH_IMAGES, TORCH_SECONDS = 300, 15.0
"""How many images at most are also run through PyTorch, and for how long: it is slower."""

TIMED_RUNS = 100


def export_run(run_folder: Path, out: Path, report: Reporter) -> ExportReport:
    """Write a run's ONNX file with all around it, run the proof, and keep its report.

    Args:
        run_folder: The run.
        out: The folder to write; an earlier export there is replaced.
        report: Told how far it is.

    Raises:
        LayerloomError: The run, its images or the disk do not allow it; `out` is as it was.
        Stopped: The user asked to stop; `out` is as it was.
    """
    run = open_run(run_folder)
    report.progress(Phase.WRITING_MODEL, 0, 1)
    model = _model_of(run)
    with export_folder(out) as folder:
        write_contents(folder, model, run.result.labels)
        result = _prove(folder / MODEL, run, report)
        result = msgspec.structs.replace(result, model=str(out / MODEL))
        write_readme(folder, run, _measured(result))
        write_atomically(run_folder / REPORT_FILE, msgspec.json.encode(result))
    return result


def _model_of(run: Run) -> bytes:
    network, weights = run.network()
    provenance = {
        "program": "Layerloom",
        "network": run.settings.network,
        "recipe": run.settings.recipe,
        "trained": run.settings.started,
        "images": Path(run.settings.images).name,
        "accuracy": f"{run.result.held_out.accuracy:.4f}",
        MOST_FREQUENT: run.result.most_frequent,
    }
    return classifier_file(network, weights, run.result.preparation, run.result.labels, provenance)


def _prove(model: Path, run: Run, report: Reporter) -> ExportReport:
    """Run all validation and test images through the written file and compare."""
    expected = run.predictions()
    began = time.perf_counter()
    many = Classifier.from_file(model, one_at_a_time=False)
    compared: list[Prediction] = []
    answers: list[Probabilities] = []
    files = many.predict_files(Path(prediction.path) for prediction in expected)
    for done, (prediction, answer) in enumerate(zip(expected, files, strict=True), 1):
        if answer.probabilities is not None:
            compared.append(prediction)
            answers.append(answer.probabilities)
        report.progress(Phase.CHECKING_FILE, done, len(expected))
    seconds = time.perf_counter() - began
    if not compared:
        raise ExportError(
            "None of the validation and test images of this run can be read any more, so the file "
            "cannot be checked",
            run.settings.images,
            "Restore the images, or train again.",
        )
    right = [labels_right(run, p, a) for p, a in zip(compared, answers, strict=True)]
    torch_check = _check_torch(run, compared, answers, report)
    return ExportReport(
        model=str(model),
        files=list(FILES),
        parity=_parity(np.array([p.probabilities for p in compared]), np.array(answers)),
        accuracy=Accuracies(torch_check.accuracy if torch_check else None, float(np.mean(right))),
        latency_ms=_time_file(model, compared, report),
        throughput_per_second=len(compared) / seconds,
        bytes=model.stat().st_size,
        torch_check=torch_check,
        missing=len(expected) - len(compared),
    )


def labels_right(run: Run, prediction: Prediction, answer: Probabilities) -> bool:
    """Return whether the most probable class of an answer is the image's."""
    return run.result.labels[int(answer.argmax())] == prediction.class_name


def _parity(expected: Probabilities, found: Probabilities) -> Parity:
    """Compare probabilities, both (images, classes)."""
    changed = int((expected.argmax(axis=1) != found.argmax(axis=1)).sum())
    return Parity(
        images=len(found),
        agreement=1 - changed / len(found),
        changed=changed,
        max_probability_difference=float(np.abs(expected - found).max()),
    )


def _time_file(model: Path, compared: Sequence[Prediction], report: Reporter) -> Latency:
    classifier = Classifier.from_file(model)
    images = _some_images(compared, 20)
    for image in images[:5]:
        classifier.predict(image)
    times = []
    for i in range(TIMED_RUNS):
        began = time.perf_counter()
        classifier.predict(images[i % len(images)])
        times.append(time.perf_counter() - began)
        report.progress(Phase.TIMING_FILE, i + 1, TIMED_RUNS)
    return _latency(times)


def _check_torch(
    run: Run, compared: Sequence[Prediction], answers: Sequence[Probabilities], report: Reporter
) -> TorchCheck | None:
    """Compute answers again with PyTorch, if it is installed, for a random part of the images."""
    report.progress(Phase.STARTING_TORCH, 0, 1)
    try:
        from core.export.torch_reference import TorchReference
    except ImportError:
        return None
    reference = TorchReference(*run.network(), run.result.preparation)
    reference.predict(read_image(Path(compared[0].path)))  # the first run also sets up
    order = np.random.default_rng(0).permutation(len(compared))[:TORCH_IMAGES]
    found: list[Probabilities] = []
    times: list[float] = []
    for done, i in enumerate(order, 1):
        pixels = read_image(Path(compared[i].path))
        began = time.perf_counter()
        found.append(reference.predict(pixels))
        times.append(time.perf_counter() - began)
        report.progress(Phase.COMPARING_WITH_TORCH, done, len(order))
        if sum(times) > TORCH_SECONDS:
            break
    sample = [compared[i] for i in order[: len(found)]]
    expected = [answers[i] for i in order[: len(found)]]
    right = [labels_right(run, p, a) for p, a in zip(sample, found, strict=True)]
    return TorchCheck(
        _parity(np.array(found), np.array(expected)),
        float(np.mean(right)),
        _latency(times),
        len(times) / sum(times),
    )


def _some_images(predictions: Sequence[Prediction], count: int) -> list[Pixels]:
    images = []
    for prediction in predictions[:count]:
        try:
            images.append(read_image(Path(prediction.path)))
        except ImageError as error:  # it was readable a moment ago
            raise StorageError(
                "An image changed while the file was checked", error.where
            ) from error
    return images


def _latency(times: Sequence[float]) -> Latency:
    p50, p95 = np.percentile(times, [50, 95]) * 1000
    return Latency(float(p50), float(p95))


def _measured(result: ExportReport) -> dict[str, str]:
    return {
        "parity_images": str(result.parity.images),
        "agreement": percent(result.parity.agreement),
        "difference": f"{result.parity.max_probability_difference:.1e}",
        "p50": f"{result.latency_ms.p50:.1f}",
        "p95": f"{result.latency_ms.p95:.1f}",
    }
