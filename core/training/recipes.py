"""The recipes: ways to train, each with its own trade of time against accuracy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import LayerloomError

if TYPE_CHECKING:
    from core.jobs.job import Reporter
    from core.project.project import Project
    from core.training.runs import Run


class RecipeError(LayerloomError):
    """A recipe that does not exist or cannot be used here."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to train.

    Attributes:
        name: As on the command line.
        title: As shown.
        sentence: What it does, one sentence.
        duration: How long it takes, in a word or two.
        train: Trains a pretrained network, by name, with a seed.
    """

    name: str
    title: str
    sentence: str
    duration: str
    train: Callable[[Project, str, int, Reporter], Run]


def _quick(project: Project, network: str, seed: int, report: Reporter) -> Run:
    from core.training.quick import train_quick  # imports scikit-learn, which takes a second

    return train_quick(project, network, seed, report)


RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            name="quick",
            title="Quick",
            sentence="The pretrained network stays fixed; only a new last layer learns.",
            duration="Seconds",
            train=_quick,
        ),
    )
}
"""Every recipe by its name."""


def recipe_named(name: str) -> Recipe:
    """Return the recipe of this name.

    Raises:
        RecipeError: There is none.
    """
    if name not in RECIPES:
        raise RecipeError(
            f"There is no recipe called “{name}”", hint=f"There are: {', '.join(RECIPES)}."
        )
    return RECIPES[name]
