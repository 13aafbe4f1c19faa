"""The job that writes the embedded sample where a project can be made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.images.sample import write_digits
from core.jobs.job import Reporter
from core.paths import projects_folder


@dataclass(frozen=True, slots=True)
class SampleJob:
    """Write the handwritten digits as a folder of images."""

    @property
    def title(self) -> str:
        """Say what the job does."""
        return "Write the sample"

    def run(self, report: Reporter) -> Path:
        """Write the images and return their folder."""
        folder = projects_folder() / "Sample images" / "Handwritten digits"
        write_digits(folder, report)
        return folder
