"""The job that scans a project's folder and keeps what it found."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from core.images.scanning import ScanReport, scan, summarise
from core.images.splits import assign_splits
from core.jobs.job import Reporter
from core.project.project import open_project


@dataclass(frozen=True, slots=True)
class ScanJob:
    """Scan the images of a project, divide them into splits, and keep the list."""

    project_folder: Path

    @property
    def title(self) -> str:
        """Say what the job does."""
        return "Scan images"

    def run(self, report: Reporter) -> ScanReport:
        """Scan, divide and keep; the old list stays if anything fails or the user stops."""
        began = time.perf_counter()
        project = open_project(self.project_folder)
        folder = project.images_folder
        images = scan(project.find_images(), project.images(), report)
        images = assign_splits(images, folder, project.record.seed)
        project.keep_images(images)
        return summarise(images, folder, time.perf_counter() - began)
