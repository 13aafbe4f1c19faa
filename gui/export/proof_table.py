"""The proof of an export as a table: how the file's answers compare with the program's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.look.numbers import count, decimal, file_size, milliseconds, percent
from gui.widgets.table import TableColumn

if TYPE_CHECKING:
    from core.export.export_report import ExportReport, Parity, TorchCheck

Row = tuple[str, ...]

NONE = "–"


def proof_columns(report: ExportReport) -> list[TableColumn]:
    """Return the columns: what is compared, PyTorch if it is installed, the file."""
    translate = QCoreApplication.translate
    titles = [translate("Proof", "PyTorch")] if report.torch_check else []
    titles.append(translate("Proof", "ONNX file"))
    return [TableColumn(""), *(TableColumn(title, figures=True, right=True) for title in titles)]


def proof_rows(report: ExportReport) -> list[Row]:
    """Return the rows of the table."""
    translate = QCoreApplication.translate
    check = report.torch_check
    rows: list[Row] = [
        (
            translate("Proof", "Accuracy"),
            _accuracy_of(check, report.parity.images) if check else NONE,
            percent(report.accuracy.onnx),
        ),
        *_differences(report.parity, check),
        *_times(report, check),
        (translate("Proof", "File size"), NONE, file_size(report.bytes)),
    ]
    return rows if check else [(row[0], row[2]) for row in rows]


def times(report: ExportReport) -> list[tuple[str, float, str]]:
    """Return what takes how long for one image: name, milliseconds, colour's token."""
    translate = QCoreApplication.translate
    bars = [(translate("Proof", "ONNX file"), report.latency_ms.p50, "accent")]
    if report.torch_check:
        bars.insert(0, (translate("Proof", "PyTorch"), report.torch_check.latency_ms.p50, "muted"))
    return bars


def _differences(parity: Parity, check: TorchCheck | None) -> list[Row]:
    translate = QCoreApplication.translate
    rows: list[Row] = [
        (translate("Proof", "Answers that differ from the program's"), NONE, _changed(parity)),
        (translate("Proof", "Largest difference in probability"), NONE, _difference(parity)),
    ]
    if check:
        rows += [
            (
                translate("Proof", "Answers that differ from PyTorch's"),
                NONE,
                _changed(check.parity),
            ),
            (
                translate("Proof", "Largest difference from PyTorch"),
                NONE,
                _difference(check.parity),
            ),
        ]
    return rows


def _times(report: ExportReport, check: TorchCheck | None) -> list[Row]:
    translate = QCoreApplication.translate
    return [
        (
            translate("Proof", "One image, typical (p50)"),
            milliseconds(check.latency_ms.p50) if check else NONE,
            milliseconds(report.latency_ms.p50),
        ),
        (
            translate("Proof", "One image, slow case (p95)"),
            milliseconds(check.latency_ms.p95) if check else NONE,
            milliseconds(report.latency_ms.p95),
        ),
        (
            translate("Proof", "Images per second"),
            _rate(check.throughput_per_second) if check else NONE,
            _rate(report.throughput_per_second),
        ),
    ]


def _changed(parity: Parity) -> str:
    translate = QCoreApplication.translate
    return translate("Proof", "{0} of {1}").format(count(parity.changed), count(parity.images))


def _difference(parity: Parity) -> str:
    return decimal(parity.max_probability_difference, 7)


def _rate(per_second: float) -> str:
    return f"{decimal(per_second, 0)} /s"


def _accuracy_of(check: TorchCheck, images: int) -> str:
    """Return PyTorch's accuracy, with of how many images where it had no time for all."""
    accuracy = percent(check.accuracy)
    if check.parity.images == images:
        return accuracy
    of = QCoreApplication.translate("Proof", "{0} (of {1})")
    return of.format(accuracy, count(check.parity.images))
