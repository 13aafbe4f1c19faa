"""A run's settings, curve and result as JSON, and its curve as a CSV table."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import msgspec

from core.atomic import write_atomically
from core.training.curve import CURVE_FILE, EpochPoint, Point, StrengthPoint, read_curve
from core.training.run_notes import read_measures, read_notes
from core.training.runs import Run

EPOCH_COLUMNS = (
    "epoch",
    "training_loss",
    "training_accuracy",
    "validation_loss",
    "validation_accuracy",
    "best",
    "learning_rate",
    "images_per_second",
    "seconds",
)

STRENGTH_COLUMNS = tuple(StrengthPoint.__struct_fields__)


def export_json(run: Run, path: Path) -> None:
    """Write all that is known of a run: settings, notes, measures, curve and result.

    Raises:
        StorageError: It cannot be written.
    """
    content: dict[str, Any] = {
        "settings": run.settings,
        "notes": read_notes(run.folder),
        "measures": read_measures(run.folder),
        "result": run.result,
        "curve": read_curve(run.folder / CURVE_FILE),
    }
    write_atomically(path, msgspec.json.format(msgspec.json.encode(content)))


def export_csv(run: Run, path: Path) -> None:
    """Write a run as a table: its settings and result, then a line for each epoch or strength.

    Raises:
        StorageError: It cannot be written.
    """
    write_atomically(path, run_table(run, read_curve(run.folder / CURVE_FILE)))


def run_table(run: Run, points: list[Point]) -> bytes:
    """Return a CSV table; the byte order mark makes spreadsheets read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["part", "name", "value"])
    writer.writerows(["settings", name, value] for name, value in _settings(run).items())
    writer.writerows(["result", name, value] for name, value in _result(run).items())
    for kind, columns in ((EpochPoint, EPOCH_COLUMNS), (StrengthPoint, STRENGTH_COLUMNS)):
        if rows := [point for point in points if isinstance(point, kind)]:
            writer.writerow([])
            writer.writerow(columns)
            writer.writerows([getattr(point, name) for name in columns] for point in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _settings(run: Run) -> dict[str, Any]:
    """Return a run's settings, those of the recipe too, each under its own name."""
    plain: dict[str, Any] = {}
    for name, value in msgspec.to_builtins(run.settings).items():
        if isinstance(value, dict):
            plain |= {f"{name}.{inner}": of_it for inner, of_it in value.items()}
        else:
            plain[name] = value
    notes = read_notes(run.folder)
    return plain | {"name": notes.name, "note": notes.note}


def _result(run: Run) -> dict[str, Any]:
    scores, measures = run.result.held_out, read_measures(run.folder)
    low, high = scores.interval
    values: dict[str, Any] = {
        "accuracy": scores.accuracy,
        "accuracy_low_95": low,
        "accuracy_high_95": high,
        "baseline": scores.baseline,
        "images_tested": scores.images,
        "images_trained": run.result.images.train,
        "seconds": run.result.seconds.total,
    }
    if measures:
        values |= msgspec.to_builtins(measures)
    return values
