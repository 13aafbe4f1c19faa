"""The jobs that train on a project's images and resume a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.jobs.job import Reporter
from core.project.project import open_project
from core.recipes.options import Value
from core.recipes.recipes import recipe_named
from core.runs.runs import Run


@dataclass(frozen=True, slots=True)
class TrainJob:
    """Train a network on the images of a project by a recipe.

    Attributes:
        project_folder: The project.
        recipe: Name of the recipe.
        network: What to start from: a network's name, a design `.json`, or the folder of a
            finished run (to go on with more epochs).
        seed: Of everything random in the run.
        options: The recipe's options that differ from their default.
    """

    project_folder: Path
    recipe: str = "quick"
    network: str = "efficientnet-lite0"
    seed: int = 0
    options: Mapping[str, Value] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Say what the job does."""
        return f"Training: {recipe_named(self.recipe).title}"

    def run(self, report: Reporter) -> Run:
        """Train and keep the run.

        Of a recipe with epochs that is stopped, paused or killed, a folder is left that
        `ResumeJob` goes on from and `list_unfinished` lists; of the quick one nothing is.
        """
        recipe = recipe_named(self.recipe)
        settings = recipe.settings(self.options)
        project = open_project(self.project_folder)
        if recipe.in_epochs:
            from core.training.start import start_training

            return start_training(project, recipe, self.network, self.seed, settings, report)
        from core.training.quick import train_quick  # imports scikit-learn, which takes a second

        return train_quick(project, self.network, self.seed, settings, report)


@dataclass(frozen=True, slots=True)
class ResumeJob:
    """Resume a training that was paused, stopped or killed.

    Attributes:
        run_folder: The folder it left.
    """

    run_folder: Path

    @property
    def title(self) -> str:
        """Say what the job does."""
        return "Resume training"

    def run(self, report: Reporter) -> Run:
        """Train on to the end and keep the run.

        Raises:
            StorageError: There is nothing to go on from.
        """
        from core.training.start import resume_training

        return resume_training(self.run_folder, report)
