"""The demonstration: from images to a proven file, and that file used by its own script."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from core.errors import LayerloomError
from core.export.export_job import ExportJob
from core.export.folder import SCRIPT
from core.images.sample import write_digits
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.project.project import project_for_images
from core.runs.run_report import run_report
from core.runs.runs import Run
from core.training.train_job import TrainJob

SCRIPT_IMAGES = 100


def run_demo(out: Path, report: Reporter) -> dict[str, Any]:
    """Write the digits, train, test, export, and name images with the exported script.

    Args:
        out: Receives the folders "Handwritten digits" (images), "Project" and "Export".
        report: Told how far it is.

    Returns:
        The JSON form of `demo`.

    Raises:
        LayerloomError: A step failed.
    """
    began = time.perf_counter()
    out = out.absolute()
    images = out / "Handwritten digits"
    write_digits(images, report)
    project = project_for_images(images, folder=out / "Project")
    run = TrainJob(project.folder).run(report)
    export = ExportJob(run.folder, out / "Export").run(report)
    report.progress(Phase.RUNNING_SCRIPT, 0, 1)
    script = _run_script(out / "Export" / SCRIPT, run)
    trained = run_report(run)
    return {
        **trained,
        "dataset": str(images),
        "project": str(project.folder),
        "model": export.model,
        "parity": msgspec.to_builtins(export.parity),
        "script": script,
        "seconds": {**trained["seconds"], "total": time.perf_counter() - began},
    }


def _run_script(script: Path, run: Run) -> dict[str, int]:
    """Name some test images with the exported script and count the right answers."""
    sample = run.predictions()[:SCRIPT_IMAGES]
    finished = subprocess.run(
        [sys.executable, str(script), *(prediction.path for prediction in sample)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if finished.returncode:
        last = (finished.stderr.strip().splitlines() or ["no output"])[-1]
        raise LayerloomError(f"The exported script failed: {last}", script)
    named = dict(line.rsplit(": ", 1) for line in finished.stdout.splitlines())
    right = sum(named[p.path].split()[0] == p.class_name for p in sample)
    return {"images": len(sample), "right": right}
