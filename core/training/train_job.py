"""The jobs that train on a project's images and resume a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from core.jobs.job import Job, Reporter
from core.project.project import open_project
from core.recipes.options import Value
from core.recipes.recipes import recipe_named
from core.runs.runs import Run


class TrainingJob(Job[Run], Protocol):
    """A job that trains, and what is known of the training before it has said anything."""

    @property
    def recipe(self) -> str:
        """Name the recipe; "" where only the run's folder says it."""
        ...

    @property
    def in_epochs(self) -> bool:
        """Say whether it learns in epochs: then it can be paused, or end early with the best."""
        ...

    @property
    def epochs(self) -> int:
        """Say how many epochs it has at most; 0: none, or not known."""
        ...

    @property
    def run_folder(self) -> Path | None:
        """Return the folder of the run that it resumes; None: it begins one."""
        ...


@dataclass(frozen=True, slots=True)
class TrainJob:
    """Train a network on the images of a project by a recipe.

    Attributes:
        project_folder: The project.
        recipe: Name of the recipe.
        network: What to start from: a network's name, a design `.json`, or the folder of a
            finished run (to train it for more epochs).
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

    @property
    def in_epochs(self) -> bool:
        """Say whether the recipe learns in epochs."""
        return recipe_named(self.recipe).in_epochs

    @property
    def epochs(self) -> int:
        """Say how many epochs it has at most; 0: none."""
        options = recipe_named(self.recipe).options
        usual = next((option.default for option in options if option.name == "epochs"), 0)
        return int(self.options.get("epochs", usual))

    @property
    def run_folder(self) -> None:
        """Return None: it begins a run."""
        return None

    def run(self, report: Reporter) -> Run:
        """Train and keep the run.

        Of a recipe with epochs that is stopped, paused or killed, a folder is left that
        `ResumeJob` resumes and `list_unfinished` lists; of the quick one nothing is.
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

    @property
    def recipe(self) -> str:
        """Return "": the run's folder says it."""
        return ""

    @property
    def in_epochs(self) -> bool:
        """Return True: what learns in one go leaves nothing to resume."""
        return True

    @property
    def epochs(self) -> int:
        """Return 0: the run's folder says it."""
        return 0

    def run(self, report: Reporter) -> Run:
        """Train on to the end and keep the run.

        Raises:
            StorageError: There is nothing to go on from.
        """
        from core.training.start import resume_training

        return resume_training(self.run_folder, report)
