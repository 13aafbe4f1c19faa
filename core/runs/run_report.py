"""What a finished training says of itself, in the form the command line prints."""

from __future__ import annotations

from typing import Any

import msgspec

from core.runs.runs import Run


def run_report(run: Run) -> dict[str, Any]:
    """Return the scores on images not learnt from, and where the run lies."""
    result = run.result
    scores: dict[str, Any] = msgspec.to_builtins(result.held_out)
    tested = scores.pop("images")
    return {
        "run": str(run.folder),
        **scores,
        "tested_images": tested,
        "tested_on": "test" if result.test else "validation",
        "labels": result.labels,
        "images": msgspec.to_builtins(result.images),
        "seconds": msgspec.to_builtins(result.seconds),
        "images_per_second": result.images_per_second,
        "notes": result.notes,
    }
