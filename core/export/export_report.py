"""What an export found: its figures, kept with the run."""

from __future__ import annotations

from pathlib import Path

import msgspec

from core.decoding import decode

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


def kept_report(run_folder: Path) -> ExportReport | None:
    """Return the report of a run's last export, or None if there is none."""
    try:
        return decode((run_folder / REPORT_FILE).read_bytes(), ExportReport)
    except (OSError, msgspec.DecodeError):
        return None
