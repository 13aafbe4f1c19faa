"""The job that exports a run and proves that the written file gives the same answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from core.atomic import write_atomically
from core.errors import StorageError
from core.export.folder import (
    FILES,
    MODEL,
    ExportError,
    export_folder,
    percent,
    write_contents,
    write_readme,
)
from core.export.model_file import classifier_file
from core.images.reading import ImageError, Pixels, read_image
from core.inference.classifier import Classifier, Probabilities
from core.jobs.job import Reporter
from core.training.runs import Prediction, Run, open_run

TORCH_IMAGES = 300
"""Images that are also run through PyTorch, which takes some 20 times as long as the file."""

TIMED_RUNS = 100
REPORT_FILE = "export.json"


class Parity(msgspec.Struct, frozen=True):
    """How far two ways of computing the same answers agree.

    Attributes:
        images: How many were compared.
        agreement: Share of images with the same most probable class, 0…1.
        changed: Images with another most probable class.
        max_probability_difference: Largest difference in any class's probability.
    """

    images: int
    agreement: float
    changed: int
    max_probability_difference: float


class Latency(msgspec.Struct, frozen=True):
    """How long one image takes, decoding not counted, in milliseconds."""

    p50: float
    p95: float


class Accuracies(msgspec.Struct, frozen=True):
    """Share of right answers on the compared images, 0…1; `torch` is None without PyTorch."""

    torch: float | None
    onnx: float


class TorchCheck(msgspec.Struct, frozen=True):
    """The same network computed by PyTorch, held against the file.

    Attributes:
        parity: The file's answers against PyTorch's.
        accuracy: Of PyTorch's answers, 0…1.
        latency_ms: Of PyTorch, for one image.
        throughput_per_second: Images a second, one after the other.
    """

    parity: Parity
    accuracy: float
    latency_ms: Latency
    throughput_per_second: float


class ExportReport(msgspec.Struct, frozen=True):
    """What was written and what the proof found.

    Attributes:
        model: The ONNX file.
        files: Names of all files in the folder.
        parity: The file's answers against those given when the run was trained, on all validation
            and test images.
        accuracy: Of the file, and of PyTorch where it is installed.
        latency_ms: Of the file, for one image.
        throughput_per_second: Images a second from file to answer, decoding included.
        bytes: Size of the ONNX file.
        torch_check: PyTorch's answers and times, where it is installed.
        missing: Images of the run that are no longer there, and so could not be compared.
    """

    model: str
    files: list[str]
    parity: Parity
    accuracy: Accuracies
    latency_ms: Latency
    throughput_per_second: float
    bytes: int
    torch_check: TorchCheck | None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class ExportJob:
    """Write a run's ONNX file with all around it, and run the proof.

    Attributes:
        run_folder: The run.
        out: The folder to write; an earlier export there is replaced.
        precision: "fp32".
    """

    run_folder: Path
    out: Path
    precision: str = "fp32"

    @property
    def title(self) -> str:
        """Say what the job does."""
        return "Export"

    def run(self, report: Reporter) -> ExportReport:
        """Export; nothing is left at `out` if anything fails or the user stops."""
        if self.precision != "fp32":
            raise ExportError(
                f"The precision “{self.precision}” is not available", hint="There is: fp32."
            )
        run = open_run(self.run_folder)
        report.progress("Writing the model", 0, 1)
        model = _model_of(run)
        with export_folder(self.out) as folder:
            write_contents(folder, model, run.result.labels)
            result = _prove(folder / MODEL, run, report)
            result = msgspec.structs.replace(result, model=str(self.out / MODEL))
            write_readme(folder, run, _measured(result))
        write_atomically(self.run_folder / REPORT_FILE, msgspec.json.encode(result))
        return result


def kept_report(run_folder: Path) -> ExportReport | None:
    """Return the report of a run's last export, or None if there is none."""
    try:
        return msgspec.json.decode((run_folder / REPORT_FILE).read_bytes(), type=ExportReport)
    except (OSError, msgspec.DecodeError):
        return None


def _model_of(run: Run) -> bytes:
    network, weights = run.network()
    provenance = {
        "program": "Layerloom",
        "network": run.settings.network,
        "recipe": run.settings.recipe,
        "trained": run.settings.started,
        "images": Path(run.settings.images).name,
        "accuracy": f"{run.result.held_out.accuracy:.4f}",
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
        report.progress("Checking the written file", done, len(expected))
    seconds = time.perf_counter() - began
    if not compared:
        raise ExportError(
            "None of the validation and test images of this run can be read any more, so the file "
            "cannot be checked",
            run.settings.images,
            "Bring the images back, or train again.",
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
        report.progress("Timing the written file", i + 1, TIMED_RUNS)
    return _latency(times)


def _check_torch(
    run: Run, compared: Sequence[Prediction], answers: Sequence[Probabilities], report: Reporter
) -> TorchCheck | None:
    """Compute the answers again with PyTorch, if it is installed, on up to 300 of the images."""
    report.progress("Starting PyTorch", 0, 1)
    try:
        from core.export.torch_reference import TorchReference
    except ImportError:
        return None
    reference = TorchReference(*run.network(), run.result.preparation)
    step = -(-len(compared) // TORCH_IMAGES)
    sample, expected, times = compared[::step], answers[::step], []
    found: list[Probabilities] = []
    for done, prediction in enumerate(sample, 1):
        pixels = read_image(Path(prediction.path))
        began = time.perf_counter()
        found.append(reference.predict(pixels))
        times.append(time.perf_counter() - began)
        report.progress("Comparing with PyTorch", done, len(sample))
    right = [labels_right(run, p, a) for p, a in zip(sample, found, strict=True)]
    return TorchCheck(
        _parity(np.array(found), np.array(expected)),
        float(np.mean(right)),
        _latency(times[3:] or times),
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
