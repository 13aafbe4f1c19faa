"""The job that trains on a project's images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.jobs.job import Reporter
from core.project.project import open_project
from core.training.recipes import recipe_named
from core.training.runs import Run


@dataclass(frozen=True, slots=True)
class TrainJob:
    """Train a network on the images of a project by a recipe.

    Attributes:
        project_folder: The project.
        recipe: Name of the recipe.
        network: Name of the network to start from.
        seed: Of everything random in the run.
    """

    project_folder: Path
    recipe: str = "quick"
    network: str = "efficientnet-lite0"
    seed: int = 0

    @property
    def title(self) -> str:
        """Say what the job does."""
        return f"Train: {self.recipe}"

    def run(self, report: Reporter) -> Run:
        """Train and keep the run; nothing of it is listed if anything fails or the user stops."""
        recipe = recipe_named(self.recipe)
        return recipe.train(open_project(self.project_folder), self.network, self.seed, report)
