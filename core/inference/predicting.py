"""Naming many images: the list, the table, the sorted copies."""

from __future__ import annotations

import csv as csv_module
import io
import shutil
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from core.atomic import atomic_path, write_atomically
from core.errors import LayerloomError
from core.images.folders import images_below
from core.inference.classifier import Answer, Classifier
from core.jobs.job import Reporter
from core.jobs.phases import Phase


class PredictionError(LayerloomError):
    """Images that cannot be named."""


def predict_images(
    model: Path,
    images: Sequence[Path],
    *,
    top: int,
    csv: Path | None,
    into: Path | None,
    report: Reporter,
) -> dict[str, Any]:
    """Classify images with an exported file.

    Args:
        model: The ONNX file.
        images: Image files, or folders of them.
        top: How many classes to name for each image.
        csv: A table to write.
        into: A folder to copy the images into, sorted by label.
        report: Told how far it is.

    Returns:
        The JSON form of `predict`.

    Raises:
        LayerloomError: The model or the images cannot be used, or a file cannot be written.
    """
    if into:
        _refuse_among_sources(into, images)
    classifier = Classifier.from_file(model, one_at_a_time=False)
    paths = list(_expand(images))
    began = time.perf_counter()
    predictions, unreadable = [], []
    for done, answer in enumerate(classifier.predict_files(paths), 1):
        if answer.probabilities is None:
            unreadable.append({"path": str(answer.path), "why": answer.problem})
        else:
            predictions.append(_prediction(answer, classifier.labels, top))
        report.progress(Phase.NAMING_IMAGES, done, len(paths))
    seconds = time.perf_counter() - began
    if not predictions:
        first = unreadable[0]
        raise PredictionError(
            f"None of the {len(unreadable)} images can be read; the first: {first['why']}",
            first["path"],
        )
    if csv:
        write_atomically(csv, _table(predictions, top))
    if into:
        _copy_sorted(predictions, into, report)
    return {
        "predictions": predictions,
        "unreadable": unreadable,
        "images_per_second": len(paths) / seconds if seconds else 0.0,
    }


def _refuse_among_sources(into: Path, images: Sequence[Path]) -> None:
    """Raise if the copies would come to lie among the images they are copies of."""
    for source in images:
        if source.is_dir() and into.resolve().is_relative_to(source.resolve()):
            raise PredictionError(
                "The sorted copies would be inside the folder of images",
                into,
                f"Choose a folder outside {source}.",
            )


def _expand(images: Sequence[Path]) -> Iterator[Path]:
    """Yield image files, those of folders included."""
    for path in images:
        if path.is_dir():
            inside = list(images_below(path))
            if not inside:
                raise PredictionError("The folder contains no images", path)
            yield from inside
        elif path.exists():
            yield path
        else:
            raise PredictionError("The file or folder does not exist", path, "Check its name.")


def _prediction(answer: Answer, labels: list[str], top: int) -> dict[str, Any]:
    assert answer.probabilities is not None
    best = answer.probabilities.argsort()[::-1][:top]
    named = [{"label": labels[i], "probability": float(answer.probabilities[i])} for i in best]
    return {"path": str(answer.path), **named[0], "top": named}


def _table(predictions: list[dict[str, Any]], top: int) -> bytes:
    """Return a CSV table; the byte order mark makes spreadsheets read it as UTF-8."""
    text = io.StringIO()
    writer = csv_module.writer(text)
    places = range(1, top + 1)
    writer.writerow(["path", *(f"{what}_{n}" for n in places for what in ("label", "probability"))])
    for prediction in predictions:
        named = [f for t in prediction["top"] for f in (t["label"], f"{t['probability']:.6f}")]
        writer.writerow([prediction["path"], *named])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _copy_sorted(predictions: list[dict[str, Any]], into: Path, report: Reporter) -> None:
    """Copy each image into the folder of its label, never over another file."""
    for done, prediction in enumerate(predictions, 1):
        source = Path(prediction["path"])
        target = _free_name(into / prediction["label"] / source.name)
        with atomic_path(target) as temporary:
            shutil.copyfile(source, temporary)
        report.progress(Phase.COPYING_IMAGES, done, len(predictions))


def _free_name(path: Path) -> Path:
    if not path.exists():
        return path
    return next(
        free
        for number in count(2)
        if not (free := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists()
    )
