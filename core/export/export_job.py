"""The job that exports a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.export.export_report import ExportReport
from core.jobs.job import Reporter


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
        from core.export.folder import ExportError
        from core.export.proof import export_run

        if self.precision != "fp32":
            raise ExportError(
                f"The precision “{self.precision}” is not available", hint="Available: fp32."
            )
        return export_run(self.run_folder, self.out, report)
