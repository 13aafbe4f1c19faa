"""The exported folder: the model, its labels, a script that uses it, and what to know of it."""

from __future__ import annotations

import datetime
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from string import Template

from core.errors import LayerloomError, storage_errors
from core.paths import RESOURCES
from core.pretrained.efficientnet_lite_weights import PACKAGES
from core.pretrained.imagenet import IMAGENET
from core.runs.runs import Run

MODEL, LABELS, SCRIPT, README = FILES = ("model.onnx", "labels.txt", "predict.py", "README.md")


class ExportError(LayerloomError):
    """A run that cannot be exported to where it should go."""


@contextmanager
def export_folder(out: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `out` when the block ends well.

    Raises:
        ExportError: `out` holds something that is not an earlier export.
        StorageError: It cannot be written; what was there before is still there.
    """
    _refuse_other_content(out)
    out = out.absolute()
    new, old = (out.with_name(f".{uuid.uuid4().hex}.{what}") for what in ("new", "old"))
    with storage_errors(out, "writing the export"):
        try:
            new.mkdir(parents=True)
            yield new
            if out.exists():
                out.rename(old)
            new.rename(out)
        finally:
            if old.exists() and not out.exists():
                old.rename(out)
            for leftover in (new, old):
                shutil.rmtree(leftover, ignore_errors=True)


def write_contents(folder: Path, model: bytes, labels: list[str]) -> None:
    """Write the model, its labels and the script into a folder."""
    (folder / MODEL).write_bytes(model)
    (folder / LABELS).write_text("\n".join(labels) + "\n", encoding="utf-8")
    shutil.copyfile(RESOURCES / "export" / SCRIPT, folder / SCRIPT)


def write_readme(folder: Path, run: Run, measured: Mapping[str, str]) -> None:
    """Write what the model knows, how well, and how to use it.

    Args:
        folder: Receives the file.
        run: What was exported.
        measured: Texts for the figures of the proof, by their placeholder.
    """
    template = Template((RESOURCES / "export" / README).read_text(encoding="utf-8"))
    result, scores = run.result, run.result.held_out
    # of runs that do not say it themselves
    package = next((p for p in PACKAGES if p.name == run.settings.network), None)
    trained_on = run.settings.trained_on or (IMAGENET if package else "")
    licence = run.settings.licence or (package.licence if package else "")
    text = template.substitute(
        measured,
        title=f"{Path(run.settings.images).name}: {', '.join(result.labels[:4])}"
        + ("…" if len(result.labels) > 4 else ""),
        date=f"{datetime.date.today():%Y-%m-%d}",
        class_count=len(result.labels),
        classes=", ".join(result.labels),
        tested_images=scores.images,
        tested_split=result.tested_on.value,
        accuracy=percent(scores.accuracy),
        low=percent(scores.interval[0]),
        high=percent(scores.interval[1]),
        baseline=percent(scores.baseline),
        baseline_class=result.most_frequent,
        per_class=_class_rows(run),
        preparation=result.preparation.describe(),
        network=run.settings.network_title,
        origin=_origin(trained_on, licence, run.settings.recipe),
        recipe=run.settings.recipe,
        training_images=result.images.train,
    )
    (folder / README).write_text(text, encoding="utf-8")


def percent(share: float | None) -> str:
    """Return a share as “95.4 %”, or “–” if there is none."""
    return "–" if share is None else f"{100 * share:.1f} %"


def _origin(trained_on: str, licence: str, recipe: str) -> str:
    """Say where the weights came from that the run began with."""
    if recipe == "scratch":
        return "random weights"
    if not trained_on:
        return "its own weights"
    return f"pretrained on {trained_on}" + (f" (weights: {licence})" if licence else "")


def _class_rows(run: Run) -> str:
    return "\n".join(
        f"| {name} | {scores.images} | {percent(scores.recall)} | {percent(scores.precision)} |"
        for name, scores in run.result.held_out.per_class.items()
    )


def _refuse_other_content(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise ExportError("A file of this name already exists", out, "Choose another folder.")
    others = [p.name for p in out.iterdir() if p.name not in FILES] if out.is_dir() else []
    if others:
        raise ExportError(
            f"The folder already contains other files ({', '.join(sorted(others)[:3])})",
            out,
            "Choose a new folder: an export replaces the whole folder.",
        )
