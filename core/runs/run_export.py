"""A run's settings, curve and result as JSON and as CSV tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from core.atomic import write_atomically
from core.evaluation.metrics import ClassScore
from core.runs.curve import CurvePoint, EpochPoint, StrengthPoint, read_curve
from core.runs.run_files import CURVE
from core.runs.run_measures import read_measures
from core.runs.run_notes import read_notes
from core.runs.runs import LayerStart, Run

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

CLASS_COLUMNS = ("class", *ClassScore.__struct_fields__)

LAYER_COLUMNS = ("layer", *(name for name in LayerStart.__struct_fields__ if name != "name"))


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
        "curve": read_curve(run.folder / CURVE),
    }
    write_atomically(path, msgspec.json.format(msgspec.json.encode(content)))


def export_csv(run: Run, path: Path) -> None:
    """Write a run as tables: settings and result, curve, classes, and layers at the start.

    Raises:
        StorageError: It cannot be written.
    """
    write_atomically(path, run_table(run, read_curve(run.folder / CURVE)))


def run_table(run: Run, points: list[CurvePoint]) -> bytes:
    """Return CSV tables, one below the other, with an empty line before each but the first.

    The byte order mark makes spreadsheets read them as UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["part", "name", "value"])
    writer.writerows(["settings", name, value] for name, value in _settings(run).items())
    writer.writerows(["result", name, value] for name, value in _result(run).items())
    for columns, rows in _tables(run, points):
        if rows:
            writer.writerows([[], columns, *rows])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def curves_table(curves: Iterable[tuple[str, Sequence[CurvePoint]]]) -> bytes:
    """Return the epochs, or the strengths, of several trainings as CSV tables.

    Args:
        curves: Name and points of each training.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    named = [(name, point) for name, points in curves for point in points]
    for kind, columns in ((EpochPoint, EPOCH_COLUMNS), (StrengthPoint, STRENGTH_COLUMNS)):
        rows = [
            [name, *(getattr(point, column) for column in columns)]
            for name, point in named
            if isinstance(point, kind)
        ]
        if rows:
            writer.writerows([*([[]] if text.tell() else []), ["run", *columns], *rows])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _tables(
    run: Run, points: list[CurvePoint]
) -> Iterator[tuple[Sequence[str], list[Sequence[Any]]]]:
    """Yield the columns and rows of the curve, the classes, and the layers at the start."""
    for kind, columns in ((EpochPoint, EPOCH_COLUMNS), (StrengthPoint, STRENGTH_COLUMNS)):
        chosen = [point for point in points if isinstance(point, kind)]
        yield columns, [[getattr(point, name) for name in columns] for point in chosen]
    classes = run.result.held_out.per_class.items()
    yield CLASS_COLUMNS, [(name, *msgspec.structs.astuple(scores)) for name, scores in classes]
    yield LAYER_COLUMNS, [msgspec.structs.astuple(layer) for layer in run.settings.layers]


def _settings(run: Run) -> dict[str, Any]:
    """Return a run's settings, those of the recipe too, each under its own name."""
    plain: dict[str, Any] = {}
    for name, value in msgspec.to_builtins(run.settings).items():
        if isinstance(value, dict):
            plain |= {f"{name}.{inner}": of_it for inner, of_it in value.items()}
        elif name != "layers":
            plain[name] = value
    notes = read_notes(run.folder)
    return plain | {"name": notes.name, "note": notes.note}


def _result(run: Run) -> dict[str, Any]:
    scores, measures = run.result.held_out, read_measures(run.folder)
    watched = run.result.validation
    low, high = scores.interval
    values: dict[str, Any] = {
        "tested_on": run.result.tested_on.value,
        "accuracy": scores.accuracy,
        "accuracy_low_95": low,
        "accuracy_high_95": high,
        "baseline": scores.baseline,
        "images_tested": scores.images,
        "validation_accuracy": watched.accuracy if watched.images else None,
        "images_trained": run.result.images.train,
        "seconds": run.result.seconds.total,
        "images_per_second": run.result.images_per_second,
        "remarks": " ".join(run.result.notes),
    }
    if measures:
        values |= msgspec.to_builtins(measures)
    return values
